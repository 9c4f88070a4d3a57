using LeadEngine.ApiHost.Dialects.KickoffLabs;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>Webhooks as the vendor's clients make, delete and use them.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Url = "https://example.com/hook";

    private readonly FakeApplication _app = new();
    private readonly KickoffLabsClient _owner;

    public WebhookTests()
    {
        _owner = KickoffLabsClient.Owner(_app);
        Samples.HasTagsAndActions(_app.Engine);
    }

    private Subscription Webhook => Assert.Single(_app.Engine.Webhooks);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task CreateOutbound_Events_AreSubscribedTo()
    {
        var made = await _owner.Post("outbound-webhook", new { url = Url, events = new[] { "score_change", "new_signup" }, source = "zapier" }).Json();
        Assert.Equal(("Webhook Created", 1L), (made.Text("message"), made.Number("referenceId")));
        Assert.Equal("""["new_signup","score_change"]""", made.GetProperty("events").GetRawText());
        Assert.Equal($"whsec_{Convert.ToBase64String(Webhook.Secret.AsSpan())}", made.Text("secret"));
        Assert.Equal((Channel.KickoffLabs, Url, Samples.CampaignId, "zapier"), (Webhook.Channel, Webhook.Url, Webhook.CampaignId, Webhook.Source));
        Assert.Equal(Subscription.Bit(EventKind.Signup) | Subscription.Bit(EventKind.ScoreChange), Webhook.Kinds);
        Assert.Equal(32, Webhook.Secret.Distinct().Count() > 1 ? Webhook.Secret.Length : 0);
    }

    [Theory]
    [InlineData("new_signup", EventKind.Signup)]
    [InlineData("repeat_signup", EventKind.RepeatSignup)]
    [InlineData("score_change", EventKind.ScoreChange)]
    [InlineData("referral", EventKind.Referral)]
    [InlineData("fraudulent", EventKind.Fraudulent)]
    [InlineData("opted_out", EventKind.OptedOut)]
    [InlineData("tagged", EventKind.Tagged)]
    [InlineData("reward_level", EventKind.RewardLevel)]
    public async Task CreateOutbound_OneEvent_HasItsKind(string name, EventKind kind)
    {
        await _owner.Post("outbound-webhook", new { url = Url, @event = name });
        Assert.Equal(Subscription.Bit(kind), Webhook.Kinds);
        Assert.Equal(name, WebhookEvents.NameOf(kind));
    }

    [Fact]
    public async Task CreateOutbound_AsForm_TakesLists()
    {
        var body = "url=https%3A%2F%2Fexample.com%2Fhook&events[]=new_signup&events[]=referral";
        Assert.StartsWith("200 ", await _owner.PostText("outbound-webhook", body, "application/x-www-form-urlencoded").Raw(), StringComparison.Ordinal);
        Assert.Equal(Subscription.Bit(EventKind.Signup) | Subscription.Bit(EventKind.Referral), Webhook.Kinds);
    }

    [Fact]
    public async Task CreateOutbound_SameAddressAgain_AddsEvents()
    {
        await _owner.Post("outbound-webhook", new { url = Url, @event = "new_signup" });
        _app.Engine.Webhooks[0] = Webhook with { DisabledFor = "gone" };
        var again = await _owner.Post("outbound-webhook", new { url = Url, @event = "referral" }).Json();
        Assert.Equal("""["new_signup","referral"]""", again.GetProperty("events").GetRawText());
        Assert.Null(Webhook.DisabledFor);
    }

    [Theory]
    [InlineData("""{"event":"new_signup"}""", "409 missing_url")]
    [InlineData("""{"event":"new_signup","url":""}""", "409 missing_url")]
    [InlineData("""{"event":"new_signup","url":"ftp://example.com/"}""", "409 invalid_url")]
    [InlineData("""{"event":"new_signup","url":"example.com/hook"}""", "409 invalid_url")]
    [InlineData("""{"event":"new_signup","url":"https://exa mple.com/"}""", "409 invalid_url")]
    [InlineData("""{"event":"new_signup","url":["https://example.com/"]}""", "406 invalid_parameter")]
    [InlineData("""{"url":"https://example.com/"}""", "409 missing_event")]
    [InlineData("""{"url":"https://example.com/","events":[]}""", "409 missing_event")]
    [InlineData("""{"url":"https://example.com/","event":"birthday"}""", "409 invalid_event")]
    [InlineData("""{"url":"https://example.com/","events":["new_signup","birthday"]}""", "409 invalid_event")]
    [InlineData("""{"url":"https://example.com/","events":[{}]}""", "406 invalid_parameter")]
    public async Task CreateOutbound_WrongInput_IsRefused(string body, string expected)
    {
        Assert.Equal(expected, await _owner.PostText("outbound-webhook", body).Error());
        Assert.Empty(_app.Engine.Webhooks);
    }

    [Fact]
    public async Task CreateOutbound_LongValues_AreRefused()
    {
        Assert.Equal("409 invalid_url", await _owner.Post("outbound-webhook", new { url = $"https://example.com/{new string('a', 2_048)}", @event = "referral" }).Error());
        Assert.Equal("406 value_too_long", await _owner.Post("outbound-webhook", new { url = Url, @event = "referral", source = new string('s', 256) }).Error());
    }

    [Fact]
    public async Task DeleteOutbound_ByUrl_IsGone()
    {
        await _owner.Post("outbound-webhook", new { url = Url, @event = "new_signup" });
        Assert.Equal("404 webhook_not_found", await _owner.Delete("outbound-webhook", new { url = "https://example.com/other" }).Error());
        Assert.Equal("""200 {"message":"Webhook Deleted"}""", await _owner.Delete("outbound-webhook", new { url = Url }).Raw());
        Assert.Empty(_app.Engine.Webhooks);
        Assert.Equal("404 webhook_not_found", await _owner.Delete("outbound-webhook", new { url = Url }).Error());
        Assert.Equal("409 missing_url", await _owner.Delete("outbound-webhook", new { }).Error());
    }

    [Fact]
    public async Task DeleteOutbound_WebhookOfAnotherCampaignOrDialect_IsNotFound()
    {
        await _owner.Post("outbound-webhook", new { url = Url, @event = "new_signup" });
        var webhook = Webhook;
        foreach (var other in (Subscription[])[webhook with { CampaignId = 1 }, webhook with { Channel = Channel.SendKit }])
        {
            _app.Engine.Webhooks[0] = other;
            Assert.Equal("404 webhook_not_found", await _owner.Delete("outbound-webhook", new { url = Url }).Error());
        }
    }

    [Fact]
    public async Task Manage_WithoutKey_Conflicts()
    {
        var stranger = KickoffLabsClient.Stranger(_app);
        Assert.Equal("409 missing_api_key", await stranger.Post("outbound-webhook", new { url = Url, @event = "new_signup" }).Error());
        Assert.Equal("409 missing_api_key", await stranger.Delete("outbound-webhook", new { url = Url }).Error());
        Assert.Equal("409 missing_api_key", await stranger.Post("inbound-webhook", new { }).Error());
    }

    [Fact]
    public async Task PostInbound_Lead_IsCreatedByTheSameRules()
    {
        var made = await _owner.Post("inbound-webhook", new { name = "Typeform", tag_id = Samples.Tag.Id }).Json();
        Assert.Equal("Inbound Webhook Created", made.Text("message"));
        using var response = await _owner.WithKey(null).Post(new Uri(made.Text("url")).PathAndQuery, new { email = "ADA@example.com", company = "Example Co", points = 5 });
        Assert.Equal(201, (int)response.StatusCode);
        var lead = await response.Json();
        Assert.Equal("Example Co", lead.GetProperty("custom_fields").Text("company"));
        Assert.False(lead.TryGetProperty("email", out _));

        var command = Assert.Single(_app.Engine.Upserts);
        Assert.Equal(("ada@example.com", "Typeform", true, 0), (command.Email, command.Patch.Source, command.SkipIpCheck, command.Points));
        Assert.Equal<LeadTag>([Samples.Tag], command.Tags);
    }

    [Theory]
    [InlineData("{}", "Inbound via API")]
    [InlineData("""{"name":"Form","source":"typeform"}""", "typeform")]
    [InlineData("""{"tag_id":99}""", "Inbound via API")]
    [InlineData("""{"tag_id":"nonsense"}""", "Inbound via API")]
    public async Task PostInbound_WithoutTag_TagsNobody(string body, string source)
    {
        var path = await MakeInbound(body);
        await _owner.WithKey(null).Post(path, new { email = "ada@example.com" });
        var command = Assert.Single(_app.Engine.Upserts);
        Assert.Equal(source, command.Patch.Source);
        Assert.Empty(command.Tags);
    }

    [Fact]
    public async Task PostInbound_TagThatIsGoneMeanwhile_TagsNobody()
    {
        var path = await MakeInbound($$"""{"tag_id":{{Samples.Tag.Id}}}""");
        _app.Engine.OnGetCampaign = () => Task.FromResult(CampaignReply.Accepted(Samples.Campaign));
        _app.Clock.Advance(TimeSpan.FromSeconds(6));
        await _owner.WithKey(null).Post(path, new { email = "ada@example.com" });
        Assert.Empty(Assert.Single(_app.Engine.Upserts).Tags);
    }

    [Fact]
    public async Task PostInbound_CampaignThatRequiresAKey_NeedsNoneThere()
    {
        var path = await MakeInbound("{}");
        _app.Engine.OnGetCampaign = () => Task.FromResult(CampaignReply.Accepted(Samples.Campaign with { Settings = Samples.Settings with { RequireApiKey = true } }));
        _app.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.StartsWith("201 ", await _owner.WithKey(null).Post(path, new { email = "ada@example.com" }).Raw(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostInbound_WrongLead_IsToldAsForSignUps()
    {
        var path = await MakeInbound("{}");
        Assert.Equal("406 missing_identifier", await _owner.WithKey(null).Post(path, new { }).Error());
        Assert.Equal("406 invalid_email", await _owner.WithKey(null).Post(path, new { email = "x" }).Error());
        Assert.Equal("400 invalid_json", await _owner.WithKey(null).PostText(path, "{").Error());
    }

    [Fact]
    public async Task PostInbound_ForgedCode_IsNotFound()
    {
        var path = await MakeInbound("{}");
        foreach (var forged in (string[])[path[..^1] + (path[^1] == 'A' ? 'B' : 'A'), path[..^4], path + "AAAA", "/v2/inbound-webhook/x", "/v2/inbound-webhook/%20"])
        {
            Assert.Equal("404 webhook_not_found", await _owner.Post(forged, new { email = "ada@example.com" }).Error());
        }

        Assert.Empty(_app.Engine.Upserts);
    }

    [Fact]
    public void Read_LinkOfAnotherInstallation_IsNone()
    {
        var link = new InboundLink(1, 2, "Søurce");
        Assert.Equal(link, new InboundLinks(new byte[32]).Read(new InboundLinks(new byte[32]).Create(link)));
        Assert.Null(new InboundLinks([.. Enumerable.Repeat((byte)1, 32)]).Read(new InboundLinks(new byte[32]).Create(link)));
    }

    [Fact]
    public void Create_LongestSource_CanBeRead()
    {
        var link = new InboundLink(long.MaxValue, long.MaxValue, string.Concat(Enumerable.Repeat("😀", 127)));
        Assert.Equal(link, new InboundLinks(new byte[32]).Read(new InboundLinks(new byte[32]).Create(link)));
    }

    private async Task<string> MakeInbound(string body)
    {
        var url = (await _owner.PostText("inbound-webhook", body).Json()).Text("url");
        return new Uri(url).PathAndQuery;
    }
}
