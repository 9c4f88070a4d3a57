using System.Text.Json;
using LeadEngine.ApiHost.Tests.Dialects.Aktify;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Admin;

/// <summary>The order in which a campaign posts its leads, over HTTP on each store.</summary>
public abstract class PostingOrderTests(LeadEngineApplication app)
{
    // By rank: 1 to 8. Two are of one moment, which is written in two ways, and two have none.
    private static readonly string?[] Times =
    [
        "2022-11-15T21:04:28-0600", null, "2021-01-01T00:00:00Z", "2022-11-16T03:04:28Z", "2023-05-05T05:05:05.000001+02:00",
        "1969-07-20T20:17:40Z", null, "2023-05-05T03:05:05.000000Z",
    ];

    [ContractTheory]
    [InlineData("as_received", "1 2 3 4 5 6 7 8")]
    [InlineData("earliest_first", "6 3 1 4 8 5 2 7")]
    [InlineData("latest_first", "5 8 1 4 3 6 2 7")]
    public async Task ListLeads_PostingStrategy_IsTheOrderOnEveryPageSize(string strategy, string ranks)
    {
        var campaign = await NewCampaign(strategy);
        for (var limit = 1; limit <= Times.Length + 1; limit++) Assert.Equal(ranks, string.Join(' ', await Ranks(campaign, limit)));
    }

    [ContractFact]
    public async Task ListLeads_StrategyThatChanged_OrdersThoseThatWereThere()
    {
        var campaign = await NewCampaign("as_received");
        await campaign.Change(new { posting_strategy = "earliest_first" });
        Assert.Equal("6 3 1 4 8 5 2 7", string.Join(' ', await Ranks(campaign, 3)));
    }

    [ContractTheory]
    [InlineData("as_received", "earliest_first.1.1")]
    [InlineData("as_received", "-1")]
    [InlineData("as_received", "x")]
    [InlineData("earliest_first", "1")]
    [InlineData("earliest_first", "latest_first.1.1")]
    [InlineData("earliest_first", "earliest_first.x.1")]
    [InlineData("earliest_first", "earliest_first.1.x")]
    [InlineData("earliest_first", "earliest_first.1.-1")]
    [InlineData("earliest_first", "earliest_first.99999999999999999999.1")]
    [InlineData("earliest_first", "earliest_first.9223372036854775807.1")]
    [InlineData("earliest_first", "earliest_first.1")]
    [InlineData("earliest_first", "")]
    public async Task ListLeads_PlaceOfNoSuchOrder_IsRefused(string strategy, string after)
    {
        var campaign = await app.CreateCampaign(new { posting_strategy = strategy });
        using var response = await app.Admin.GetAsync($"/admin/campaigns/{campaign.Id}/leads?after={Uri.EscapeDataString(after)}");
        Assert.Equal("after", Assert.Single((await response.Json()).GetProperty("errors").EnumerateObject()).Name);
    }

    private async Task<HttpCampaign> NewCampaign(string strategy)
    {
        var campaign = await app.CreateCampaign(new { posting_strategy = strategy });
        var aktify = await AktifyClient.Of(app, campaign);
        foreach (var (index, time) in Times.Index())
        {
            await aktify.AddLead(new { phoneNumber = $"+1206556{index:0000}", region = "WA", externalCreated = time });
        }

        return campaign;
    }

    private async Task<List<long>> Ranks(HttpCampaign campaign, int limit)
    {
        List<long> ranks = [];
        for (var after = "0"; after is not null;)
        {
            var page = await app.Admin.GetAsync($"/admin/campaigns/{campaign.Id}/leads?after={after}&limit={limit}").Json();
            ranks.AddRange(page.GetProperty("leads").EnumerateArray().Select(lead => lead.Number("rank")));
            after = page.GetProperty("next") is { ValueKind: not JsonValueKind.Null } next ? next.ToString() : null;
        }

        return ranks;
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqlitePostingOrderTests(LeadEngineApplication app) : PostingOrderTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresPostingOrderTests(PostgresLeadEngineApplication app) : PostingOrderTests(app);
