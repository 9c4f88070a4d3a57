using System.Text.Json;
using LeadEngine.ApiHost.Dialects.SendKit;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.SendKit;

public sealed class LeadSelectionTests
{
    private const string ModeMissing = "Provide leads array, filters, or selectAll: true";

    private static readonly ObjectIds Ids = Samples.Keys.ObjectIds;

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"leads":[]}""")]
    [InlineData("""{"leads":null,"filters":null}""")]
    [InlineData("""{"filters":{}}""")]
    [InlineData("""{"filters":{"tags":null}}""")]
    [InlineData("""{"selectAll":false}""")]
    [InlineData("""{"excludeIds":[]}""")]
    [InlineData("""{"leads":[{}],"selectAll":true}""")]
    [InlineData("""{"leads":[{}],"filters":{"country":"US"}}""")]
    public void Read_NoModeOrTwo_IsToldWordByWord(string json) => Assert.Equal(ModeMissing, Problem(json));

    [Theory]
    [InlineData("""{"leads":{}}""", "leads must be an array")]
    [InlineData("""{"selectAll":"true"}""", "selectAll must be true or false")]
    [InlineData("""{"filters":[]}""", "filters must be an object")]
    [InlineData("""{"filters":{"tag":"vip"}}""", "filters can hold tags, search, emailVerified, country and leadIds")]
    [InlineData("""{"filters":{"tags":"vip"}}""", "filters.tags must be an array of 1 to 100 tags")]
    [InlineData("""{"filters":{"tags":[]}}""", "filters.tags must be an array of 1 to 100 tags")]
    [InlineData("""{"filters":{"search":"  ! "}}""", "filters.search must be a text with a letter or a digit")]
    [InlineData("""{"filters":{"emailVerified":"true"}}""", "filters.emailVerified must be true or false")]
    [InlineData("""{"filters":{"country":7}}""", "filters.country must be a country")]
    [InlineData("""{"filters":{"leadIds":[]}}""", "filters.leadIds must be an array of 1 to 5000 ids")]
    [InlineData("""{"filters":{"leadIds":[7]}}""", "filters.leadIds must be an array of 1 to 5000 ids")]
    [InlineData("""{"selectAll":true,"excludeIds":["665d4e5f6a7b8c9d0e1f2a3b"]}""", "excludeIds holds something that is no id")]
    [InlineData("""{"selectAll":true,"excludeIds":"x"}""", "excludeIds must be an array of ids")]
    public void Read_WrongMode_IsTold(string json, string problem) => Assert.Equal(problem, Problem(json));

    [Theory]
    [InlineData(5_000, null)]
    [InlineData(5_001, "A request can hold 5000 leads at most")]
    public void Read_ManyEntries_AreLimited(int count, string? problem) =>
        Assert.Equal(problem, Problem($$"""{"leads":[{{string.Join(',', Enumerable.Repeat("{}", count))}}]}"""));

    [Fact]
    public void Read_Filters_AreRead()
    {
        var lead = Ids.Encode(ObjectKind.Person, 5);
        var selection = Read($$"""
            {"filters":{"tags":["vip"],"search":"john acme","emailVerified":true,"country":"US","leadIds":["{{lead}}"]},"excludeIds":["{{lead}}"]}
            """);
        var filter = selection.Filter!;
        Assert.Equal<string>(["vip"], filter.Tags);
        Assert.Equal(("john acme", true, "US"), (filter.Search, filter.EmailVerified, filter.Country));
        Assert.Equal<long>([5], filter.Ids);
        Assert.Equal([5L], selection.Excluded);
    }

    // A filter whose ids all name nobody must not become one without ids.
    [Fact]
    public void Read_IdsOfNobody_DescribeNobody() =>
        Assert.Equal<long>([LeadFilter.NobodysId], Read("""{"filters":{"leadIds":["665d4e5f6a7b8c9d0e1f2a3b"]}}""").Filter!.Ids);

    [Fact]
    public void Read_SelectAllWithFilters_IsNarrowed() =>
        Assert.Equal("DE", Read("""{"selectAll":true,"filters":{"country":"DE"}}""").Filter!.Country);

    private static LeadSelection Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return LeadSelection.Read(document.RootElement, Ids).Value!;
    }

    private static string? Problem(string json)
    {
        using var document = JsonDocument.Parse(json);
        return LeadSelection.Read(document.RootElement, Ids).Fault?.Message;
    }
}
