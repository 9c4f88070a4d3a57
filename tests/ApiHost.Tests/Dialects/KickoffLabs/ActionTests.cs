using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>What completing an action asks of the engine, in the vendor's words.</summary>
public sealed class ActionTests : IAsyncLifetime
{
    private readonly FakeApplication _app = new();
    private readonly KickoffLabsClient _owner;

    public ActionTests()
    {
        _owner = KickoffLabsClient.Owner(_app);
        Samples.HasTagsAndActions(_app.Engine);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("""{"email":"me@example.com"}""")]
    [InlineData("""{"kid":"SOCIAL"}""")]
    [InlineData("""{"social_id":["SOCIAL"]}""")]
    public async Task Complete_Action_IsDone(string body)
    {
        Assert.Equal(
            """200 {"message":"Lead added to action"}""",
            await _owner.PostText($"actions/{Samples.Action.Id}", body.Replace("SOCIAL", Samples.SocialId, StringComparison.Ordinal)).Raw());
        var applied = Assert.Single(_app.Engine.Applied);
        Assert.Equal((LeadOrder.CompleteAction, Samples.Action.Id), (applied.Order, applied.ActionId));
    }

    [Theory]
    [InlineData("actions/11", "{}", "409 Please include a lead id or email")]
    [InlineData("actions/nonsense", """{"email":"me@example.com"}""", "409 Please include a campaign action id")]
    [InlineData("actions", """{"email":"me@example.com"}""", "409 Please include a campaign action id")]
    [InlineData("actions/99", """{"email":"me@example.com"}""", "404 There is no such campaign action.")]
    [InlineData("actions/99999999999999999999", """{"email":"me@example.com"}""", "409 Please include a campaign action id")]
    [InlineData("actions/12", """{"email":"me@example.com"}""", "409 This action is completed by a lead tag: please tag the lead instead")]
    [InlineData("actions/11", """{"email":["a@example.com","b@example.com"]}""", "413 Too many items to update or delete")]
    [InlineData("actions/11", """{"email":{}}""", "406 email must be a string.")]
    public async Task Complete_SomethingMissing_IsToldWordByWord(string name, string body, string expected)
    {
        Assert.Equal(expected, await _owner.PostText(name, body).Message());
        Assert.Empty(_app.Engine.Applied);
    }

    [Fact]
    public async Task Complete_NoSuchLead_IsNotFound()
    {
        _app.Engine.OnRead = () => Task.FromResult(LeadReply.Refused(LeadRefusal.LeadNotFound));
        Assert.Equal("404 lead_not_found", await _owner.Post("actions/11", new { email = "me@example.com" }).Error());
        Assert.Equal("404 lead_not_found", await _owner.Post("actions/11", new { email = "not an address" }).Error());
    }

    [Fact]
    public async Task Complete_Ended_IsLocked()
    {
        _app.Engine.OnApply = _ => Task.FromResult(LeadReply.Refused(LeadRefusal.Ended));
        Assert.Equal("423 campaign_ended", await _owner.Post("actions/11", new { email = "me@example.com" }).Error());
    }

    [Fact]
    public async Task Complete_WithoutKey_Conflicts() =>
        Assert.Equal("409 missing_api_key", await KickoffLabsClient.Stranger(_app).Post("actions/11", new { email = "me@example.com" }).Error());
}
