using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>What the tests of subscriptions and of what they are told share.</summary>
public abstract class WebhookContract(TestDatabase database) : StoreContract(database)
{
    private protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private protected static readonly long AllKinds = Enum.GetValues<EventKind>().Aggregate(0L, (all, kind) => all | Subscription.Bit(kind));

    private protected IWebhookDriver Webhooks => Driver.Webhooks;

    private protected static Subscription Wish(long? campaignId = null, long account = Account, params EventKind[] kinds) => new()
    {
        AccountId = account,
        CampaignId = campaignId,
        Channel = Channel.KickoffLabs,
        Url = "https://x.org/hook",
        Kinds = kinds.Length == 0 ? AllKinds : kinds.Aggregate(0L, (all, kind) => all | Subscription.Bit(kind)),
        Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
        CreatedAt = Make.Noon,
    };

    private protected async Task<Subscription> Subscribe(long? campaignId = null, long account = Account, params EventKind[] kinds) =>
        (await Webhooks.Add(Wish(campaignId, account, kinds), default))!;

    /// <summary>Takes everything that is due.</summary>
    private protected async Task<Delivery[]> Take(
        DateTimeOffset? now = null, int limit = 1_000, int perSubscription = 1_000, IStoreDriver? driver = null, params long[] busy) =>
        [.. (await (driver ?? Driver).Webhooks.TakeDue(new(limit, perSubscription, [.. busy], Lease), now ?? Make.Noon, default))
            .OrderBy(delivery => delivery.Id)];

    private protected Task Settle(Delivery delivery, Fate fate, DateTimeOffset? nextTry = null, DateTimeOffset? now = null) =>
        Webhooks.Settle([Tried(delivery, fate, nextTry, now)], now ?? Make.Noon, default);

    private protected static Attempt Tried(Delivery delivery, Fate fate, DateTimeOffset? nextTry = null, DateTimeOffset? now = null) =>
        new(delivery.Id, fate, nextTry, now ?? Make.Noon, fate is Fate.Delivered ? 200 : null, fate is Fate.Delivered ? null : "refused", 12);

    /// <summary>Takes and delivers until nothing is due any more.</summary>
    private protected async Task<ImmutableArray<Delivery>> DeliverAll(DateTimeOffset? now = null)
    {
        var all = ImmutableArray.CreateBuilder<Delivery>();
        for (var taken = await Take(now); taken.Length > 0; taken = await Take(now))
        {
            all.AddRange(taken);
            await Webhooks.Settle([.. taken.Select(delivery => Tried(delivery, Fate.Delivered))], now ?? Make.Noon, default);
        }
        return all.DrainToImmutable();
    }
}
