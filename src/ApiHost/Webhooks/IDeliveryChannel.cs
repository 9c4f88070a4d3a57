using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>
/// A way by which events get to those who subscribed: one for each <see cref="LeadEngine.Webhooks.Channel"/>, a singleton.
/// </summary>
internal interface IDeliveryChannel
{
    /// <summary>Which.</summary>
    Channel Channel { get; }

    /// <summary>
    /// Tries once. The lead is read now: when it is gone, or there is nothing to say of it, the try is pointless. What the engine throws
    /// when it is not heard may be let through, and costs the delivery no try.
    /// </summary>
    /// <param name="delivery">What to deliver, and to whom.</param>
    /// <param name="cancel">The host stops, or the time of the subscription is over.</param>
    Task<DeliveryOutcome> Deliver(Delivery delivery, CancellationToken cancel);
}

/// <summary>What came of a try.</summary>
/// <param name="Kind">In short.</param>
/// <param name="Status">HTTP status of the answer, where there is one.</param>
/// <param name="Problem">What went wrong, without personal data.</param>
internal readonly record struct DeliveryOutcome(DeliveryOutcomeKind Kind, int? Status = null, string? Problem = null)
{
    /// <summary>There is nothing to deliver.</summary>
    public static readonly DeliveryOutcome Pointless = new(DeliveryOutcomeKind.Pointless);

    /// <summary>It is delivered.</summary>
    public static DeliveryOutcome Delivered(int? status = null) => new(DeliveryOutcomeKind.Delivered, status);

    /// <summary>It is not, and the next try may do better.</summary>
    public static DeliveryOutcome Failed(string problem, int? status = null) => new(DeliveryOutcomeKind.Failed, status, problem);

    /// <summary>It is not, and no other try can do better.</summary>
    public static DeliveryOutcome Hopeless(string problem, int? status = null) => new(DeliveryOutcomeKind.Hopeless, status, problem);

    /// <summary>The receiver wants nothing any more: the subscription ends.</summary>
    public static DeliveryOutcome Refused(string problem, int? status = null) => new(DeliveryOutcomeKind.Refused, status, problem);
}

/// <summary>What came of a try, in short.</summary>
internal enum DeliveryOutcomeKind
{
    Delivered,
    Failed,
    Hopeless,
    Refused,
    Pointless,
}
