namespace LeadEngine.Benchmarks.Load;

/// <summary>What came back. Rate and latency are of the measured time, the other counts of the whole run.</summary>
internal sealed class LoadResult
{
    private const int Unreachable = 0;
    private static readonly int Kinds = Enum.GetValues<RequestKind>().Length;

    private readonly long[] acknowledged = new long[Kinds];
    private readonly long[] unknown = new long[Kinds];
    private bool isMeasuring;

    /// <summary>Of the requests that were due in the measured time and succeeded.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Answers other than 2xx by status; 0: no answer.</summary>
    public SortedDictionary<int, long> Failures { get; } = [];

    /// <summary>Length of the measured time.</summary>
    public TimeSpan Measured { get; private set; }

    /// <summary>Answers of 2xx in the measured time.</summary>
    public long Successes { get; private set; }

    public double RequestsPerSecond => Measured > TimeSpan.Zero ? Successes / Measured.TotalSeconds : 0;

    /// <summary>Answers of 2xx.</summary>
    public long Acknowledged(RequestKind kind) => acknowledged[(int)kind];

    /// <summary>Requests that may have had an effect: no answer, or one that says so (500, 504).</summary>
    public long Unknown(RequestKind kind) => unknown[(int)kind];

    public void StartMeasuring() => isMeasuring = true;

    public void StopMeasuring(TimeSpan measured) => (isMeasuring, Measured) = (false, measured);

    public void Answered(LoadConnection connection, TimeSpan now, bool wasDueInTime)
    {
        if (connection.Status is < 200 or >= 300)
        {
            Failed(connection.Status, connection.Kind);
            return;
        }

        acknowledged[(int)connection.Kind]++;
        if (isMeasuring) Successes++;
        if (wasDueInTime) Latency.Add(now - connection.Due);
    }

    public void Unanswered(LoadConnection connection) => Failed(Unreachable, connection.Kind);

    private void Failed(int status, RequestKind kind)
    {
        Failures[status] = Failures.GetValueOrDefault(status) + 1;
        if (status is Unreachable or 500 or 504) unknown[(int)kind]++;
    }
}
