using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage;

/// <summary>
/// Subscriptions, and what is on its way to them. Events are written in the transaction of the change that they tell of, one row for each
/// subscription that wants them (see <see cref="Campaigns.LeadChange.Events"/>). Exceptions as of <see cref="ILeadStore"/>.
/// </summary>
public interface IWebhookStore
{
    /// <summary>
    /// Keeps a new subscription, under an id of its own; every change that commits afterwards is told. Null when its campaign is not one of
    /// the account's.
    /// </summary>
    Task<Subscription?> Add(Subscription subscription);

    /// <summary>Changes one; null when the account has none with that id. What is on its way to one that is disabled is dropped.</summary>
    Task<Subscription?> Change(Subscription subscription);

    /// <summary>Removes one and drops everything that is on its way to it; false when the account has none with that id.</summary>
    Task<bool> Remove(long accountId, long subscriptionId);

    /// <summary>The subscriptions of an account, in the order of their ids.</summary>
    Task<ImmutableArray<Subscription>> List(long accountId);

    /// <inheritdoc cref="IDeliveryGrain.Take"/>
    Task<ImmutableArray<Delivery>> TakeDue(TakeDeliveries wish);

    /// <summary>
    /// Notes what became of tries. One of a delivery that is not there any more changes nothing. <see cref="Fate.Refused"/> is the same as
    /// <see cref="Fate.GivenUp"/> here: who notes it has the subscription disabled.
    /// </summary>
    Task Settle(ImmutableArray<Attempt> attempts);

    /// <summary>
    /// Tells a subscription nothing any more, and drops what is on its way to it. One that is disabled already keeps its reason.
    /// </summary>
    Task Disable(long subscriptionId, string reason);

    /// <inheritdoc cref="IWebhookGrain.ListLog"/>
    Task<ImmutableArray<LoggedAttempt>> ListLog(long accountId, long leadId, int limit);

    /// <inheritdoc cref="IWebhookGrain.ListDead"/>
    Task<ImmutableArray<DeadLetter>> ListDead(long accountId, long subscriptionId, long afterDeliveryId, int limit);

    /// <inheritdoc cref="IWebhookGrain.Replay"/>
    Task<int> Replay(long accountId, long subscriptionId, ImmutableArray<long> deliveryIds);

    /// <summary>
    /// Removes up to 1,000 deliveries of those that were dropped: nobody gets or sees them any more, but there may be too many for one
    /// transaction. A subscription that is enabled again is told nothing, and its dead letters cannot be sent
    /// (<see cref="StoreBusyException"/>), until they are gone.
    /// </summary>
    /// <returns>How many were removed.</returns>
    Task<int> RemoveDropped();

    /// <summary>Removes up to 1,000 logged tries that are older than <see cref="StoreOptions.DeliveryLogAge"/>.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> ForgetOldAttempts();

    /// <summary>Removes up to 1,000 dead letters whose last tries are older than <see cref="StoreOptions.DeadLetterAge"/>.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> ForgetOldDead();
}
