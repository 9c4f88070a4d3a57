using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LeadEngine.TestSupport;

namespace LeadEngine.Durability;

/// <summary>Queued means durable: a process that is killed right behind its 202 has all of it done after its next start, once.</summary>
public sealed class BulkKillTests
{
    private const int Leads = 250;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task KilledBehindTheAnswer_OnSqlite_DoesAllOfItOnce()
    {
        await using var engine = new EngineProcess("sqlite");
        await Run(engine);
    }

    [PostgresFact]
    public async Task KilledBehindTheAnswer_OnPostgres_DoesAllOfItOnce()
    {
        await using var server = await PostgresServer.Start();
        await using var engine = new EngineProcess("postgres", await server.CreateDatabase());
        await Run(engine);
    }

    private static async Task Run(EngineProcess engine)
    {
        await engine.Start();
        var (campaignId, key) = await engine.Api.CreateCampaignWithKey();
        var tags = await Send(engine, HttpMethod.Patch, $"/admin/campaigns/{campaignId}", new { tags = new[] { new { name = "vip", points = 9 } } });
        var tag = tags.GetProperty("tags")[0].GetProperty("id").GetInt64();
        string[] emails = [.. Enumerable.Range(0, Leads).Select(number => $"p{number}@example.com")];
        await Task.WhenAll(emails.Select(email => Send(engine, HttpMethod.Post, $"/v2/{campaignId}", new { email })));

        await SendAndKill(engine, HttpMethod.Post, $"/v2/{campaignId}/tag", new { api_key = key, email = emails, tag_id = tag });
        await SendAndKill(engine, HttpMethod.Post, $"/v2/{campaignId}/optout", new { api_key = key, email = emails });
        var leads = await ListUntil(engine, campaignId, all => all.TrueForAll(lead => lead.GetProperty("opted_out").GetBoolean() && HasTags(lead)));
        Assert.Equal(Leads, leads.Count);
        Assert.All(leads, lead => Assert.Equal(["vip"], lead.GetProperty("tags").EnumerateArray().Select(name => name.GetString())));
        foreach (var email in emails.Take(10))
        {
            var shown = await Send(engine, HttpMethod.Get, $"/v2/{campaignId}?api_key={key}&email={email}", null);
            Assert.Equal(9, shown.GetProperty("contest_score").GetInt32());
        }

        await SendAndKill(engine, HttpMethod.Delete, $"/v2/{campaignId}", new { api_key = key, email = emails });
        Assert.Empty(await ListUntil(engine, campaignId, all => all.Count == 0));
    }

    private static bool HasTags(JsonElement lead) => lead.GetProperty("tags").GetArrayLength() > 0;

    private static async Task SendAndKill(EngineProcess engine, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var response = await engine.Client.SendAsync(request);
        await engine.Kill();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await engine.Start();
    }

    private static async Task<List<JsonElement>> ListUntil(EngineProcess engine, long campaignId, Predicate<List<JsonElement>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var page = await Send(engine, HttpMethod.Get, $"/admin/campaigns/{campaignId}/leads?limit=1000", null);
            List<JsonElement> leads = [.. page.GetProperty("leads").EnumerateArray()];
            if (isSo(leads)) return leads;
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<JsonElement> Send(EngineProcess engine, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await engine.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
