using System.Text.Json;
using LeadEngine.ApiHost.Dialects.Aktify;
using LeadEngine.ApiHost.Http;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Tests.Dialects.Aktify;

public sealed class DncRulesTests
{
    [Fact]
    public void Read_Numbers_AreNormalizedAndEachOnce()
    {
        var list = Read("""{"phoneNumbers":["(509) 555-1234","+15095551234","+442079460018"]}""").Value!;
        Assert.Equal<string>(["(509) 555-1234", "+15095551234", "+442079460018"], list.Sent);
        Assert.Equal(
            [(DoNotContactKind.Phone, "+15095551234"), (DoNotContactKind.Phone, "+442079460018")],
            list.Entries.Select(entry => (entry.Kind, entry.Value)));
    }

    [Theory]
    [InlineData("""{}""", "phoneNumbers missing")]
    [InlineData("""{"phoneNumbers":null}""", "phoneNumbers missing")]
    [InlineData("""{"phoneNumbers":"5095551234"}""", "phoneNumbers not_an_array")]
    [InlineData("""{"phoneNumbers":[]}""", "phoneNumbers wrong_length")]
    [InlineData("""{"phoneNumbers":[5095551234]}""", "phoneNumbers[0] not_a_string")]
    [InlineData("""{"phoneNumbers":["5095551234","x",null,"y"]}""", "phoneNumbers[1] invalid_phone_number, phoneNumbers[2] not_a_string, phoneNumbers[3] invalid_phone_number")]
    public void Read_BadNumbers_AreNamed(string body, string wrong)
    {
        var fault = Read(body).Fault!;
        Assert.Equal(400, fault.Status);
        Assert.Equal(wrong, string.Join(", ", fault.Details.Select(detail => $"{detail.Parameter} {detail.Code}")));
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Read_ManyNumbers_UpToTheLimit(int count, bool isGood) =>
        Assert.Equal(isGood, Read($$"""{"phoneNumbers":[{{string.Join(',', Enumerable.Repeat("\"+15095551234\"", count))}}]}""").IsGood);

    private static Checked<DncList> Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        return DncRules.Read(document.RootElement);
    }
}
