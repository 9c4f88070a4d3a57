namespace LeadEngine.Embedded.Tests.Simulation;

/// <summary>A clock that stands still until it is moved. Timers fire on the thread that moves it, in the order of their times.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (long Due, long Order)> _due = new();
    private readonly Lock _lock = new();
    private long _now;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Advance(TimeSpan by)
    {
        var target = _now + by.Ticks;
        while (FireNext(target))
        {
        }

        Volatile.Write(ref _now, target);
    }

    /// <summary>Moves on to the next timer and fires it; false if there is none.</summary>
    internal bool FireNext() => FireNext(long.MaxValue);

    private bool FireNext(long until)
    {
        VirtualTimer timer;
        lock (_lock)
        {
            while (_due.TryPeek(out var entry, out _) && entry.Version != entry.Timer.Version) _due.Dequeue();
            if (!_due.TryPeek(out var next, out var when) || when.Due > until) return false;
            _due.Dequeue();
            timer = next.Timer;
            Volatile.Write(ref _now, Math.Max(_now, when.Due));
            timer.Rearm();
        }

        timer.Fire();
        return true;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        internal long Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                _period = period;
                Set(dueTime);
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Rearm() => Set(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);

        internal void Fire() => callback(state);

        private void Set(TimeSpan due)
        {
            Version++;
            if (due >= TimeSpan.Zero) time._due.Enqueue((this, Version), (time._now + due.Ticks, time._order++));
        }
    }
}
