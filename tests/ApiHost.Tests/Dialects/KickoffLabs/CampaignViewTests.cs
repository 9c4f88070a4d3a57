using LeadEngine.Accounts;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>What the dialect shows of campaigns.</summary>
public sealed class CampaignViewTests : IAsyncLifetime
{
    private readonly FakeApplication _app = new();
    private readonly KickoffLabsClient _owner;

    public CampaignViewTests()
    {
        _owner = KickoffLabsClient.Owner(_app);
        Samples.HasTagsAndActions(_app.Engine);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task List_Campaigns_AreAnArray() => Assert.Equal(
        """200 [{"id":135544,"name":"Launch","campaign_type":"contest","status":"open","lead_count":0"""
        + ""","site_url":"https://www.example.com/","thankyou_url":"https://example.com/thanks"}]""",
        await _owner.Get("/v2/campaigns").Raw());

    [Fact]
    public async Task List_KeyOfOneCampaign_ShowsThat()
    {
        _app.Engine.OnAuthenticate = _ => Task.FromResult<KeyGrant?>(new KeyGrant(Samples.AccountId, Samples.CampaignId));
        Assert.Equal(1, (await _owner.Get("/v2/campaigns").Json()).GetArrayLength());
    }

    [Fact]
    public async Task List_KeyAsParameter_IsGood() => Assert.StartsWith(
        "200 ", await _owner.WithKey(null).Get($"/v2/campaigns?api_key={FakeApplication.ApiKey}").Raw(), StringComparison.Ordinal);

    [Fact]
    public async Task List_NoKeyOrAWrongOne_Conflicts()
    {
        Assert.Equal("409 missing_api_key", await _owner.WithKey(null).Get("/v2/campaigns").Error());
        Assert.Equal("409 invalid_api_key", await _owner.WithKey("nonsense").Get("/v2/campaigns").Error());
        _app.Engine.OnAuthenticate = _ => Task.FromResult<KeyGrant?>(null);
        Assert.Equal("409 invalid_api_key", await _owner.Get("/v2/campaigns").Error());
    }

    [Fact]
    public async Task List_EngineAway_IsBusy()
    {
        _app.Engine.OnGetCampaign = () => throw new StoreBusyException("away");
        Assert.Equal("503 busy", await _owner.Get("/v2/campaigns").Error());
    }

    [Fact]
    public async Task Stats_Campaign_IsAnObject() => Assert.Equal(
        """200 {"campaign_id":135544,"list_id":135544,"name":"Launch","campaign_type":"contest","status":"open","lead_count":5,"leads":5"""
        + ""","referred":3,"referred_verified":2,"fraudulent":1,"highest_contest_score":9,"total_contest_score":12}""",
        await _owner.Get("stats").Raw());

    [Fact]
    public async Task Actions_Campaign_AreAnArrayWithTheTags() => Assert.Equal(
        """200 [{"id":11,"name":"Follow us","points":3,"action_type":"custom"},{"id":12,"name":"VIP","points":10,"action_type":"lead_tag"}]""",
        await _owner.Get("actions").Raw());

    [Fact]
    public async Task Tags_Campaign_AreAnArray() =>
        Assert.Equal("""200 [{"id":12,"name":"VIP","description":"Came early","points":10}]""", await _owner.Get("tags").Raw());

    [Theory]
    [InlineData("stats")]
    [InlineData("actions")]
    [InlineData("tags")]
    public async Task Show_WithoutKey_Conflicts(string name)
    {
        Assert.Equal("409 missing_api_key", await _owner.WithKey(null).Get(name).Error());
        Assert.Equal("409 invalid_api_key", await _owner.WithKey("nonsense").Get(name).Error());
    }

    [Theory]
    [InlineData("stats")]
    [InlineData("actions")]
    [InlineData("tags")]
    [InlineData("leaderboard")]
    public async Task Show_UnknownCampaign_IsNotFound(string name)
    {
        _app.Engine.OnGetCampaign = () => Task.FromResult(CampaignReply.Refused(LeadEngine.Leads.LeadRefusal.CampaignNotFound));
        Assert.Equal("404 campaign_not_found", await _owner.Get(name).Error());
        Assert.Equal("404 campaign_not_found", await _owner.Get($"/v2/nonsense/{name}").Error());
    }
}
