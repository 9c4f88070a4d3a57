using System.Diagnostics;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>What a try means for its delivery, and when the next one is.</summary>
internal static class RetryRules
{
    /// <summary>Aktify's webhooks are broken after so many failed tries.</summary>
    public const int AktifyTries = 5;

    private const int MaxProblemLength = 255;

    // That of Standard Webhooks: some 76 hours in all.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <param name="delivery">What was tried.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="at">When it was tried.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="chance">From 0 to 1: pauses are up to a tenth longer, so that what failed together is not tried again together.</param>
    public static Attempt Judge(Delivery delivery, DeliveryOutcome outcome, DateTimeOffset at, TimeSpan took, double chance)
    {
        var fate = FateOf(delivery, outcome.Kind);
        DateTimeOffset? next = fate is Fate.TryAgain ? at + took + Pause(delivery.Tries, chance) : null;
        var problem = outcome.Problem is { Length: > MaxProblemLength } text ? text[..MaxProblemLength] : outcome.Problem;
        return new(delivery.Id, fate, next, at, outcome.Status, problem, (int)Math.Min(took.TotalMilliseconds, int.MaxValue));
    }

    /// <summary>How long to wait after a delivery failed that had been tried so often before.</summary>
    public static TimeSpan Pause(int tries, double chance) => Pauses[Math.Min(tries, Pauses.Length - 1)] * (1 + (chance / 10));

    private static Fate FateOf(Delivery delivery, DeliveryOutcomeKind outcome) => outcome switch
    {
        DeliveryOutcomeKind.Delivered => Fate.Delivered,
        DeliveryOutcomeKind.Pointless => Fate.Pointless,
        DeliveryOutcomeKind.Hopeless => Fate.GivenUp,
        DeliveryOutcomeKind.Refused => Fate.Refused,
        DeliveryOutcomeKind.Failed when delivery.Tries < RetriesOf(delivery.Subscription) => Fate.TryAgain,
        DeliveryOutcomeKind.Failed => delivery.Subscription.Channel is Channel.Aktify ? Fate.Refused : Fate.GivenUp,
        _ => throw new UnreachableException($"No try comes to {outcome}."),
    };

    private static int RetriesOf(Subscription subscription) =>
        subscription.Retries ?? (subscription.Channel is Channel.Aktify ? AktifyTries - 1 : Pauses.Length);
}
