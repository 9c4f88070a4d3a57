using System.Collections.Immutable;
using LeadEngine.Accounts;
using LeadEngine.Storage;
using LeadEngine.Webhooks;
using Orleans.Concurrency;
using Orleans.Placement;

namespace LeadEngine.Grains.Webhooks;

/// <summary>The way to an account's subscriptions. It remembers nothing: the store keeps requests apart.</summary>
[Reentrant, PreferLocalPlacement, GrainType("webhooks")]
internal sealed class WebhookGrain(IWebhookStore store, TimeProvider clock) : Grain, IWebhookGrain
{
    private long Id => this.GetPrimaryKeyLong();

    public async Task<Subscription?> Add(Subscription subscription) =>
        await GrainFactory.GetGrain<IAccountGrain>(Id).GetName() is null
            ? null
            : await store.Add(subscription with { Id = 0, AccountId = Id, CreatedAt = clock.GetUtcNow() });

    public Task<Subscription?> Change(Subscription subscription) => store.Change(subscription with { AccountId = Id });

    public Task<bool> Remove(long subscriptionId) => store.Remove(Id, subscriptionId);

    public Task<ImmutableArray<Subscription>> List() => store.List(Id);

    public Task<ImmutableArray<LoggedAttempt>> ListLog(long leadId, int limit) => store.ListLog(Id, leadId, limit);

    public Task<ImmutableArray<DeadLetter>> ListDead(long subscriptionId, long afterDeliveryId, int limit) =>
        store.ListDead(Id, subscriptionId, afterDeliveryId, limit);

    public Task<int> Replay(long subscriptionId, ImmutableArray<long> deliveryIds) => store.Replay(Id, subscriptionId, deliveryIds);
}
