using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Sqlite;

/// <summary>The subscriptions of a SQLite file, and what is on its way to them.</summary>
internal sealed class SqliteWebhooks(SqliteDriver driver) : IWebhookDriver
{
    public Task<Subscription?> Add(Subscription subscription, CancellationToken cancel) => driver.Write(tables =>
    {
        if (subscription.CampaignId is { } campaignId && tables.Campaigns.Read(campaignId)?.AccountId != subscription.AccountId) return null;
        var added = tables.Subscriptions.Read(tables.Subscriptions.Insert(subscription));
        tables.Campaigns.SetEventKinds(subscription.AccountId);
        return added;
    });

    public Task<Subscription?> Change(Subscription subscription, CancellationToken cancel) => driver.Write(tables =>
    {
        if (!tables.Subscriptions.Update(subscription)) return null;
        var changed = tables.Subscriptions.Read(subscription.Id)!;
        tables.Campaigns.SetEventKinds(changed.AccountId);
        if (changed.DisabledFor is not null) tables.Drops.Drop(changed.Id);
        return changed;
    });

    public Task<bool> Remove(long accountId, long subscriptionId, CancellationToken cancel) => driver.Write(tables =>
    {
        if (!tables.Subscriptions.Delete(accountId, subscriptionId)) return false;
        tables.Campaigns.SetEventKinds(accountId);
        tables.Drops.Drop(subscriptionId);
        return true;
    });

    public Task<ImmutableArray<Subscription>> List(long accountId, CancellationToken cancel) =>
        driver.Read(tables => tables.Subscriptions.List(accountId));

    public Task Disable(long subscriptionId, string reason, CancellationToken cancel) => driver.Write(tables =>
    {
        if (tables.Subscriptions.Read(subscriptionId) is not { } subscription) return false;
        tables.Subscriptions.Disable(subscriptionId, reason);
        tables.Campaigns.SetEventKinds(subscription.AccountId);
        tables.Drops.Drop(subscriptionId);
        return true;
    });

    // Asked all the time: the writer, for which sign-ups wait, is left alone when nothing is due.
    public async Task<ImmutableArray<Delivery>> TakeDue(TakeDeliveries wish, DateTimeOffset now, CancellationToken cancel)
    {
        var due = await driver.Read(tables => tables.Deliveries.SubscriptionsDue(now).FindAll(id => !tables.Drops.IsDropping(id)));
        due.RemoveAll(id => wish.Busy.Contains(id));
        if (due.Count == 0) return [];
        Random.Shared.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(due));
        return await driver.Write(tables =>
        {
            var taken = ImmutableArray.CreateBuilder<Delivery>();
            foreach (var id in due)
            {
                var limit = Math.Min(wish.PerSubscription, wish.Limit - taken.Count);
                if (limit > 0 && !tables.Drops.IsDropping(id)) tables.Deliveries.Take(id, limit, now, now + wish.Lease, taken);
            }
            return taken.DrainToImmutable();
        });
    }

    public Task Settle(ImmutableArray<Attempt> attempts, DateTimeOffset now, CancellationToken cancel) => driver.Write(tables =>
    {
        foreach (var attempt in attempts) tables.Deliveries.Settle(attempt, now);
        return true;
    });

    public Task EndLeases(DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) => driver.Write(tables =>
    {
        tables.Deliveries.EndLeases(now, until);
        return true;
    });

    public Task<ImmutableArray<LoggedAttempt>> ListLog(long accountId, long leadId, int limit, CancellationToken cancel) =>
        driver.Browse(tables => tables.Deliveries.ListLog(accountId, leadId, limit));

    public Task<ImmutableArray<DeadLetter>> ListDead(
        long accountId, long subscriptionId, long afterDeliveryId, int limit, CancellationToken cancel) => driver.Browse(tables =>
            tables.Subscriptions.Read(subscriptionId)?.AccountId == accountId
                ? tables.Deliveries.ListDead(subscriptionId, afterDeliveryId, limit)
                : []);

    // What is sent to one that is disabled would be lost; and so would be, with what it had been sent then, what is sent to one that was
    // enabled again before that was removed.
    public Task<int> Replay(
        long accountId, long subscriptionId, ImmutableArray<long> deliveryIds, DateTimeOffset now, CancellationToken cancel) =>
        driver.Write(tables =>
        {
            var subscription = tables.Subscriptions.Read(subscriptionId);
            if (subscription?.AccountId != accountId || subscription.DisabledFor is not null) return 0;
            if (tables.Drops.IsDropping(subscriptionId)) throw new StoreBusyException(IWebhookDriver.StillDropping);
            return deliveryIds.IsEmpty
                ? tables.Deliveries.ReplayAll(subscriptionId, now)
                : deliveryIds.Distinct().Count(id => tables.Deliveries.Replay(subscriptionId, id, now));
        });

    public async Task<int> RemoveDropped(int limit, CancellationToken cancel) =>
        await driver.Read(tables => tables.Drops.Next()) is { } subscriptionId
            ? await driver.Write(tables => tables.Drops.Remove(subscriptionId, limit))
            : 0;

    public Task<int> ForgetAttempts(DateTimeOffset before, int limit, CancellationToken cancel) =>
        driver.Write(tables => tables.Deliveries.Forget(before, limit));

    public Task<int> ForgetDead(DateTimeOffset before, int limit, CancellationToken cancel) =>
        driver.Write(tables => tables.Deliveries.ForgetDead(before, limit));
}
