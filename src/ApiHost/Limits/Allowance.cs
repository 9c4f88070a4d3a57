using LeadEngine.Limits;

namespace LeadEngine.ApiHost.Limits;

/// <summary>
/// What a host may still serve of a limit a minute that may be high. It asks for as many requests as wait, and for as many more as a
/// quarter of a second brings, so that a busy host asks four times a second, not each time; what is not used half a second later lapses.
/// Those who count take it for served a second later, so all hosts together serve no more than the limit.
/// </summary>
internal sealed class Allowance(RateSubject subject, Func<RateAsk, Task<RateReply>> keeper, TimeProvider clock)
{
    private const int MostOfLimit = 100; // A hundredth of it: what a host that stops asking leaves unused.

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly long _start = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Pace _pace = new(Second);
    private Task? _asking;
    private int _waiting;
    private int _left;
    private TimeSpan _goodUntil;
    private TimeSpan _refusedUntil;
    private int _refusedUnder;

    /// <summary>Takes one request.</summary>
    /// <returns>Null when it may be served; else how long it must wait.</returns>
    public ValueTask<TimeSpan?> Take(int perMinute)
    {
        lock (_lock)
        {
            if (TryDecide(perMinute, out var wait)) return new(wait);
            _waiting++;
        }

        return new(TakeNext(perMinute));
    }

    /// <summary>Takes back one that another limit refused.</summary>
    public void GiveBack()
    {
        lock (_lock) _left++;
    }

    private async Task<TimeSpan?> TakeNext(int perMinute)
    {
        try
        {
            while (true)
            {
                Task asking;
                lock (_lock)
                {
                    if (TryDecide(perMinute, out var wait)) return wait;
                    asking = _asking ??= Ask(perMinute);
                }

                await asking;
            }
        }
        finally
        {
            lock (_lock) _waiting--;
        }
    }

    private bool TryDecide(int perMinute, out TimeSpan? wait)
    {
        var now = Now;
        wait = null;
        if (_left > 0 && now < _goodUntil)
        {
            _left--;
            _pace.Add(now);
            return true;
        }

        if (now >= _refusedUntil || perMinute != _refusedUnder) return false;
        wait = _refusedUntil - now;
        return true;
    }

    private async Task Ask(int perMinute)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // Out of the lock.
        try
        {
            var ask = NextAsk(perMinute);
            var reply = await keeper(ask);
            lock (_lock)
            {
                var now = Now;
                (_left, _goodUntil) = (reply.Granted, now + (Second / 2));
                if (reply.Granted == ask.Wanted) return;
                (_refusedUntil, _refusedUnder) = (now + TimeSpan.FromMilliseconds(reply.WaitMilliseconds), perMinute);
            }
        }
        finally
        {
            lock (_lock) _asking = null;
        }
    }

    private RateAsk NextAsk(int perMinute)
    {
        lock (_lock)
        {
            var more = Math.Min(perMinute / MostOfLimit, _pace.Last(Now) / 4);
            return new RateAsk
            {
                Counters = [new RateCounter(subject, RateRule.PerMinute(perMinute))],
                Wanted = Math.Min(perMinute, _waiting + more),
                GoodForMilliseconds = more > 0 ? (int)Second.TotalMilliseconds : 0,
            };
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_start);
}

/// <summary>How many there were in the last whole span of time.</summary>
internal sealed class Pace(TimeSpan span)
{
    private TimeSpan _start;
    private int _count;
    private int _last;

    public void Add(TimeSpan now)
    {
        Roll(now);
        _count++;
    }

    public int Last(TimeSpan now)
    {
        Roll(now);
        return _last;
    }

    private void Roll(TimeSpan now)
    {
        if (now < _start + span) return;
        (_last, _count, _start) = (now < _start + (2 * span) ? _count : 0, 0, now);
    }
}
