using System.Collections.Immutable;
using LeadEngine.Webhooks;
using DeliveryFate = LeadEngine.Webhooks.Fate;

namespace LeadEngine.Simulation.Store;

/// <summary>Subscriptions, and what is on its way to them.</summary>
internal sealed partial class SimulatedDatabase
{
    private readonly SortedDictionary<long, Subscription> _subscriptions = [];
    private readonly SortedDictionary<long, DeliveryRow> _deliveries = [];
    private readonly List<DeliveryRow> _dropped = [];
    private readonly List<(long AccountId, LoggedAttempt Logged)> _deliveryLog = [];
    private readonly Dictionary<long, long> _eventNumbers = [];
    private long _lastSubscriptionId;
    private long _lastDeliveryId;

    /// <summary>What was not delivered yet, dead letters included.</summary>
    public IEnumerable<DeliveryRow> Undelivered => _deliveries.Values;

    public IReadOnlyDictionary<long, Subscription> Subscriptions => _subscriptions;

    /// <summary>Whether anything is to be told, or is known to have been told, of a lead.</summary>
    public bool TellsOf(long leadId) =>
        _deliveries.Values.Concat(_dropped).Any(row => row.LeadId == leadId) || _deliveryLog.Any(entry => entry.Logged.LeadId == leadId)
        || _eventNumbers.ContainsKey(leadId);

    public Subscription? AddSubscription(Subscription subscription)
    {
        if (subscription.CampaignId is { } id && (!_campaigns.TryGetValue(id, out var campaign) || campaign.AccountId != subscription.AccountId))
        {
            return null;
        }

        var added = subscription with { Id = ++_lastSubscriptionId };
        _subscriptions.Add(added.Id, added);
        Log.Add(new SubscriptionSet(added));
        return added;
    }

    public Subscription? ChangeSubscription(Subscription next)
    {
        if (Find(next.AccountId, next.Id) is not { } stored) return null;
        var changed = _subscriptions[next.Id] =
            next with { CampaignId = stored.CampaignId, Channel = stored.Channel, Source = stored.Source, CreatedAt = stored.CreatedAt };
        if (changed.DisabledFor is not null) Drop(row => row.SubscriptionId == changed.Id && row.DueAt is not null);
        Log.Add(new SubscriptionSet(changed));
        return changed;
    }

    public bool RemoveSubscription(long accountId, long id)
    {
        if (Find(accountId, id) is null) return false;
        Drop(row => row.SubscriptionId == id);
        Log.Add(new SubscriptionGone(id));
        return _subscriptions.Remove(id);
    }

    public bool DisableSubscription(long id, string reason) =>
        _subscriptions.TryGetValue(id, out var stored) && ChangeSubscription(stored with { DisabledFor = stored.DisabledFor ?? reason }) is not null;

    public ImmutableArray<Subscription> ListSubscriptions(long accountId) =>
        [.. _subscriptions.Values.Where(subscription => subscription.AccountId == accountId)];

    public ImmutableArray<Delivery> TakeDue(TakeDeliveries wish, DateTimeOffset now)
    {
        var heads = _deliveries.Values
            .Where(row => row.DueAt <= now && !wish.Busy.Contains(row.SubscriptionId) && !_deliveries.Values.Any(other => IsBefore(other, row)))
            .GroupBy(row => row.SubscriptionId).SelectMany(rows => rows.Take(wish.PerSubscription)).Take(wish.Limit).ToList();
        foreach (var row in heads) _deliveries[row.Id] = row with { DueAt = now + wish.Lease };
        if (heads.Count > 0) Log.Add(new DeliveriesTaken([.. heads.Select(row => row.Id)], wish.Lease));
        return [.. heads.Select(ToDelivery)];
    }

    public bool EndLeases(DateTimeOffset now, DateTimeOffset until)
    {
        var taken = _deliveries.Values.Where(row => row.DueAt > now && row.DueAt <= until).ToList();
        foreach (var row in taken) _deliveries[row.Id] = row with { DueAt = now };
        return true;
    }

