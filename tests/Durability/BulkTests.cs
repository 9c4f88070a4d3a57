using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LeadEngine.TestSupport;

namespace LeadEngine.Durability;

/// <summary>Work that was promised with a 202 is done, once, also when the engine is killed right behind the promise.</summary>
public sealed class BulkTests
{
    private const int OfEach = 80;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task KilledBehindThePromise_OnSqlite_DoesAllOfIt()
    {
        await using var engine = new EngineProcess("sqlite");
        await KillBehindEachPromise(engine);
    }

    [PostgresFact]
    public async Task KilledBehindThePromise_OnPostgres_DoesAllOfIt()
    {
        await using var server = await PostgresServer.Start();
        await using var engine = new EngineProcess("postgres", await server.CreateDatabase());
        await KillBehindEachPromise(engine);
    }

    // All were referred by one lead, so that what was done twice, or not at all, is seen in its counts.
    private static async Task KillBehindEachPromise(EngineProcess engine)
    {
        await engine.Start();
        var campaign = new Campaign(engine.Client, await engine.Api.CreateCampaign());
        await campaign.MakeKey();
        var referrer = (await campaign.SignUp("referrer", null)).GetProperty("social_id").GetString()!;
        await Task.WhenAll(Enumerable.Range(0, 3 * OfEach).Select(number => campaign.SignUp(Name(number), referrer)));

        await campaign.Promise(HttpMethod.Post, "/block", Names(0));
        await Restart(engine);
        await campaign.ReferrerOnce("""{"indirect":0,"direct":160}""", """{"indirect":null,"direct":null}""");

        await campaign.Promise(HttpMethod.Post, "/verify", Names(1));
        await Restart(engine);
        await campaign.ReferrerOnce("""{"indirect":0,"direct":80}""", """{"indirect":0,"direct":80}""");

        await campaign.Promise(HttpMethod.Delete, "", Names(2));
        await Restart(engine);
        var left = await campaign.ReferrerOnce("""{"indirect":0,"direct":0}""", """{"indirect":0,"direct":80}""");
        Assert.Equal((OfEach, (2 * OfEach) + 1), (left.GetProperty("contest_score").GetInt32(), left.GetProperty("lead_count").GetInt32()));
        Assert.Equal(
            [.. Names(0).Concat(Names(1)).Append("referrer@example.com").Order(StringComparer.Ordinal)],
            (await engine.Api.ListLeads(campaign.Id)).Select(lead => lead.Email).Order(StringComparer.Ordinal));
    }

    private static async Task Restart(EngineProcess engine)
    {
        await engine.Kill();
        await engine.Start();
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"lead{number}");

    private static string[] Names(int part) => [.. Enumerable.Range(part * OfEach, OfEach).Select(number => $"{Name(number)}@example.com")];

    private sealed class Campaign(HttpClient client, long id)
    {
        private string? _apiKey;

        public long Id => id;

        public async Task MakeKey()
        {
            using var response = await client.PostAsJsonAsync($"/admin/campaigns/{id}/keys", new { label = "test" });
            _apiKey = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("api_key").GetString();
        }

        public async Task<JsonElement> SignUp(string name, string? referrer)
        {
            using var response = await Send(HttpMethod.Post, "", new { email = $"{name}@example.com", social_id = referrer });
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }

        public async Task Promise(HttpMethod method, string path, string[] emails)
        {
            using var response = await Send(method, path, new { email = emails });
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }

        /// <summary>Waits until the referrer has so many referrals of each class.</summary>
        public async Task<JsonElement> ReferrerOnce(string unverified, string verified)
        {
            var start = TimeProvider.System.GetTimestamp();
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (true)
            {
                using var response = await Send(HttpMethod.Get, "?email=referrer@example.com", null);
                var lead = await response.Content.ReadFromJsonAsync<JsonElement>();
                if (response.IsSuccessStatusCode && Counts(lead) == (unverified, verified)) return lead;
                Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, lead.GetRawText());
                await tick.WaitForNextTickAsync();
            }
        }

        private static (string, string) Counts(JsonElement lead) =>
            (lead.GetProperty("unverified_leads").GetRawText(), lead.GetProperty("verified_leads").GetRawText());

        private async Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body)
        {
            using var request = new HttpRequestMessage(method, $"/v2/{id}{path}") { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_apiKey}");
            return await client.SendAsync(request);
        }
    }
}
