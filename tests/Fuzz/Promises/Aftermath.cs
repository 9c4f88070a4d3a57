using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LeadEngine.Fuzz.Clients;

namespace LeadEngine.Fuzz.Promises;

/// <summary>Holds what the engine keeps, once it is quiet, against what it has acknowledged.</summary>
internal sealed class Aftermath(HttpClient client, Ledger ledger, IReadOnlyList<Account> accounts)
{
    private const int PageSize = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong; nothing as a rule.</summary>
    public async Task<List<string>> Check()
    {
        List<string> wrong = [];
        HashSet<long> intact = [.. accounts.Where(account => account.KeepsAll).SelectMany(account => account.Campaigns).Select(campaign => campaign.Id)];
        foreach (var campaign in ledger.Campaigns.Union(accounts.SelectMany(account => account.Campaigns).Select(campaign => campaign.Id)).Order())
        {
            wrong.AddRange(await Check(campaign, intact.Contains(campaign)));
        }

        foreach (var account in accounts) wrong.AddRange(await SignUp(account));
        return wrong;
    }

    private async Task<IEnumerable<string>> Check(long campaign, bool isIntact)
    {
        var kept = await List(campaign);
        var told = ledger.Of(campaign);
        List<string> wrong = [.. Books(kept, await LeadCount(campaign), isIntact)];
        var byId = kept.ToDictionary(lead => lead.Id);
        foreach (var (id, entry) in told)
        {
            if (byId.TryGetValue(id, out var lead)) wrong.AddRange(Compare(lead, entry));
            else if (isIntact) wrong.Add($"Lead {id} was acknowledged and is gone.");
        }

        if (isIntact) wrong.AddRange(ledger.PhonesOf(campaign).Except(kept.Select(lead => lead.Phone)).Select(phone => $"{phone} was acknowledged and is gone."));
        return wrong.Select(what => $"Campaign {campaign}: {what}");
    }

    private static IEnumerable<string> Books(List<Lead> kept, long count, bool isIntact)
    {
        if (kept.Count != count) yield return $"{kept.Count} leads are listed, {count} are counted.";
        if (kept.Zip(kept.Skip(1)).Any(pair => pair.First.Rank >= pair.Second.Rank)) yield return "Ranks do not rise.";
        if (isIntact && kept is [.., var last] && last.Rank != kept.Count) yield return $"{kept.Count} leads have ranks up to {last.Rank}.";
        foreach (var twice in kept.Select(lead => lead.Email).Concat(kept.Select(lead => lead.Phone)).Where(one => one is not null).GroupBy(one => one))
        {
            if (twice.Count() > 1) yield return $"{twice.Key} is there {twice.Count()} times.";
        }
    }

    private static IEnumerable<string> Compare(Lead lead, Ledger.Entry told)
    {
        if (lead.Rank != told.Rank) yield return $"Lead {lead.Id} has rank {lead.Rank}; {told.Rank} was acknowledged.";
        if (lead.Counter < told.Counter) yield return $"Lead {lead.Id} has counter {lead.Counter}; {told.Counter} was acknowledged.";
        if (lead.Counter < told.Changes) yield return $"Lead {lead.Id} has counter {lead.Counter}; {told.Changes} changes were acknowledged.";
    }

    // A campaign that nobody may change is open still.
    private async Task<IEnumerable<string>> SignUp(Account account)
    {
        var campaign = account.Campaigns.First(one => !one.MayChange).Id;
        var email = $"after{await LeadCount(campaign)}@{account.Domain}";
        using var patience = new CancellationTokenSource(Patience);
        using var response = await client.PostAsJsonAsync($"/v2/{campaign}", new { email }, patience.Token);
        if (!response.IsSuccessStatusCode) return [$"A normal sign-up is answered {(int)response.StatusCode}."];
        return (await List(campaign)).Any(lead => lead.Email == email) ? [] : ["A normal sign-up is not there."];
    }

    private async Task<long> LeadCount(long campaign) => (await Get($"/admin/campaigns/{campaign}")).GetProperty("lead_count").GetInt64();

    private async Task<List<Lead>> List(long campaign)
    {
        List<Lead> leads = [];
        for (long? after = 0; after is not null;)
        {
            var page = await Get(string.Create(CultureInfo.InvariantCulture, $"/admin/campaigns/{campaign}/leads?after={after}&limit={PageSize}"));
            leads.AddRange(page.GetProperty("leads").EnumerateArray().Select(lead => new Lead(
                lead.GetProperty("id").GetInt64(), lead.GetProperty("rank").GetInt64(), lead.GetProperty("counter").GetInt64(),
                lead.GetProperty("email").GetString(), lead.GetProperty("phone_number").GetString())));
            after = page.GetProperty("next") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
        }

        return leads;
    }

    private Task<JsonElement> Get(string path) => client.GetFromJsonAsync<JsonElement>(path);

    private sealed record Lead(long Id, long Rank, long Counter, string? Email, string? Phone);
}
