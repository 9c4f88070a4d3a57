using System.Collections.Immutable;
using LeadEngine.Storage;
using LeadEngine.Webhooks;
using Orleans.Concurrency;
using Orleans.Placement;

namespace LeadEngine.Grains.Webhooks;

/// <summary>The way to what is to be delivered, for hosts that have no store of their own.</summary>
[Reentrant, PreferLocalPlacement, GrainType("deliveries")]
internal sealed class DeliveryGrain(IWebhookStore store) : Grain, IDeliveryGrain
{
    public Task<ImmutableArray<Delivery>> Take(TakeDeliveries wish) => store.TakeDue(wish);

    public Task Settle(ImmutableArray<Attempt> attempts) => store.Settle(attempts);

    public Task Disable(long subscriptionId, string reason) => store.Disable(subscriptionId, reason);
}
