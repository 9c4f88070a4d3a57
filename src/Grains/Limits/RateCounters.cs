using LeadEngine.Limits;

namespace LeadEngine.Grains.Limits;

/// <summary>
/// Counts requests by subject and decides which are within their limits: exactly, since it remembers each. A request counts in all its
/// counters or in none.
/// </summary>
internal sealed class RateCounters
{
    private const int FirstSweep = 1_024;

    private readonly Dictionary<RateSubject, SlidingLog> _logs = [];
    private int _sweepAt = FirstSweep;

    /// <summary>How many subjects are remembered.</summary>
    public int Count => _logs.Count;

    /// <param name="ask">What to count.</param>
    /// <param name="now">The time, on a clock that never goes back.</param>
    public RateReply Take(RateAsk ask, TimeSpan now)
    {
        var granted = ask.Wanted;
        foreach (var counter in ask.Counters) granted = Math.Min(granted, Room(counter, now));
        if (granted > 0)
        {
            var until = now + TimeSpan.FromMilliseconds(ask.GoodForMilliseconds);
            foreach (var (subject, rule) in ask.Counters) LogOf(subject, now).Add(now, until, granted, LongestOf(rule));
        }

        return new RateReply(granted, granted == ask.Wanted ? 0 : (long)Math.Ceiling(Wait(ask, now).TotalMilliseconds));
    }

    private int Room(RateCounter counter, TimeSpan now)
    {
        var log = _logs.GetValueOrDefault(counter.Subject);
        var room = int.MaxValue;
        foreach (var limit in counter.Rule.Limits) room = Math.Min(room, log?.Room(limit, now) ?? limit.Count);
        return room;
    }

    private TimeSpan Wait(RateAsk ask, TimeSpan now)
    {
        var wait = TimeSpan.Zero;
        foreach (var (subject, rule) in ask.Counters)
        {
            if (!_logs.TryGetValue(subject, out var log)) continue;
            foreach (var limit in rule.Limits)
            {
                if (log.Wait(limit, now) is var one && one > wait) wait = one;
            }
        }

        return wait;
    }

    private SlidingLog LogOf(RateSubject subject, TimeSpan now)
    {
        if (_logs.TryGetValue(subject, out var known)) return known;
        if (_logs.Count >= _sweepAt) Sweep(now);
        return _logs[subject] = new SlidingLog();
    }

    // At each doubling, so that it costs each subject no more than its place in the table does.
    private void Sweep(TimeSpan now)
    {
        foreach (var (subject, log) in _logs)
        {
            if (log.IsOver(now)) _logs.Remove(subject);
        }

        _sweepAt = Math.Max(FirstSweep, _logs.Count * 2);
        _logs.TrimExcess(_sweepAt);
    }

    private static TimeSpan LongestOf(RateRule rule)
    {
        var longest = 0;
        foreach (var limit in rule.Limits) longest = Math.Max(longest, limit.Seconds);
        return TimeSpan.FromSeconds(longest);
    }
}
