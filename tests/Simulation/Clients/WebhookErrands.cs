using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Clients;

/// <summary>A subscription is made, or changed.</summary>
internal sealed record Subscribing(Subscription Subscription) : Command
{
    public override string ToString() =>
        (Subscription.Id == 0 ? "subscribe" : $"change subscription {Subscription.Id} of")
        + $" {Subscription.Url}, {Subscription.DisabledFor ?? "on"}";
}

/// <summary>A subscription shall go.</summary>
internal sealed record Unsubscribing(long AccountId, long SubscriptionId) : Command
{
    public override string ToString() => $"remove subscription {SubscriptionId} of account {AccountId}";
}

/// <summary>A subscription's dead letters shall be sent again.</summary>
internal sealed record Replaying(long AccountId, long SubscriptionId) : Command
{
    public override string ToString() => $"send dead letters of subscription {SubscriptionId} of account {AccountId} again";
}
