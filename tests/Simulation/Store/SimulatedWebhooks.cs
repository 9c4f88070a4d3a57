using System.Collections.Immutable;
using LeadEngine.Storage;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Store;

/// <summary>A driver to the subscriptions of the simulated database.</summary>
internal sealed class SimulatedWebhooks(IWay way, SimulatedDatabase database) : IWebhookDriver
{
    public Task<Subscription?> Add(Subscription subscription, CancellationToken cancel) =>
        way.Write($"new subscription of account {subscription.AccountId}", () => database.AddSubscription(subscription));

    public Task<Subscription?> Change(Subscription subscription, CancellationToken cancel) =>
        way.Write($"change of subscription {subscription.Id}", () => database.ChangeSubscription(subscription));

    public Task<bool> Remove(long accountId, long subscriptionId, CancellationToken cancel) =>
        way.Write($"removal of subscription {subscriptionId}", () => database.RemoveSubscription(accountId, subscriptionId));

    public Task<ImmutableArray<Subscription>> List(long accountId, CancellationToken cancel) =>
        way.Read($"subscriptions of account {accountId}", () => database.ListSubscriptions(accountId));

    public Task Disable(long subscriptionId, string reason, CancellationToken cancel) =>
        way.Write($"end of subscription {subscriptionId}", () => database.DisableSubscription(subscriptionId, reason));

    public Task<ImmutableArray<Delivery>> TakeDue(TakeDeliveries wish, DateTimeOffset now, CancellationToken cancel) =>
        way.Write($"due deliveries", () => database.TakeDue(wish, now));

    public Task Settle(ImmutableArray<Attempt> attempts, DateTimeOffset now, CancellationToken cancel) => way.Write(
        $"fates of {attempts.Length} deliveries",
        () =>
        {
            database.Settle(attempts);
            return true;
        });

    public Task EndLeases(DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) =>
        way.Write($"end of leases of deliveries", () => database.EndLeases(now, until));

    public Task<ImmutableArray<LoggedAttempt>> ListLog(long accountId, long leadId, int limit, CancellationToken cancel) =>
        way.Read($"log of lead {leadId}", () => database.ListLog(accountId, leadId, limit));

    public Task<ImmutableArray<DeadLetter>> ListDead(
        long accountId, long subscriptionId, long afterDeliveryId, int limit, CancellationToken cancel) =>
        way.Read($"dead letters of subscription {subscriptionId}", () => database.ListDead(accountId, subscriptionId, afterDeliveryId, limit));

    public Task<int> Replay(
        long accountId, long subscriptionId, ImmutableArray<long> deliveryIds, DateTimeOffset now, CancellationToken cancel) =>
        way.Write($"replay of subscription {subscriptionId}", () => database.Replay(accountId, subscriptionId, deliveryIds, now));

    public Task<int> RemoveDropped(int limit, CancellationToken cancel) =>
        way.Write($"dropped deliveries", () => database.RemoveDropped(limit));

    public Task<int> ForgetAttempts(DateTimeOffset before, int limit, CancellationToken cancel) =>
        way.Write($"old deliveries", () => database.ForgetAttempts(before, limit));

    public Task<int> ForgetDead(DateTimeOffset before, int limit, CancellationToken cancel) =>
        way.Write($"old dead letters", () => database.ForgetDead(before, limit));
}
