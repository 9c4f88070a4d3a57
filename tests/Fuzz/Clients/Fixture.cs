using System.Net.Http.Json;
using System.Text.Json;

namespace LeadEngine.Fuzz.Clients;

/// <summary>Makes accounts and campaigns of every kind, for requests to reach.</summary>
internal static class Fixture
{
    private static readonly (object Settings, string Status, bool ShowsPeople, bool MayChange)[] Kinds =
    [
        (new { }, "open", false, false),
        (new { hide_pii = false }, "open", true, false),
        (new { require_api_key = true, jump_start = 1_000 }, "open", false, false),
        (new { verification_required = true, waitlist = true, referral_points = 5, site_url = "https://www.example.com/" }, "open", false, false),
        (new { }, "ended", false, false),
        (new { }, "locked", false, false),
        (new { }, "open", true, true),
        (new { }, "open", true, true),
    ];

    public static async Task<IReadOnlyList<Account>> Make(HttpClient client)
    {
        List<Account> accounts = [];
        for (var index = 0; index < Account.Count; index++)
        {
            var made = await Post(client, "/admin/accounts", new { name = $"Fuzz {index}" });
            var id = made.GetProperty("account_id").GetInt64();
            accounts.Add(new Account { Index = index, Id = id, Key = made.GetProperty("api_key").GetString()!, Campaigns = await MakeCampaigns(client, id) });
        }

        return accounts;
    }

    private static async Task<IReadOnlyList<Campaign>> MakeCampaigns(HttpClient client, long account)
    {
        List<Campaign> campaigns = [];
        foreach (var (settings, status, showsPeople, mayChange) in Kinds)
        {
            var body = JsonSerializer.SerializeToNode(settings)!.AsObject();
            body["account_id"] = account;
            body["name"] = $"Fuzz {campaigns.Count}";
            var id = (await Post(client, "/admin/campaigns", body)).GetProperty("campaign_id").GetInt64();
            var key = (await Post(client, $"/admin/campaigns/{id}/keys", new { label = "fuzz" })).GetProperty("api_key").GetString()!;
            if (status != "open")
            {
                (await client.PostAsJsonAsync($"/v2/{id}", new { email = "early@elsewhere.example" })).EnsureSuccessStatusCode().Dispose();
                (await client.PatchAsJsonAsync($"/admin/campaigns/{id}", new { status })).EnsureSuccessStatusCode().Dispose();
            }

            campaigns.Add(new Campaign(id, key, showsPeople, mayChange));
        }

        return campaigns;
    }

    private static async Task<JsonElement> Post(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
