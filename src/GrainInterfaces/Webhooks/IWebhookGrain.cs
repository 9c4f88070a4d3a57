using System.Collections.Immutable;

namespace LeadEngine.Webhooks;

/// <summary>An account's webhooks. Its key is the numeric account id.</summary>
[Alias("webhooks.IWebhookGrain")]
public interface IWebhookGrain : IGrainWithIntegerKey
{
    /// <summary>Makes a subscription. Changes that are acknowledged after the reply are told.</summary>
    /// <returns>It, with its id; null when the account or its campaign does not exist.</returns>
    [Alias("Add")]
    Task<Subscription?> Add(Subscription subscription);

    /// <summary>Changes what its owner may change: address, kinds, secret, name, retries, time-out, and whether it is disabled.</summary>
    /// <returns>It, as changed; null when there is no such subscription.</returns>
    [Alias("Change")]
    Task<Subscription?> Change(Subscription subscription);

    /// <summary>Removes a subscription with everything that is on its way to it.</summary>
    /// <returns>False when there was none.</returns>
    [Alias("Remove")]
    Task<bool> Remove(long subscriptionId);

    /// <summary>The subscriptions of the account, in the order in which they were made.</summary>
    [Alias("List")]
    Task<ImmutableArray<Subscription>> List();

    /// <summary>What was told of a lead, newest first.</summary>
    [Alias("ListLog")]
    Task<ImmutableArray<LoggedAttempt>> ListLog(long leadId, int limit);

    /// <summary>What could not be delivered to a subscription, oldest first, from the first whose id is greater.</summary>
    [Alias("ListDead")]
    Task<ImmutableArray<DeadLetter>> ListDead(long subscriptionId, long afterDeliveryId, int limit);

    /// <summary>Sends dead letters of a subscription on their way again, all of them if none is named.</summary>
    /// <returns>How many.</returns>
    [Alias("Replay")]
    Task<int> Replay(long subscriptionId, ImmutableArray<long> deliveryIds);
}

/// <summary>Hands out what is due, to whoever delivers. Its key is any number: each host asks another one.</summary>
[Alias("webhooks.IDeliveryGrain")]
public interface IDeliveryGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Takes deliveries that are due: of each lead and subscription the first that was not delivered, so that none overtakes another. They
    /// are not handed out again before the lease is over. There may be more even when fewer come than were wished for.
    /// </summary>
    [Alias("Take")]
    Task<ImmutableArray<Delivery>> Take(TakeDeliveries wish);

    /// <summary>Notes what became of tries.</summary>
    [Alias("Settle")]
    Task Settle(ImmutableArray<Attempt> attempts);

    /// <summary>Tells a subscription nothing any more, and removes what is on its way to it.</summary>
    [Alias("Disable")]
    Task Disable(long subscriptionId, string reason);
}
