namespace LeadEngine.Benchmarks.Load;

/// <summary>How long and how hard to ask.</summary>
internal sealed record LoadPlan
{
    public required int Connections { get; init; }

    /// <summary>Load before the measurement starts, not counted in rate and latency.</summary>
    public TimeSpan WarmUp { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Requests a second on a fixed schedule, whatever the answers do; null: the next request follows the last answer.</summary>
    public double? Rate { get; init; }

    /// <summary>Stop early once so many were sent.</summary>
    public long MaxRequests { get; init; } = long.MaxValue;

    /// <summary>How long to wait for the last answers.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(15);
}
