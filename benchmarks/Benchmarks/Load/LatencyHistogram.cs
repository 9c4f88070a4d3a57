using System.Numerics;

namespace LeadEngine.Benchmarks.Load;

/// <summary>Counts durations in buckets that widen with the duration: 64 to each doubling, so a percentile is right within 1.6 %.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] counts = new long[(64 - SubBits) * SubBuckets];

    public long Count { get; private set; }

    public void Add(TimeSpan duration)
    {
        counts[Bucket(Math.Max(0, duration.Ticks))]++;
        Count++;
    }

    public void Clear()
    {
        Array.Clear(counts);
        Count = 0;
    }

    /// <summary>The upper edge of the bucket in which that share of the durations is reached.</summary>
    public TimeSpan Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0) return new(UpperEdge(bucket));
        }

        return TimeSpan.Zero;
    }

    private static int Bucket(long ticks)
    {
        if (ticks < SubBuckets) return (int)ticks;
        var shift = BitOperations.Log2((ulong)ticks) - SubBits;
        return (shift + 1) * SubBuckets + (int)(ticks >> shift) - SubBuckets;
    }

    private static long UpperEdge(int bucket)
    {
        if (bucket < SubBuckets) return bucket;
        var shift = bucket / SubBuckets - 1;
        return ((long)(bucket % SubBuckets + SubBuckets + 1) << shift) - 1;
    }
}
