using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LeadEngine.Durability;

/// <summary>The administration of an engine, as anybody may use it over HTTP.</summary>
internal sealed class EngineApi(HttpClient client)
{
    private const int PageSize = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<long> CreateCampaign() => (await CreateCampaignWithKey()).Id;

    public async Task<(long Id, string ApiKey)> CreateCampaignWithKey()
    {
        var account = await Send(HttpMethod.Post, "/admin/accounts", new { name = "Durability" });
        var campaign = await Send(
            HttpMethod.Post, "/admin/campaigns", new { account_id = account.GetProperty("account_id").GetInt64(), name = "Launch day" });
        return (campaign.GetProperty("campaign_id").GetInt64(), account.GetProperty("api_key").GetString()!);
    }

    /// <summary>Has events of a campaign told.</summary>
    public async Task AddWebhook(long campaignId, string channel, string url, params string[] events)
    {
        var account = (await Send(HttpMethod.Get, $"/admin/campaigns/{campaignId}")).GetProperty("account_id").GetInt64();
        await Send(HttpMethod.Post, $"/admin/accounts/{account}/webhooks", new { channel, url, events, campaign_id = campaignId });
    }

    /// <summary>Ends a campaign; returns once that is acknowledged.</summary>
    public async Task EndCampaign(long campaignId)
    {
        var campaign = await Send(HttpMethod.Patch, $"/admin/campaigns/{campaignId}", new { status = "ended" });
        Assert.Equal("ended", campaign.GetProperty("status").GetString());
    }

    public async Task<List<ListedLead>> ListLeads(long campaignId)
    {
        List<ListedLead> leads = [];
        for (long? after = 0; after is not null;)
        {
            var page = await Send(HttpMethod.Get, $"/admin/campaigns/{campaignId}/leads?after={after}&limit={PageSize}");
            leads.AddRange(page.GetProperty("leads").EnumerateArray().Select(lead => new ListedLead(
                lead.GetProperty("rank").GetInt64(), lead.GetProperty("email").GetString()!, lead.GetProperty("counter").GetInt64())));
            after = page.GetProperty("next") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
        }

        return leads;
    }

    // What is asked here may be asked again; at worst there is an account or a campaign that nobody uses.
    private async Task<JsonElement> Send(HttpMethod method, string path, object? body = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var response = await client.SendAsync(request, patience.Token);
            if (response.IsSuccessStatusCode) return await response.Content.ReadFromJsonAsync<JsonElement>(patience.Token);
            if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
            {
                throw new InvalidOperationException($"{method} {path}: {response.StatusCode} {await response.Content.ReadAsStringAsync(patience.Token)}");
            }

            await tick.WaitForNextTickAsync(patience.Token);
        }
    }
}

/// <summary>A lead as the administration lists it.</summary>
internal sealed record ListedLead(long Rank, string Email, long Counter);
