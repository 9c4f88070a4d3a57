using System.Collections.Immutable;

namespace LeadEngine.Webhooks;

/// <summary>One event on its way to one subscriber.</summary>
[GenerateSerializer, Immutable, Alias("webhooks.Delivery")]
public sealed record Delivery
{
    /// <summary>Unique, and the same on every try.</summary>
    [Id(0)] public required long Id { get; init; }

    /// <summary>To whom.</summary>
    [Id(1)] public required Subscription Subscription { get; init; }

    /// <summary>What.</summary>
    [Id(2)] public required EventKind Kind { get; init; }

    /// <summary>When it happened.</summary>
    [Id(3)] public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The campaign; null when it concerns none.</summary>
    [Id(4)] public long? CampaignId { get; init; }

    /// <summary>The lead; null when it concerns none. It may be gone by now: then there is nothing to deliver.</summary>
    [Id(5)] public long? LeadId { get; init; }

    /// <summary>
    /// The events of a lead are numbered 1, 2, 3, …, of which 1 is its sign-up, whether anybody was told of that or not. 0 where there is
    /// no lead.
    /// </summary>
    [Id(6)] public long Number { get; init; }

    /// <summary>What there is to say beside the lead, as a JSON object; null for nothing.</summary>
    [Id(7)] public string? Details { get; init; }

    /// <summary>How often it has been tried before.</summary>
    [Id(8)] public required int Tries { get; init; }
}

/// <summary>
/// How much somebody can deliver now. No subscription gets more than its share, so that a slow receiver holds up nobody else's.
/// </summary>
/// <param name="Limit">How many deliveries at most.</param>
/// <param name="PerSubscription">How many for one subscription at most.</param>
/// <param name="Busy">Subscriptions for which nothing more can be delivered at present.</param>
/// <param name="Lease">How long they are not handed out again.</param>
[GenerateSerializer, Immutable, Alias("webhooks.TakeDeliveries")]
public sealed record TakeDeliveries(
    [property: Id(0)] int Limit,
    [property: Id(1)] int PerSubscription,
    [property: Id(2)] ImmutableArray<long> Busy,
    [property: Id(3)] TimeSpan Lease)
{
    /// <summary>The longest lease that anybody asks for: longer than any try takes, since a time-out is at most 30 s.</summary>
    public static readonly TimeSpan MaxLease = TimeSpan.FromSeconds(90);
}

/// <summary>What became of a try.</summary>
/// <param name="DeliveryId">Which delivery.</param>
/// <param name="Fate">What it means.</param>
/// <param name="NextTry">When to try again, if that is its fate.</param>
/// <param name="At">When it was tried.</param>
/// <param name="Status">HTTP status of the answer; null when there was none.</param>
/// <param name="Problem">What went wrong, at most 255 characters, without personal data; null when nothing did.</param>
/// <param name="Milliseconds">How long it took.</param>
[GenerateSerializer, Immutable, Alias("webhooks.Attempt")]
public sealed record Attempt(
    [property: Id(0)] long DeliveryId,
    [property: Id(1)] Fate Fate,
    [property: Id(2)] DateTimeOffset? NextTry,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] int? Status,
    [property: Id(5)] string? Problem,
    [property: Id(6)] int Milliseconds);

/// <summary>What a try means for its delivery. The numbers are stored.</summary>
public enum Fate
{
    /// <summary>It was delivered.</summary>
    Delivered = 0,

    /// <summary>It is tried again.</summary>
    TryAgain = 1,

    /// <summary>It is given up, and stays among the dead letters. The lead's next event is not held up any more.</summary>
    GivenUp = 2,

    /// <summary>As <see cref="GivenUp"/>, and whoever tried has the subscription disabled.</summary>
    Refused = 3,

    /// <summary>There was nothing to deliver: it is forgotten.</summary>
    Pointless = 4,
}

/// <summary>A try as the log keeps it.</summary>
[GenerateSerializer, Immutable, Alias("webhooks.LoggedAttempt")]
public sealed record LoggedAttempt
{
    /// <summary>The subscription.</summary>
    [Id(0)] public required long SubscriptionId { get; init; }

    /// <summary>What was told.</summary>
    [Id(1)] public required EventKind Kind { get; init; }

    /// <summary>The lead.</summary>
    [Id(2)] public long? LeadId { get; init; }

    /// <summary>The try.</summary>
    [Id(3)] public required Attempt Attempt { get; init; }
}

/// <summary>A delivery that was given up.</summary>
[GenerateSerializer, Immutable, Alias("webhooks.DeadLetter")]
public sealed record DeadLetter
{
    /// <summary>The delivery.</summary>
    [Id(0)] public required Delivery Delivery { get; init; }

    /// <summary>Its last try.</summary>
    [Id(1)] public required Attempt Last { get; init; }
}
