using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Tests.Leads;

public sealed class LeadLinksTests
{
    private static readonly LinkPurpose[] Purposes = Enum.GetValues<LinkPurpose>();

    private readonly ManualClock _clock = new();
    private readonly LeadLinks _links;

    public LeadLinksTests() => _links = new(new byte[32], _clock);

    [Fact]
    public void Read_OwnToken_NamesTheLead() =>
        Assert.All(Purposes, purpose => Assert.Equal(new LinkTarget(7, 42), _links.Read(purpose, _links.Create(purpose, 7, 42))));

    [Fact]
    public void Read_OptOutTokenOfAnEarlierVersion_StillWorks() =>
        Assert.Equal(new LinkTarget(7, 42), _links.Read(LinkPurpose.OptOut, "AQAAAAAAAAAHAAAAAAAAACpRsXuxdWMWyKyFeXA7sq9L_60"));

    [Fact]
    public void Read_LastDay_StillWorks() => Assert.All(Purposes, purpose =>
    {
        var token = _links.Create(purpose, 7, 42);
        _clock.Advance(TimeSpan.FromDays(LeadLinks.LifetimeDays(purpose)));
        Assert.False(_links.Read(purpose, token)!.Value.IsExpired);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.True(_links.Read(purpose, token)!.Value.IsExpired);
    });

    [Fact]
    public void Read_TokenForAnotherPurpose_IsRefused() => Assert.All(
        Purposes.SelectMany(purpose => Purposes.Where(other => other != purpose).Select(other => (purpose, other))),
        pair => Assert.Null(_links.Read(pair.purpose, _links.Create(pair.other, 7, 42))));

    [Fact]
    public void Read_AnyChangedCharacter_IsRefused()
    {
        var token = _links.Create(LinkPurpose.OptOut, 7, 42);
        for (var at = 0; at < token.Length - 1; at++)
        {
            var other = token[at] == 'A' ? 'B' : 'A';
            var changed = string.Concat(token.AsSpan(0, at), [other], token.AsSpan(at + 1));
            Assert.All(Purposes, purpose => Assert.Null(_links.Read(purpose, changed)));
        }
    }

    [Fact]
    public void Read_TokenOfAnotherInstallation_IsRefused()
    {
        var others = new LeadLinks(Enumerable.Repeat((byte)1, 32).ToArray(), _clock);
        Assert.Null(_links.Read(LinkPurpose.OptOut, others.Create(LinkPurpose.OptOut, 7, 42)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void Read_Garbage_IsRefused(string token) => Assert.Null(_links.Read(LinkPurpose.OptOut, token));
}
