using System.Net;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>What owners see of their campaigns, and their webhooks, over HTTP.</summary>
public abstract class OwnerTests(LeadEngineApplication app)
{
    private const string Url = "https://example.com/hook";

    [ContractFact]
    public async Task List_Campaigns_AreThoseOfTheKey()
    {
        var campaign = await LiveCampaign.Create(app);
        var other = await app.CreateCampaignBeside(campaign.Http, new { name = "Second", jump_start = 100, waitlist = true });
        await other.SignUp(new { email = "ada@example.com" });
        await other.Change(new { status = "ended" });

        var listed = await campaign.Owner.Get("/v2/campaigns").Json();
        Assert.Equal([campaign.Http.Id, other.Id], listed.EnumerateArray().Select(entry => entry.Number("id")));
        Assert.Equal(("Second", "waitlist", "ended", 101L), (listed[1].Text("name"), listed[1].Text("campaign_type"), listed[1].Text("status"), listed[1].Number("lead_count")));
        var bound = await campaign.Owner.WithKey(await other.CreateKey()).Get("/v2/campaigns").Json();
        Assert.Equal([other.Id], bound.EnumerateArray().Select(entry => entry.Number("id")));
    }

    [ContractFact]
    public async Task Stats_Campaign_AreItsNumbers()
    {
        var campaign = await LiveCampaign.Create(app);
        var ada = await campaign.SignUp("ada");
        await campaign.SignUp("bob", ada.Text("social_id"));
        await campaign.SignUp("eve", ada.Text("social_id"));
        await campaign.Owner.Post("points", new { points = 5, email = "bob@example.com" });
        await campaign.Owner.Post("block", new { email = "eve@example.com" });
        await campaign.LeadOnce("ada", lead => lead.Number("referrals") == 1);

        var stats = await campaign.Owner.Get("stats").Json();
        Assert.Equal((3L, 1L), (stats.Number("leads"), stats.Number("fraudulent")));
        Assert.Equal((5L, 6L), (stats.Number("highest_contest_score"), stats.Number("total_contest_score")));
        Assert.Equal(campaign.Http.Id, stats.Number("campaign_id"));
    }

    [ContractFact]
    public async Task Actions_AndTags_HaveTheIdsThatCommandsTake()
    {
        var campaign = await LiveCampaign.Create(app);
        Assert.Equal([campaign.ActionId, campaign.TagId], (await campaign.Owner.Get("actions").Json()).EnumerateArray().Select(entry => entry.Number("id")));
        Assert.Equal([campaign.TagId], (await campaign.Owner.Get("tags").Json()).EnumerateArray().Select(entry => entry.Number("id")));
    }

    [ContractFact]
    public async Task OutboundWebhook_MadeAndDeleted_IsGone()
    {
        var campaign = await LiveCampaign.Create(app);
        var made = await campaign.Owner.Post("outbound-webhook", new { url = Url, events = new[] { "new_signup", "score_change" } }).Json();
        Assert.Equal(("Webhook Created", """["new_signup","score_change"]"""), (made.Text("message"), made.GetProperty("events").GetRawText()));
        var again = await campaign.Owner.Post("outbound-webhook", new { url = Url, @event = "tagged" }).Json();
        Assert.Equal(made.Number("referenceId"), again.Number("referenceId"));
        Assert.Equal("""["new_signup","score_change","tagged"]""", again.GetProperty("events").GetRawText());
        Assert.Equal("200 Webhook Deleted", await campaign.Owner.Delete("outbound-webhook", new { url = Url }).Message());
        Assert.Equal("404 webhook_not_found", await campaign.Owner.Delete("outbound-webhook", new { url = Url }).Error());
    }

    [ContractFact]
    public async Task OutboundWebhook_OfAnotherCampaign_StaysThere()
    {
        var campaign = await LiveCampaign.Create(app);
        var other = KickoffLabsClient.Owner(app, await app.CreateCampaignBeside(campaign.Http));
        await other.Post("outbound-webhook", new { url = Url, @event = "new_signup" });
        Assert.Equal("404 webhook_not_found", await campaign.Owner.Delete("outbound-webhook", new { url = Url }).Error());
        Assert.Equal("200 Webhook Deleted", await other.Delete("outbound-webhook", new { url = Url }).Message());
    }

