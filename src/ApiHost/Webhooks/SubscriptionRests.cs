namespace LeadEngine.ApiHost.Webhooks;

/// <summary>
/// Who is sent nothing for a while since all that it was sent of late failed, so that a receiver that is dead costs next to nothing. After
/// some failures in a row a subscription rests, each time longer; when a rest is over it gets one share, and the first success ends it all.
/// </summary>
/// <remarks>Each host finds out for itself, and stores nothing: what rests in one may be tried by another, or by its successor.</remarks>
/// <param name="clock">The clock.</param>
internal sealed class SubscriptionRests(TimeProvider clock)
{
    /// <summary>So many failures in a row, with no success between them, begin a rest.</summary>
    public const int FailuresInARow = 5;

    /// <summary>How long the first rest is; each is twice as long as the one before.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>No rest is longer: short beside the pauses between the tries of a delivery, which wait for its end.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // After so long without a try nobody knows any more how a receiver is, and it may be that of a subscription that was removed.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, Failing> _failing = [];

    // A rest of no length is none.
    private readonly record struct Failing(int InARow, TimeSpan Rest, long Since);

    /// <summary>Takes note of what came of a try.</summary>
    public void Note(long subscriptionId, DeliveryOutcome outcome)
    {
        switch (outcome.Kind)
        {
            case DeliveryOutcomeKind.Failed:
                Fail(subscriptionId, outcome);
                break;
            case DeliveryOutcomeKind.Delivered or DeliveryOutcomeKind.Refused:
                _failing.Remove(subscriptionId);
                break;
            default:
                // Whoever was not asked, or cannot help it, has not failed.
                break;
        }
    }

    /// <summary>The subscriptions that are to get nothing now: they rest, or their share after a rest is under way.</summary>
    /// <param name="isUnderWay">Whether anything is under way for a subscription.</param>
    public IEnumerable<long> Closed(Func<long, bool> isUnderWay)
    {
        foreach (var (subscriptionId, failing) in _failing)
        {
            var elapsed = clock.GetElapsedTime(failing.Since);
            if (elapsed > Memory) _failing.Remove(subscriptionId);
            else if (elapsed < failing.Rest || (failing.Rest > TimeSpan.Zero && isUnderWay(subscriptionId))) yield return subscriptionId;
        }
    }

    // What fails during a rest was under way when that began, and says nothing new.
    private void Fail(long subscriptionId, DeliveryOutcome outcome)
    {
        var before = _failing.GetValueOrDefault(subscriptionId);
        if (before.Rest > TimeSpan.Zero && clock.GetElapsedTime(before.Since) < before.Rest) return;
        _failing[subscriptionId] = new(before.InARow + 1, Rest(before, outcome), clock.GetTimestamp());
    }

    private static TimeSpan Rest(Failing before, DeliveryOutcome outcome)
    {
        if (before.InARow + 1 < FailuresInARow) return TimeSpan.Zero;
        if (before.Rest == TimeSpan.Zero) return Shortest;
        // Such an answer may be about that one event, and whoever gives it is there.
        if (outcome.Status is >= 400 and < 500) return before.Rest;
        return before.Rest * 2 < Longest ? before.Rest * 2 : Longest;
    }
}
