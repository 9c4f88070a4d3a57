using System.Collections.Concurrent;
using LeadEngine.Limits;

namespace LeadEngine.ApiHost.Limits;

/// <summary>
/// Who was refused just now, so that somebody who goes on asking is refused without asking those who count: nothing frees a place but time.
/// It is believed for a moment only, since limits may be changed.
/// </summary>
internal sealed class Refusals(TimeProvider clock)
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private readonly long _start = clock.GetTimestamp();
    private readonly ConcurrentDictionary<RateSubject, Refusal> _refusals = new();

    public void Add(RateSubject subject, TimeSpan wait)
    {
        if (_refusals.Count >= Capacity) _refusals.Clear();
        var now = Now;
        _refusals[subject] = new Refusal(now + wait, now + Memory);
    }

    /// <summary>How long a subject must still wait; null when it has to be asked.</summary>
    public TimeSpan? WaitOf(RateSubject subject)
    {
        if (_refusals.IsEmpty || !_refusals.TryGetValue(subject, out var refusal)) return null;
        var now = Now;
        if (now < refusal.Until && now < refusal.BelievedUntil) return refusal.Until - now;
        _refusals.TryRemove(new(subject, refusal));
        return null;
    }

    private TimeSpan Now => clock.GetElapsedTime(_start);

    private readonly record struct Refusal(TimeSpan Until, TimeSpan BelievedUntil);
}
