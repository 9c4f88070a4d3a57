using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Store;

/// <summary>A subscription is new, or was changed.</summary>
internal sealed record SubscriptionSet(Subscription Subscription) : Applied
{
    public override string ToString() =>
        $"subscription {Subscription.Id} of account {Subscription.AccountId}, {Subscription.Channel}, campaign {Subscription.CampaignId}, "
        + $"kinds {Subscription.Kinds:x}, {Subscription.DisabledFor ?? "on"}";
}

internal sealed record SubscriptionGone(long Id) : Applied
{
    public override string ToString() => $"subscription {Id} is gone";
}

/// <summary>An event is on its way to a subscription.</summary>
internal sealed record EventTold(SimulatedDatabase.DeliveryRow Row) : Applied
{
    public override string ToString() =>
        $"event {Row.Id} for subscription {Row.SubscriptionId}: {Row.Kind} of lead {Row.LeadId}, number {Row.Number}";
}

internal sealed record DeliveriesTaken(ImmutableArray<long> Ids, TimeSpan Lease) : Applied
{
    public override string ToString() => $"events {string.Join(' ', Ids)} taken for {Lease.TotalSeconds} s";
}

/// <summary>Something came of a try. The row is as it was before.</summary>
internal sealed record DeliverySettled(SimulatedDatabase.DeliveryRow Row, Attempt Attempt) : Applied
{
    public override string ToString() =>
        $"event {Row.Id}: {Attempt.Fate}, {Attempt.Status} {Attempt.Problem}, again {Attempt.NextTry:mm:ss.fff}";
}

internal sealed record DeliveriesReplayed(ImmutableArray<long> Ids) : Applied
{
    public override string ToString() => $"dead letters {string.Join(' ', Ids)} are sent again";
}