    public void Settle(ImmutableArray<Attempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            if (!_deliveries.TryGetValue(attempt.DeliveryId, out var row) || row.DueAt is null) continue;
            Log.Add(new DeliverySettled(row, attempt));
            if (attempt.Fate is not DeliveryFate.Pointless)
            {
                var logged = new LoggedAttempt { SubscriptionId = row.SubscriptionId, Kind = row.Kind, LeadId = row.LeadId, Attempt = attempt };
                _deliveryLog.Add((_subscriptions[row.SubscriptionId].AccountId, logged));
            }

            if (attempt.Fate is DeliveryFate.Delivered or DeliveryFate.Pointless) _deliveries.Remove(row.Id);
            else
            {
                _deliveries[row.Id] = row with
                {
                    Tries = row.Tries + 1,
                    DueAt = attempt.Fate is DeliveryFate.TryAgain ? attempt.NextTry : null,
                    Last = attempt with { Fate = DeliveryFate.GivenUp, NextTry = null },
                };
            }
        }
    }

    public ImmutableArray<LoggedAttempt> ListLog(long accountId, long leadId, int limit) =>
        [.. Enumerable.Reverse(_deliveryLog).Where(entry => entry.AccountId == accountId && entry.Logged.LeadId == leadId)
            .Take(limit).Select(entry => entry.Logged)];

    public ImmutableArray<DeadLetter> ListDead(long accountId, long subscriptionId, long afterId, int limit) =>
        Find(accountId, subscriptionId) is null
            ? []
            : [.. _deliveries.Values.Where(row => row.SubscriptionId == subscriptionId && row.DueAt is null && row.Id > afterId).Take(limit)
                .Select(row => new DeadLetter { Delivery = ToDelivery(row), Last = row.Last! })];

    public int Replay(long accountId, long subscriptionId, ImmutableArray<long> ids, DateTimeOffset now)
    {
        if (Find(accountId, subscriptionId) is not { DisabledFor: null }) return 0;
        var dead = _deliveries.Values
            .Where(row => row.SubscriptionId == subscriptionId && row.DueAt is null && (ids.IsEmpty || ids.Contains(row.Id))).ToList();
        foreach (var row in dead) _deliveries[row.Id] = row with { DueAt = now, Tries = 0 };
        Log.Add(new DeliveriesReplayed([.. dead.Select(row => row.Id)]));
        return dead.Count;
    }

    public int RemoveDropped(int limit)
    {
        var count = Math.Min(limit, _dropped.Count);
        _dropped.RemoveRange(0, count);
        return count;
    }

    public int ForgetAttempts(DateTimeOffset before, int limit)
    {
        var old = _deliveryLog.Where(entry => entry.Logged.Attempt.At < before).Take(limit).ToList();
        foreach (var entry in old) _deliveryLog.Remove(entry);
        return old.Count;
    }

    public int ForgetDead(DateTimeOffset before, int limit)
    {
        var old = _deliveries.Values.Where(row => row.DueAt is null && row.Last!.At < before)
            .OrderBy(row => row.Last!.At).Take(limit).ToList();
        foreach (var row in old) _deliveries.Remove(row.Id);
        return old.Count;
    }

    private void TellOfLead(long campaignId, long leadId, EventNote note, DateTimeOffset at)
    {
        var wanting = Wanting(_campaigns[campaignId].AccountId, campaignId, note.Kind).ToList();
        if (wanting.Count == 0) return;
        var number = 1L;
        if (note.Kind is not EventKind.Signup) number = _eventNumbers[leadId] = _eventNumbers.GetValueOrDefault(leadId, 1) + 1;
        Deliver(wanting, note, at, campaignId, leadId, number);
    }

    private void TellOfCampaign(long campaignId, EventNote note, DateTimeOffset at) =>
        Deliver(Wanting(_campaigns[campaignId].AccountId, campaignId, note.Kind), note, at, campaignId, null, 0);

    private void TellOfAccount(long accountId, EventNote note, DateTimeOffset at) =>
        Deliver(Wanting(accountId, null, note.Kind), note, at, null, null, 0);

    private IEnumerable<Subscription> Wanting(long accountId, long? campaignId, EventKind kind) =>
        _subscriptions.Values.Where(subscription =>
            subscription.AccountId == accountId && (subscription.CampaignId is null || subscription.CampaignId == campaignId)
            && (subscription.Kinds & Subscription.Bit(kind)) != 0 && subscription.DisabledFor is null);

    private void Deliver(
        IEnumerable<Subscription> wanting, EventNote note, DateTimeOffset at, long? campaignId, long? leadId, long number)
    {
        foreach (var subscription in wanting)
        {
            var row = new DeliveryRow(++_lastDeliveryId, subscription.Id, note.Kind, at, campaignId, leadId, number, note.Details, 0, at, null);
            _deliveries.Add(row.Id, row);
            Log.Add(new EventTold(row));
        }
    }

    private void StopTellingOf(long leadId)
    {
        foreach (var row in _deliveries.Values.Where(row => row.LeadId == leadId).ToList()) _deliveries.Remove(row.Id);
        _dropped.RemoveAll(row => row.LeadId == leadId);
        _deliveryLog.RemoveAll(entry => entry.Logged.LeadId == leadId);
        _eventNumbers.Remove(leadId);
    }

    private Subscription? Find(long accountId, long id) =>
        _subscriptions.TryGetValue(id, out var stored) && stored.AccountId == accountId ? stored : null;

    private void Drop(Func<DeliveryRow, bool> which)
    {
        foreach (var row in _deliveries.Values.Where(which).ToList())
        {
            _deliveries.Remove(row.Id);
            _dropped.Add(row);
        }
    }

    private static bool IsBefore(DeliveryRow other, DeliveryRow row) =>
        row.LeadId is not null && other.LeadId == row.LeadId && other.SubscriptionId == row.SubscriptionId
        && other.DueAt is not null && other.Number < row.Number;

    private Delivery ToDelivery(DeliveryRow row) => new()
    {
        Id = row.Id,
        Subscription = _subscriptions[row.SubscriptionId],
        Kind = row.Kind,
        OccurredAt = row.OccurredAt,
        CampaignId = row.CampaignId,
        LeadId = row.LeadId,
        Number = row.Number,
        Details = row.Details,
        Tries = row.Tries,
    };

    internal sealed record DeliveryRow(
        long Id,
        long SubscriptionId,
        EventKind Kind,
        DateTimeOffset OccurredAt,
        long? CampaignId,
        long? LeadId,
        long Number,
        string? Details,
        int Tries,
        DateTimeOffset? DueAt,
        Attempt? Last);
}
