using System.Collections.Concurrent;
using System.Text.Json;
using LeadEngine.Fuzz.Clients;
using LeadEngine.Fuzz.Requests;
using LeadEngine.Fuzz.Wire;

namespace LeadEngine.Fuzz.Promises;

/// <summary>What the engine has acknowledged, kept outside of it.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<(long Campaign, long Lead), Entry> _entries = new();
    private readonly ConcurrentDictionary<(long Campaign, string Phone), bool> _phones = new();
    private readonly ConcurrentDictionary<(long Campaign, string Email), bool> _emails = new();
    private int _unknown;

    /// <summary>How many requests may have changed something, though no answer says so.</summary>
    public int Unknown => _unknown;

    public IEnumerable<long> Campaigns => _entries.Keys.Select(key => key.Campaign).Distinct();

    public int Leads => _entries.Count;

    /// <summary>The e-mail addresses that were added to a campaign.</summary>
    public IEnumerable<string> EmailsOf(long campaign) => _emails.Keys.Where(key => key.Campaign == campaign).Select(key => key.Email);

    /// <summary>The phone numbers that were told that they are new in a campaign.</summary>
    public IEnumerable<string> PhonesOf(long campaign) => _phones.Keys.Where(key => key.Campaign == campaign).Select(key => key.Phone);

    public Dictionary<long, Entry> Of(long campaign) =>
        _entries.Where(entry => entry.Key.Campaign == campaign).ToDictionary(entry => entry.Key.Lead, entry => entry.Value);

    /// <summary>Notes what an answer says of a lead.</summary>
    /// <returns>What is wrong with it beside other answers; null when nothing is.</returns>
    public string? Note(Draft draft, Answer answer)
    {
        if (answer.Status is 504) Wonder();
        if (!answer.IsSuccess || answer.Json() is not { ValueKind: JsonValueKind.Object } lead) return null;
        if (lead.TryGetProperty("subscription_number", out _)) return NoteLead(draft, answer, lead);
        if (draft is { IsPlain: true, Operation: { Method: "POST", Path: "/v1/campaigns/{id}/leads" } }) NoteEntries(draft, lead);
        if (draft is not { CampaignOfKey: { } campaign, IsBroken: false } || answer.Status != 201) return null;
        return lead.TryGetProperty("phoneNumber", out var phone) ? NotePhone(draft.Account, campaign, phone.GetString()!, answer) : null;
    }

    private string? NoteLead(Draft draft, Answer answer, JsonElement lead)
    {
        var (campaign, id) = (lead.GetProperty("campaign_id").GetInt64(), lead.GetProperty("id").GetInt64());
        var (rank, counter) = (lead.GetProperty("rank").GetInt64(), lead.GetProperty("counter").GetInt64());
        var isChange = draft.Method == "POST" && !IsReplay(answer);
        var entry = _entries.GetOrAdd((campaign, id), _ => new Entry(rank));
        lock (entry)
        {
            entry.Counter = Math.Max(entry.Counter, counter);
            if (isChange) entry.Changes++;
        }

        return entry.Rank == rank ? null : $"Lead {id} of campaign {campaign} had rank {entry.Rank} and now has {rank}.";
    }

    // Who was skipped may be on the list of those who are not to be contacted; when nobody was, all of them are in.
    private void NoteEntries(Draft draft, JsonElement answer)
    {
        var campaign = draft.Account.Campaigns.FirstOrDefault(one => draft.Path.Contains(one.PublicId, StringComparison.Ordinal));
        if (campaign is null || !answer.TryGetProperty("data", out var data) || !data.TryGetProperty("errors", out var errors)) return;
        if (data.GetProperty("skipped").GetInt32() > 0 || errors.GetArrayLength() > 0) return;
        foreach (var email in draft.Mentioned.Where(one => one.Contains('@'))) _emails.TryAdd((campaign.Id, email), true);
    }

    // Of a number that is written in some odd way nothing is noted.
    private string? NotePhone(Account account, long campaign, string written, Answer answer)
    {
        var phone = $"+1{string.Concat(written.Where(char.IsAsciiDigit).TakeLast(10))}";
        if (!Account.IsPhoneOf(account.Index, phone) || IsReplay(answer)) return null;
        return _phones.TryAdd((campaign, phone), true) || !account.KeepsAll
            ? null
            : $"{phone} was told twice that it is new in campaign {campaign}.";
    }

    private static bool IsReplay(Answer answer) => answer.Header("Idempotency-Replayed") is not null;

    /// <summary>A request was sent whose fate is not known.</summary>
    public void Wonder() => Interlocked.Increment(ref _unknown);

    /// <summary>What was said of a lead.</summary>
    internal sealed record Entry(long Rank)
    {
        public long Counter { get; set; }

        public long Changes { get; set; }
    }
}
