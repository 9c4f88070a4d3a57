using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage;

/// <summary>
/// Subscriptions and deliveries of one database: <see cref="IWebhookStore"/> tells what each member does, <see cref="IStoreDriver"/> how.
/// </summary>
internal interface IWebhookDriver
{
    /// <summary>Why dead letters cannot be sent just now.</summary>
    const string StillDropping = "What was on its way to the subscription when it was disabled is still being removed.";

    Task<Subscription?> Add(Subscription subscription, CancellationToken cancel);

    Task<Subscription?> Change(Subscription subscription, CancellationToken cancel);

    Task<bool> Remove(long accountId, long subscriptionId, CancellationToken cancel);

    Task<ImmutableArray<Subscription>> List(long accountId, CancellationToken cancel);

    /// <summary>
    /// Tells a subscription nothing any more, and drops what is on its way to it. One that is disabled already keeps its reason.
    /// </summary>
    Task Disable(long subscriptionId, string reason, CancellationToken cancel);

    Task<ImmutableArray<Delivery>> TakeDue(TakeDeliveries wish, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Notes what became of tries; <see cref="Fate.Refused"/> is the same as <see cref="Fate.GivenUp"/> here.</summary>
    Task Settle(ImmutableArray<Attempt> attempts, DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// Makes due what was taken, by somebody who is gone, under a lease that ends by then. A retry that comes by then cannot be told from it,
    /// and comes at once.
    /// </summary>
    Task EndLeases(DateTimeOffset now, DateTimeOffset until, CancellationToken cancel);

    Task<ImmutableArray<LoggedAttempt>> ListLog(long accountId, long leadId, int limit, CancellationToken cancel);

    Task<ImmutableArray<DeadLetter>> ListDead(long accountId, long subscriptionId, long afterDeliveryId, int limit, CancellationToken cancel);

    Task<int> Replay(long accountId, long subscriptionId, ImmutableArray<long> deliveryIds, DateTimeOffset now, CancellationToken cancel);

    /// <returns>How many were removed of one subscription, any that has some.</returns>
    Task<int> RemoveDropped(int limit, CancellationToken cancel);

    Task<int> ForgetAttempts(DateTimeOffset before, int limit, CancellationToken cancel);

    Task<int> ForgetDead(DateTimeOffset before, int limit, CancellationToken cancel);
}
