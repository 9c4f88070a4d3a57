using LeadEngine.Benchmarks.Load;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>What one run of one case gave.</summary>
internal sealed record Measurement
{
    public required double RequestsPerSecond { get; init; }

    public required TimeSpan Median { get; init; }

    public required TimeSpan Percentile99 { get; init; }

    /// <summary>Processor time a request took in the server, its database, and the load generator.</summary>
    public required CpuUse CpuPerRequest { get; init; }

    /// <summary>Answers other than 2xx by status; 0: no answer.</summary>
    public required IReadOnlyDictionary<int, long> Failures { get; init; }

    /// <summary>Said beside the numbers.</summary>
    public string? Note { get; init; }

    /// <summary>What the target holds is not what it acknowledged.</summary>
    public string? Fault { get; init; }

    public static Measurement Of(LoadResult result, CpuUse cpu) => new()
    {
        RequestsPerSecond = result.RequestsPerSecond,
        Median = result.Latency.Percentile(0.5),
        Percentile99 = result.Latency.Percentile(0.99),
        CpuPerRequest = cpu / Math.Max(1, result.Successes),
        Failures = result.Failures,
    };
}

/// <summary>Processor time by who spent it.</summary>
internal sealed record CpuUse(TimeSpan Server, TimeSpan Database, TimeSpan Generator)
{
    public static CpuUse operator -(CpuUse later, CpuUse earlier) =>
        new(later.Server - earlier.Server, later.Database - earlier.Database, later.Generator - earlier.Generator);

    public static CpuUse operator /(CpuUse use, long parts) => new(use.Server / parts, use.Database / parts, use.Generator / parts);
}
