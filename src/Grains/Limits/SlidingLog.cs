using LeadEngine.Limits;

namespace LeadEngine.Grains.Limits;

/// <summary>
/// When requests were counted, as long as that matters: what was counted at a moment is within a window until exactly a window later.
/// </summary>
internal sealed class SlidingLog
{
    // In the order of time, from _first to before _end.
    private Mark[] _marks = new Mark[1];
    private int _first;
    private int _end;
    private long _total;
    private TimeSpan _kept;

    /// <summary>Counts requests.</summary>
    /// <param name="now">The time.</param>
    /// <param name="at">When they count, not before now; what is before the last moment counts as at that one.</param>
    /// <param name="count">How many.</param>
    /// <param name="keep">The longest window that they matter for.</param>
    public void Add(TimeSpan now, TimeSpan at, int count, TimeSpan keep)
    {
        _kept = keep;
        if (_end == _first || at > _marks[_end - 1].At)
        {
            if (_end == _marks.Length) MakeRoom(now);
            _marks[_end++] = new Mark(at, _total);
        }

        _total += count;
    }

    /// <summary>How many more requests a limit allows now.</summary>
    public int Room(RateLimit limit, TimeSpan now) => (int)Math.Max(0, limit.Count - CountFrom(FirstAfter(now - WindowOf(limit))));

    /// <summary>How long it takes until a limit allows one more request.</summary>
    public TimeSpan Wait(RateLimit limit, TimeSpan now)
    {
        var oldest = FirstAfter(now - WindowOf(limit));
        var mustLeave = CountFrom(oldest) - (limit.Count - 1);
        if (mustLeave <= 0) return TimeSpan.Zero;
        var last = LastBefore(_marks[oldest].Before + mustLeave);
        return _marks[last].At + WindowOf(limit) - now;
    }

    /// <summary>Whether nothing of it matters any more.</summary>
    public bool IsOver(TimeSpan now) => _end == _first || _marks[_end - 1].At <= now - _kept;

    private static TimeSpan WindowOf(RateLimit limit) => TimeSpan.FromSeconds(limit.Seconds);

    private long CountFrom(int index) => index == _end ? 0 : _total - _marks[index].Before;

    private int FirstAfter(TimeSpan time)
    {
        var (low, high) = (_first, _end);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_marks[middle].At > time) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    // The last mark before which fewer were counted.
    private int LastBefore(long count)
    {
        var (low, high) = (_first, _end);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_marks[middle].Before >= count) high = middle;
            else low = middle + 1;
        }

        return low - 1;
    }

    private void MakeRoom(TimeSpan now)
    {
        _first = FirstAfter(now - _kept);
        var kept = _marks.AsSpan(_first, _end - _first);
        var marks = kept.Length > _marks.Length / 2 ? new Mark[_marks.Length * 2] : _marks;
        kept.CopyTo(marks);
        (_marks, _first, _end) = (marks, 0, kept.Length);
    }

    /// <param name="At">A moment.</param>
    /// <param name="Before">How many had ever been counted before it.</param>
    private readonly record struct Mark(TimeSpan At, long Before);
}
