using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeadEngine.Fuzz.Clients;

/// <summary>Makes accounts and campaigns of every kind, for requests to reach.</summary>
internal static class Fixture
{
    private static readonly (object Settings, string Status, bool ShowsPeople, bool MayChange)[] Kinds =
    [
        (new { }, "open", false, false),
        (new { hide_pii = false }, "open", true, false),
        (new { require_api_key = true, jump_start = 1_000 }, "open", false, false),
        (new { verification_required = true, waitlist = true, referral_points = 5, site_url = "https://x.example/" }, "open", false, false),
        (new { phone_verification = true }, "open", false, false),
        (new { }, "ended", false, false),
        (new { }, "locked", false, false),
        (new { }, "open", true, true),
        (new { }, "open", true, true),
    ];

    public static async Task<IReadOnlyList<Account>> Make(HttpClient client, string receiver)
    {
        List<Account> accounts = [];
        for (var index = 0; index < Account.Count; index++)
        {
            var made = await Post(client, "/admin/accounts", new { name = $"Fuzz {index}" });
            var (id, key) = (made.GetProperty("account_id").GetInt64(), made.GetProperty("api_key").GetString()!);
            accounts.Add(new Account
            {
                Index = index,
                Id = id,
                Key = key,
                User = await MakeUser(client, id),
                Campaigns = await MakeCampaigns(client, id, key),
                Receiver = receiver,
            });
        }

        return accounts;
    }

    private static async Task<(string Key, string Workspace)> MakeUser(HttpClient client, long account)
    {
        var user = await Post(client, "/admin/users", new { name = "Fuzz", account_ids = (long[])[account] });
        return (user.GetProperty("api_key").GetString()!, user.GetProperty("workspaces")[0].GetProperty("workspace_id").GetString()!);
    }

    private static async Task<IReadOnlyList<Campaign>> MakeCampaigns(HttpClient client, long account, string accountKey)
    {
        List<Campaign> campaigns = [];
        foreach (var (settings, status, showsPeople, mayChange) in Kinds)
        {
            var body = JsonSerializer.SerializeToNode(settings)!.AsObject();
            body["account_id"] = account;
            body["name"] = $"Fuzz {campaigns.Count}";
            body["tags"] = new JsonArray(new JsonObject { ["name"] = "vip", ["points"] = 3 }, new JsonObject { ["name"] = "beta" });
            body["actions"] = new JsonArray(new JsonObject { ["name"] = "share", ["points"] = 5 }, new JsonObject { ["name"] = "visit" });
            var made = await Post(client, "/admin/campaigns", body);
            var id = made.GetProperty("campaign_id").GetInt64();
            var key = (await Post(client, $"/admin/campaigns/{id}/keys", new { label = "fuzz" })).GetProperty("api_key").GetString()!;
            if (status != "open")
            {
                (await client.PostAsJsonAsync($"/v2/{id}", new { email = "early@elsewhere.example" })).EnsureSuccessStatusCode().Dispose();
                (await client.PatchAsJsonAsync($"/admin/campaigns/{id}", new { status })).EnsureSuccessStatusCode().Dispose();
            }

            campaigns.Add(new Campaign(id, "", key, showsPeople, mayChange, Ids(made, "tags"), Ids(made, "actions")));
        }

        var ids = await PublicIds(client, accountKey);
        return [.. campaigns.Select((campaign, number) => campaign with { PublicId = ids[$"Fuzz {number}"] })];
    }

    private static IReadOnlyList<long> Ids(JsonElement campaign, string member) =>
        [.. campaign.GetProperty(member).EnumerateArray().Select(one => one.GetProperty("id").GetInt64())];

    private static async Task<Dictionary<string, string>> PublicIds(HttpClient client, string accountKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/campaigns?limit=100") { Headers = { { "X-Api-Key", accountKey } } };
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var listed = await response.Content.ReadFromJsonAsync<JsonElement>();
        return listed.GetProperty("data").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("_id").GetString()!);
    }

    private static async Task<JsonElement> Post(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
