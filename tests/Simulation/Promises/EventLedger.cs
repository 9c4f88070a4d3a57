using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;
using LeadEngine.Storage;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Promises;

/// <summary>
/// What has to be told, and to whom: it goes through the database's commits in their order, and knows what each of them has to tell and who
/// wanted to know just then. What is about one lead and one time is of one commit.
/// </summary>
internal sealed partial class EventLedger
{
    private readonly SortedDictionary<long, Subscription> _live = [];
    private readonly SortedDictionary<long, EventStory> _stories = [];
    private readonly Dictionary<Telling, int> _expected = [];
    private readonly Dictionary<Telling, int> _told = [];
    private readonly Dictionary<int, string> _codes;
    private readonly Dictionary<string, StoredLead> _leadsByCode = [];
    private readonly Dictionary<long, long> _goneAt = [];
    private readonly HashSet<long> _withoutPhone = [];
    private readonly Dictionary<long, LeadScore> _scores = [];
    private readonly Dictionary<(long LeadId, long Time), ScoreStep> _steps = [];

    private EventLedger(Testimony testimony) => _codes = testimony.Requests
        .Where(request => request.LinkCode is not null).ToDictionary(request => request.Number, request => request.LinkCode!);

    /// <summary>Everything that was told to anybody, by its id.</summary>
    public IReadOnlyDictionary<long, EventStory> Stories => _stories;

    public static EventLedger Of(CommitLog log, Testimony testimony)
    {
        var ledger = new EventLedger(testimony);
        foreach (var entry in log.Entries)
        {
            ledger.Expect(entry);
            ledger.Follow(entry);
        }

        ledger.ExpectScores();
        return ledger;
    }

    public bool WasGone(long leadId, long time) => _goneAt.TryGetValue(leadId, out var gone) && gone <= time;

    public bool HadNoPhone(long leadId) => _withoutPhone.Contains(leadId);

    /// <summary>Nothing is lost, and nothing is told of what did not happen.</summary>
    public void Check()
    {
        foreach (var (telling, expected) in _expected)
        {
            var told = _told.GetValueOrDefault(telling);
            Broken.Unless(told >= expected, $"{telling} is told {told} times, not {expected}.");
        }

        foreach (var (telling, told) in _told.Where(pair => IsExact(pair.Key.Kind)))
        {
            var expected = _expected.GetValueOrDefault(telling);
            Broken.Unless(expected >= told, $"{telling} is told {told} times, not {expected}.");
        }
    }

    // Orders that were folded may have undone one another, and each is told.
    private static bool IsExact(EventKind kind) => kind is not (EventKind.OptedOut or EventKind.Fraudulent or EventKind.Tagged);

    private void Expect(Applied entry)
    {
        switch (entry)
        {
            case LeadAdded { Row: var row }:
                ExpectNew(row, entry.Time);
                break;
            case LeadChanged { Before.Lead: var before, After.Lead: var after }:
                Expect(after, EventKind.RepeatSignup, entry.Time, (int)(after.Counter - before.Counter));
                if (after.Profile.OptedOut && !before.Profile.OptedOut) Expect(after, EventKind.OptedOut, entry.Time);
                if (after.Profile.Fraudulent && !before.Profile.Fraudulent) Expect(after, EventKind.Fraudulent, entry.Time);
                Expect(after, EventKind.Tagged, entry.Time, after.Profile.Tags.Except(before.Profile.Tags).Count());
                break;
            case LeadRemoved { Row.Lead: var gone }:
                _goneAt.Add(gone.Id, entry.Time);
                Expect(Town.AccountOf(gone.CampaignId), gone.CampaignId, null, EventKind.Removed, entry.Time);
                break;
            case LinkClicked clicked when _leadsByCode.TryGetValue(clicked.Code, out var owner):
                Expect(owner.Lead, EventKind.LinkClicked, entry.Time);
                break;
            case ContactBanned banned:
                Expect(banned.AccountId, null, null, EventKind.DoNotContact, entry.Time);
                break;
            case ScoreSet scored:
                Note(scored);
                break;
        }
    }

    private void ExpectNew(StoredLead row, long time)
    {
        var lead = row.Lead;
        if (_codes.TryGetValue(RequestIds.NumberOf(row.Requests.Recent[0].Id), out var code)) _leadsByCode[code] = row;
        if (lead.Phone is null && lead.Profile.ContactPhone is null) _withoutPhone.Add(lead.Id);
        Expect(lead, EventKind.Signup, time);
        if (ReferralClasses.Of(lead.Profile) is ReferralClass.Nobody) Expect(lead, EventKind.Fraudulent, time);
        else if (lead.ParentId is { } parent) Expect(Town.AccountOf(lead.CampaignId), lead.CampaignId, parent, EventKind.Referral, time);
    }

    private void Expect(Lead lead, EventKind kind, long time, int times = 1) =>
        Expect(Town.AccountOf(lead.CampaignId), lead.CampaignId, lead.Id, kind, time, times);

    private void Expect(long accountId, long? campaignId, long? leadId, EventKind kind, long time, int times = 1)
    {
        foreach (var subscription in times > 0 ? Wanting(accountId, campaignId, kind) : [])
            Count(_expected, new Telling(subscription, leadId, kind, time), times);
    }

    private List<long> Wanting(long accountId, long? campaignId, EventKind kind) =>
        [.. from subscription in _live.Values
            where subscription.DisabledFor is null && subscription.AccountId == accountId && subscription.Wants(kind)
            where subscription.CampaignId is null || subscription.CampaignId == campaignId
            select subscription.Id];

    private static void Count(Dictionary<Telling, int> tellings, Telling telling, int times) =>
        tellings[telling] = tellings.GetValueOrDefault(telling) + times;

    /// <summary>Something that a commit has to tell a subscription.</summary>
    private readonly record struct Telling(long SubscriptionId, long? LeadId, EventKind Kind, long Time)
    {
        public override string ToString() =>
            $"{Kind} of lead {LeadId}, at {TimeSpan.FromTicks(Time).TotalMilliseconds:F3}, for subscription {SubscriptionId},";
    }
}
