using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>What giving points asks of the engine, in the vendor's words.</summary>
public sealed class PointsTests : IAsyncLifetime
{
    private readonly FakeApplication _app = new();
    private readonly KickoffLabsClient _owner;

    public PointsTests() => _owner = KickoffLabsClient.Owner(_app);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("5", 5)]
    [InlineData("\"5\"", 5)]
    [InlineData("-99999", -99_999)]
    [InlineData("\"+99999\"", 99_999)]
    [InlineData("0", 0)]
    public async Task Give_Points_AreAdded(string points, int expected)
    {
        Assert.Equal(
            """200 {"message":"Custom Points added"}""",
            await _owner.PostText("points", $$"""{"email":"me@example.com","points":{{points}},"message":"thanks"}""").Raw());
        var applied = Assert.Single(_app.Engine.Applied);
        Assert.Equal((LeadOrder.GivePoints, expected, Samples.CampaignId), (applied.Order, applied.Points, applied.CampaignId));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"email":"me@example.com"}""")]
    [InlineData("""{"email":"me@example.com","points":""}""")]
    [InlineData("""{"email":"me@example.com","points":null}""")]
    [InlineData("""{"email":"me@example.com","points":"many"}""")]
    [InlineData("""{"email":"me@example.com","points":1.5}""")]
    [InlineData("""{"email":"me@example.com","points":"--5"}""")]
    [InlineData("""{"email":"me@example.com","points":"-"}""")]
    [InlineData("""{"email":"me@example.com","points":[5]}""")]
    [InlineData("""{"email":"me@example.com","points":true}""")]
    public async Task Give_NoPoints_IsToldWordByWord(string body)
    {
        Assert.Equal("409 No points value found", await _owner.PostText("points", body).Message());
        Assert.Empty(_app.Engine.Applied);
    }

    [Theory]
    [InlineData("100000")]
    [InlineData("-100000")]
    [InlineData("99999999999999999999999999")]
    [InlineData("-2147483648")]
    public async Task Give_TooMany_IsToldWordByWord(string points) =>
        Assert.Equal("409 Max Points Exceeded", await _owner.PostText("points", $$"""{"email":"me@example.com","points":{{points}}}""").Message());

    [Fact]
    public async Task Give_NobodyNamed_IsToldWordByWord() =>
        Assert.Equal("409 Please include a lead id or email", await _owner.Post("points", new { points = 5 }).Message());

    [Theory]
    [InlineData("""{"points":5,"email":"nobody@example.com"}""")]
    [InlineData("""{"points":5,"email":"not an address"}""")]
    [InlineData("""{"points":5,"kid":"nonsense"}""")]
    [InlineData("""{"points":5,"emails":["nobody@example.com","noone@example.com"]}""")]
    public async Task Give_NobodyFound_IsToldWordByWord(string body)
    {
        _app.Engine.OnRead = () => Task.FromResult(LeadReply.Refused(LeadRefusal.LeadNotFound));
        Assert.Equal("404 No leads found", await _owner.PostText("points", body).Message());
    }

    [Fact]
    public async Task Give_Ended_IsLocked()
    {
        _app.Engine.OnApply = _ => Task.FromResult(LeadReply.Refused(LeadRefusal.Ended));
        Assert.Equal("423 campaign_ended", await _owner.Post("points", new { points = 5, email = "me@example.com" }).Error());
        Assert.Equal("423 campaign_ended", await _owner.Post("points", new { points = 5, emails = new[] { "a@example.com", "b@example.com" } }).Error());
    }

    [Theory]
    [InlineData("kid")]
    [InlineData("social_id")]
    public async Task Give_BySocialId_NeedsNoLookUp(string name)
    {
        _app.Engine.OnRead = () => throw new NotSupportedException();
        Assert.StartsWith("200 ", await _owner.PostText("points", $$"""{"points":5,"{{name}}":"{{Samples.SocialId}}"}""").Raw(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Give_SeveralEmails_GivesEachOnceAndAsARequestOfItsOwn()
    {
        HasALeadForEachLookUp();
        Assert.StartsWith("200 ", await _owner.Post("points", new { points = 5, emails = new[] { "a@example.com", "b@example.com", "A@example.com" } }).Raw(), StringComparison.Ordinal);
        Assert.Equal(2, _app.Engine.Applied.Select(command => command.Request.Id).Distinct().Count());
        Assert.Equal(2, _app.Engine.Applied.Count);
    }

    [Fact]
    public async Task Give_ManyEmails_AreLimited()
    {
        HasALeadForEachLookUp();
        Assert.StartsWith("200 ", await _owner.Post("points", new { points = 1, email = Emails(100) }).Raw(), StringComparison.Ordinal);
        Assert.Equal(100, _app.Engine.Applied.Count);
        Assert.Equal("413 Too many items to update or delete", await _owner.Post("points", new { points = 1, email = Emails(101) }).Message());

        static string[] Emails(int count) => [.. Enumerable.Range(0, count).Select(i => $"lead{i}@example.com")];
    }

    [Fact]
    public async Task Give_StoppedInTheMiddle_TellsHowFarItCame()
    {
        HasALeadForEachLookUp();
        _app.Engine.OnApply = _ => Task.FromResult(
            _app.Engine.Applied.Count == 1 ? LeadReply.Accepted(Samples.Lead, Samples.Standing) : LeadReply.Refused(LeadRefusal.Busy));
        Assert.Equal(
            "504 Points were added to 1 of 3 leads. A repeat with the same Idempotency-Key adds the rest.",
            await _owner.Post("points", new { points = 5, emails = new[] { "a@example.com", "b@example.com", "c@example.com" } }).Message());
    }

    [Fact]
    public async Task Give_RepeatedUnderAnIdempotencyKey_IsTheSameRequestForEachLead()
    {
        var body = new { points = 5, emails = new[] { "a@example.com", "b@example.com" } };
        HasALeadForEachLookUp();
        await _owner.Post("points", body, "once");
        HasALeadForEachLookUp();
        await _owner.Post("points", body, "once");
        Assert.Equal([2, 2], _app.Engine.Applied.GroupBy(command => command.Request.Id).Select(group => group.Count()));
    }

    [Fact]
    public async Task Give_SeveralUnderAnIdempotencyKey_SpendsOneForEachWithItsChange()
    {
        HasALeadForEachLookUp();
        await _owner.Post("points", new { points = 5, emails = new[] { "a@example.com", "b@example.com" } }, "once");

        var spent = _app.Engine.Applied.Select(command => command.Request.Idempotency!.Key).ToList();
        Assert.Equal(2, spent.Distinct().Count());
        Assert.DoesNotContain(_app.Engine.IdempotencyKeys[0], spent);
        Assert.Equal((3, 2), (_app.Engine.IdempotencyKeys.Distinct().Count(), _app.Engine.Abandoned));
    }

    [Fact]
    public async Task Give_OneLeadUnderAnIdempotencyKey_SpendsItWithTheChange()
    {
        await _owner.Post("points", new { points = 5, email = "me@example.com" }, "once");
        Assert.NotNull(Assert.Single(_app.Engine.Applied).Request.Idempotency);
    }

    [Fact]
    public async Task Give_WithoutKey_Conflicts() =>
        Assert.Equal("409 missing_api_key", await KickoffLabsClient.Stranger(_app).Post("points", new { points = 5, email = "me@example.com" }).Error());

    private void HasALeadForEachLookUp()
    {
        var found = 0;
        _app.Engine.OnRead = () => Task.FromResult(LeadReply.Accepted(Samples.Lead with { Id = ++found }, Samples.Standing));
    }
}