    [ContractFact]
    public async Task InboundWebhook_Post_CreatesATaggedLead()
    {
        var campaign = await LiveCampaign.Create(app, settings => settings with { RequireApiKey = true });
        var made = await campaign.Owner.Post("inbound-webhook", new { name = "Form", tag_id = campaign.TagId }).Json();
        var stranger = campaign.Owner.WithKey(null);
        foreach (var counter in (long[])[1, 2])
        {
            using var response = await stranger.Post(new Uri(made.Text("url")).PathAndQuery, new { email = "ada@example.com", company = "Example Co" });
            var lead = await response.Json();
            Assert.Equal((201, counter), ((int)response.StatusCode, lead.Number("counter")));
            Assert.False(lead.TryGetProperty("email", out _));
        }

        var ada = await campaign.Lead("ada");
        Assert.Equal(("""["VIP"]""", 10L), (ada.GetProperty("tags").GetRawText(), ada.Number("contest_score")));
        Assert.Equal("Example Co", ada.GetProperty("custom_fields").Text("company"));
    }

    [ContractFact]
    public async Task InboundWebhook_EndedCampaign_TakesNobodyNew()
    {
        var campaign = await LiveCampaign.Create(app);
        var path = new Uri((await campaign.Owner.Post("inbound-webhook", new { }).Json()).Text("url")).PathAndQuery;
        await campaign.Http.Change(new { status = "ended" });
        Assert.Equal("423 campaign_ended", await campaign.Owner.WithKey(null).Post(path, new { email = "ada@example.com" }).Error());
    }

    [ContractFact]
    public async Task InboundWebhook_Withdrawn_TakesNobodyAndIsMadeAnewUnderAnotherAddress()
    {
        var campaign = await LiveCampaign.Create(app);
        var (path, other) = (await MakeInbound(campaign, "Form"), await MakeInbound(campaign, "Other"));
        var stranger = campaign.Owner.WithKey(null);
        await stranger.Post(path, new { email = "ada@example.com" });

        foreach (var _ in Enumerable.Range(0, 2)) Assert.Equal(HttpStatusCode.NoContent, await Withdraw(campaign.Http, path));
        await campaign.Http.Change(new { name = "Relaunch" });

        Assert.Equal("404 webhook_not_found", await stranger.Post(path, new { email = "bob@example.com" }).Error());
        Assert.StartsWith("201 ", await stranger.Post(other, new { email = "eve@example.com" }).Raw(), StringComparison.Ordinal);
        var next = await MakeInbound(campaign, "Form");
        Assert.NotEqual(path, next);
        Assert.StartsWith("201 ", await stranger.Post(next, new { email = "kim@example.com" }).Raw(), StringComparison.Ordinal);
        Assert.Equal(3, (await campaign.Http.Leads()).Length);
    }

    [ContractFact]
    public async Task InboundWebhook_WithdrawnThroughAnotherCampaign_IsNotFound()
    {
        var campaign = await LiveCampaign.Create(app);
        var path = await MakeInbound(campaign, "Form");

        Assert.Equal(HttpStatusCode.NotFound, await Withdraw(await app.CreateCampaignBeside(campaign.Http), path));
        Assert.Equal(HttpStatusCode.NotFound, await Withdraw(campaign.Http, path + "AAAA"));
        var answer = await campaign.Owner.WithKey(null).Post(path, new { email = "ada@example.com" }).Raw();
        Assert.StartsWith("201 ", answer, StringComparison.Ordinal);
    }

    private static async Task<string> MakeInbound(LiveCampaign campaign, string name) =>
        new Uri((await campaign.Owner.Post("inbound-webhook", new { name }).Json()).Text("url")).PathAndQuery;

    private async Task<HttpStatusCode> Withdraw(HttpCampaign campaign, string path) =>
        (await app.Admin.DeleteAsync($"/admin/campaigns/{campaign.Id}/inbound-webhooks/{path.Split('/')[^1]}")).StatusCode;

    [ContractFact]
    public async Task InboundWebhook_Repeated_IsReplayed()
    {
        var campaign = await LiveCampaign.Create(app);
        var path = new Uri((await campaign.Owner.Post("inbound-webhook", new { }).Json()).Text("url")).PathAndQuery;
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var response = await campaign.Owner.WithKey(null).Post(path, new { email = "ada@example.com" }, "once");
            Assert.Equal(201, (int)response.StatusCode);
        }

        Assert.Equal(1, (await campaign.Lead("ada")).Number("counter"));
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteOwnerTests(LeadEngineApplication app) : OwnerTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresOwnerTests(PostgresLeadEngineApplication app) : OwnerTests(app);
