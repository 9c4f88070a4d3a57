using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>
/// A database in memory whose every method is one transaction. It does what the real drivers do, and is held to the same contract tests,
/// but is written for simplicity alone.
/// </summary>
internal sealed partial class SimulatedDatabase(TimeProvider clock, TimeSpan idempotencyAge)
{
    private readonly Dictionary<long, CampaignRow> _campaigns = [];
    private readonly SortedDictionary<long, StoredLead> _leads = [];
    private readonly SortedDictionary<long, MemberRow> _members = [];
    private readonly Dictionary<IdentifierKey, long> _owners = [];
    private readonly Dictionary<string, AnswerRow> _answers = [];
    private readonly Dictionary<(string Name, string Key), GrainStateRow> _states = [];
    private long _lastId;
    private long _lastLeadId;

    public CommitLog Log { get; } = new(clock);

    /// <summary>Those that were not removed.</summary>
    public IReadOnlyDictionary<long, StoredLead> Leads => _leads;

    /// <summary>All leads, also those that were removed and left a member.</summary>
    public IReadOnlyDictionary<long, MemberRow> Members => _members;

    /// <summary>Whether a score, a short link or work to do is kept of a lead.</summary>
    public bool RemembersMoreOf(long leadId) => _scores.ContainsKey(leadId) || HasTaskOf(leadId) || _links.Values.Any(link => link.LeadId == leadId);

    /// <summary>The keys under which answers about a lead are kept.</summary>
    public IEnumerable<string> KeysOf(long leadId) => _answers.Where(pair => pair.Value.Answer.LeadId == leadId).Select(pair => pair.Key);

    public CampaignRow Campaign(long campaignId) => _campaigns[campaignId];

    public long NextId() => ++_lastId;

    public bool CreateCampaign(long campaignId, long accountId) =>
        _campaigns.TryAdd(campaignId, new CampaignRow(accountId, 0, CampaignStatus.Open, 0, 0));

    public CampaignTenure? TakeOver(long campaignId)
    {
        if (!_campaigns.TryGetValue(campaignId, out var campaign)) return null;
        campaign = _campaigns[campaignId] = campaign with { Epoch = campaign.Epoch + 1 };
        Log.Add(new EpochTaken(campaignId, campaign.Epoch));
        var scores = _scores.Where(pair => _leads[pair.Key].Lead.CampaignId == campaignId);
        return new CampaignTenure(
            campaign.AccountId, campaign.Epoch, campaign.Status, campaign.LiveCount, [.. scores.Select(pair => new ScoreRow(pair.Key, pair.Value))]);
    }

    public bool SetStatus(long campaignId, long epoch, CampaignStatus status)
    {
        if (!_campaigns.TryGetValue(campaignId, out var campaign) || campaign.Epoch != epoch) return false;
        _campaigns[campaignId] = campaign with { Status = status };
        Log.Add(new StatusSet(campaignId, status));
        return true;
    }

    public StoredLead?[] Read(IReadOnlyList<long> leadIds) => [.. leadIds.Select(id => _leads.GetValueOrDefault(id))];

    public long?[] Find(IReadOnlyList<IdentifierKey> identifiers) => [.. identifiers.Select(OwnerOf)];

    public ImmutableArray<Lead> List(long campaignId, long afterRank, int limit) =>
        ListPosted(campaignId, PostingStrategy.AsReceived, new PostingPlace(null, afterRank), limit);

    public ImmutableArray<Lead> ListPosted(long campaignId, PostingStrategy strategy, PostingPlace? after, int limit) =>
        [.. _leads.Values.Select(row => row.Lead).Where(lead => lead.CampaignId == campaignId)
            .Select(lead => (Lead: lead, Place: Place(strategy, lead.Profile.ExternalCreatedAt, lead.Rank)))
            .Where(listed => after is not { } last || listed.Place.CompareTo(Place(strategy, last.ExternalCreatedAt, last.Rank)) > 0)
            .OrderBy(listed => listed.Place).Take(limit).Select(listed => listed.Lead)];

    public StoredAnswer? ReadAnswer(string key, DateTimeOffset notBefore) =>
        _answers.TryGetValue(key, out var row) && row.At >= notBefore ? row.Answer : null;

    public int ForgetAnswers(DateTimeOffset before, int limit)
    {
        var old = _answers.Where(pair => pair.Value.At < before).Select(pair => pair.Key).Order(StringComparer.Ordinal).Take(limit).ToList();
        foreach (var key in old) _answers.Remove(key);
        return old.Count;
    }

    public GrainStateRow? ReadState(string stateName, string grainKey) => _states.GetValueOrDefault((stateName, grainKey));

    public string? WriteState(string stateName, string grainKey, string json, string? expectedEtag)
    {
        if (LeadStates.LeadOf(stateName, grainKey) is { } leadId && !_leads.ContainsKey(leadId)) return null;
        var found = ReadState(stateName, grainKey)?.Etag;
        if (found != expectedEtag) return null;
        var etag = (found is null ? 1 : int.Parse(found, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        _states[(stateName, grainKey)] = new GrainStateRow(json, etag);
        return etag;
    }

    public int ForgetStates(string stateName, DateTimeOffset before, int limit)
    {
        var old = _states.Where(pair => pair.Key.Name == stateName && IsOver(pair.Value.Json, before)).Select(pair => pair.Key)
            .OrderBy(key => key.Key, StringComparer.Ordinal).Take(limit).ToList();
        foreach (var key in old) _states.Remove(key);
        return old.Count;
    }

    private static bool IsOver(string json, DateTimeOffset before) =>
        JsonNode.Parse(json)!["ForgetAt"] is { } time && time.GetValue<long>() < before.ToUnixTimeSeconds();

    public static byte[] InstallationSecret(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name));

    private static (bool HasNoTime, long Time, long Rank) Place(PostingStrategy strategy, DateTimeOffset? time, long rank) => (strategy, time) switch
    {
        (PostingStrategy.EarliestFirst, { } at) => (false, Microseconds(at), rank),
        (PostingStrategy.LatestFirst, { } at) => (false, -Microseconds(at), rank),
        _ => (true, 0, rank),
    };

    private static long Microseconds(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMicrosecond;

    private long? OwnerOf(IdentifierKey identifier) => _owners.TryGetValue(identifier, out var owner) ? owner : null;

    internal readonly record struct CampaignRow(long AccountId, long Epoch, CampaignStatus Status, long LastRank, long LiveCount);

    /// <summary>What outlives a lead that was removed; the person does not.</summary>
    internal sealed record MemberRow(long LeadId, long CampaignId, long Rank, DateTimeOffset CreatedAt, MemberStatus Status, long? PersonId);

    private readonly record struct AnswerRow(StoredAnswer Answer, DateTimeOffset At);
}
