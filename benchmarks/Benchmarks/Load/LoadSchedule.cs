namespace LeadEngine.Benchmarks.Load;

/// <summary>
/// When requests are due. At a fixed rate they are due by the clock alone: one that waits because the server is slow keeps its time,
/// and the wait counts as latency. Without a rate a request is due as soon as a connection is free.
/// </summary>
internal sealed class LoadSchedule(LoadPlan plan)
{
    private TimeSpan measuredFrom = TimeSpan.MaxValue;
    private TimeSpan stopped = TimeSpan.MaxValue;
    private long taken;

    /// <summary>When the next request is due; the end of time if none is.</summary>
    public TimeSpan Next
    {
        get
        {
            if (taken >= plan.MaxRequests) return TimeSpan.MaxValue;
            if (plan.Rate is not { } rate) return stopped == TimeSpan.MaxValue ? TimeSpan.Zero : TimeSpan.MaxValue;
            var due = TimeSpan.FromSeconds(taken / rate);
            return due < stopped ? due : TimeSpan.MaxValue;
        }
    }

    public bool IsOver => Next == TimeSpan.MaxValue;

    public bool TryTake(TimeSpan now, out TimeSpan due)
    {
        due = plan.Rate is null ? now : Next;
        if (Next > now) return false;
        taken++;
        return true;
    }

    public void StartMeasuring(TimeSpan now) => measuredFrom = now;

    /// <summary>Nothing is due from now on. What was due earlier and still waits is sent.</summary>
    public void Stop(TimeSpan now) => stopped = now;

    public bool IsMeasured(TimeSpan due) => due >= measuredFrom && due < stopped;
}
