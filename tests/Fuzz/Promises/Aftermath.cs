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
        List<Campaign> known = [.. accounts.SelectMany(account => account.Campaigns)];
        List<Campaign> intact = [.. accounts.Where(account => account.KeepsAll).SelectMany(account => account.Campaigns)];
        foreach (var campaign in ledger.Campaigns.Union(known.Select(one => one.Id)).Order())
        {
            wrong.AddRange(await Check(campaign, intact.Exists(one => one.Id == campaign)));
        }

        foreach (var account in accounts) wrong.AddRange(await SignUp(account));
        return wrong;
    }

    private async Task<IEnumerable<string>> Check(long campaign, bool isIntact)
    {
        var (kept, count) = await Settled(campaign);
        var told = ledger.Of(campaign);
        List<string> wrong = [.. Books(kept, count, isIntact)];
        var byId = kept.ToDictionary(lead => lead.Id);
        foreach (var (id, entry) in told)
        {
            if (byId.TryGetValue(id, out var lead)) wrong.AddRange(Compare(lead, entry));
            else if (isIntact) wrong.Add($"Lead {id} was acknowledged and is gone.");
        }

        if (isIntact) wrong.AddRange(Missing(campaign, kept).Select(who => $"{who} was acknowledged and is gone."));
        return wrong.Select(what => $"Campaign {campaign}: {what}");
    }

    // Deletions that were promised may still be under way.
    private async Task<(List<Lead> Kept, long Count)> Settled(long campaign)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var (kept, count) = (await List(campaign), await LeadCount(campaign));
            if (kept.Count == count || !await Ticks(tick, patience.Token)) return (kept, count);
        }
    }

    private IEnumerable<string?> Missing(long campaign, List<Lead> kept) => ledger.PhonesOf(campaign)
        .Except(kept.Select(lead => lead.Phone))
        .Concat(ledger.EmailsOf(campaign).Except(kept.Select(lead => lead.Email)));

    private static IEnumerable<string> Books(List<Lead> kept, long count, bool isIntact)
    {
        if (kept.Count != count) yield return $"{kept.Count} leads are listed, {count} are counted.";
        if (kept.Zip(kept.Skip(1)).Any(pair => pair.First.Rank >= pair.Second.Rank)) yield return "Ranks do not rise.";
        if (isIntact && kept is [.., var last] && last.Rank != kept.Count) yield return $"{kept.Count} leads have ranks up to {last.Rank}.";
        foreach (var same in kept.SelectMany(lead => (string?[])[lead.Email, lead.Phone]).Where(one => one is not null).GroupBy(one => one))
        {
            if (same.Count() > 1) yield return $"{same.Key} is there {same.Count()} times.";
        }
    }

    private static IEnumerable<string> Compare(Lead lead, Ledger.Entry told)
    {
        if (lead.Rank != told.Rank) yield return $"Lead {lead.Id} has rank {lead.Rank}; {told.Rank} was acknowledged.";
        if (lead.Counter < told.Counter) yield return $"Lead {lead.Id} has counter {lead.Counter}; {told.Counter} was acknowledged.";
        if (lead.Counter < told.Changes) yield return $"Lead {lead.Id} has counter {lead.Counter}; {told.Changes} changes were told.";
    }

    // A campaign that nobody may change is open still.
    private async Task<IEnumerable<string>> SignUp(Account account)
    {
        var campaign = account.Campaigns.First(one => !one.MayChange).Id;
        var email = $"after{await LeadCount(campaign)}@{account.Domain}";
        using var patience = new CancellationTokenSource(Patience);
        using var response = await client.PostAsJsonAsync($"/v2/{campaign}", new { email }, patience.Token);
        if (!response.IsSuccessStatusCode) return [$"A normal sign-up is answered {(int)response.StatusCode}."];
        if (!(await List(campaign)).Exists(lead => lead.Email == email)) return ["A normal sign-up is not there."];
        return await IsFound(account, email) ? [] : ["Who signs up is not found by a search."];
    }

    // The index of people follows; nothing that was sent may hold it up.
    private async Task<bool> IsFound(Account account, string email)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/leads?search={email}");
            request.Headers.Add("X-Api-Key", account.Key);
            using var response = await client.SendAsync(request);
            var found = await response.Content.ReadFromJsonAsync<JsonElement>();
            if (found.GetProperty("data").EnumerateArray().Any(person => person.GetProperty("email").GetString() == email)) return true;
        }
        while (await Ticks(tick, patience.Token));
        return false;
    }

    private static async Task<bool> Ticks(PeriodicTimer tick, CancellationToken cancel)
    {
        try
        {
            return await tick.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<long> LeadCount(long campaign) => (await Get($"/admin/campaigns/{campaign}")).GetProperty("lead_count").GetInt64();

    private async Task<List<Lead>> List(long campaign)
    {
        List<Lead> leads = [];
        for (var after = "0"; after is not null;)
        {
            var page = await Get($"/admin/campaigns/{campaign}/leads?after={Uri.EscapeDataString(after)}&limit={PageSize}");
            leads.AddRange(page.GetProperty("leads").EnumerateArray().Select(lead => new Lead(
                lead.GetProperty("id").GetInt64(), lead.GetProperty("rank").GetInt64(), lead.GetProperty("counter").GetInt64(),
                lead.GetProperty("email").GetString(), lead.GetProperty("phone_number").GetString())));
            after = page.GetProperty("next") is { ValueKind: not JsonValueKind.Null } next ? next.ToString() : null;
        }

        return [.. leads.OrderBy(lead => lead.Rank)]; // Some campaigns are listed in another order.
    }

    private Task<JsonElement> Get(string path) => client.GetFromJsonAsync<JsonElement>(path);

    private sealed record Lead(long Id, long Rank, long Counter, string? Email, string? Phone);
}
