using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Tests.Leads;

public sealed class OptOutLinksTests
{
    private readonly ManualClock _clock = new();
    private readonly OptOutLinks _links;

    public OptOutLinksTests() => _links = new(new byte[32], _clock);

    [Fact]
    public void Read_OwnToken_NamesTheLead() => Assert.Equal(new OptOutTarget(7, 42), _links.Read(_links.Create(7, 42)));

    [Fact]
    public void Read_LastDay_StillWorks()
    {
        var token = _links.Create(7, 42);
        _clock.Advance(TimeSpan.FromDays(OptOutLinks.LifetimeDays));
        Assert.NotNull(_links.Read(token));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(_links.Read(token));
    }

    [Fact]
    public void Read_AnyChangedCharacter_IsRefused()
    {
        var token = _links.Create(7, 42);
        for (var at = 0; at < token.Length - 1; at++)
        {
            var other = token[at] == 'A' ? 'B' : 'A';
            Assert.Null(_links.Read(string.Concat(token.AsSpan(0, at), [other], token.AsSpan(at + 1))));
        }
    }

    [Fact]
    public void Read_TokenOfAnotherInstallation_IsRefused()
    {
        var others = new OptOutLinks(Enumerable.Repeat((byte)1, 32).ToArray(), _clock);
        Assert.Null(_links.Read(others.Create(7, 42)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void Read_Garbage_IsRefused(string token) => Assert.Null(_links.Read(token));
}
