using System.Diagnostics.Metrics;

namespace LeadEngine.Storage.Telemetry;

/// <summary>What the store tells of its batches, its queues and its retries.</summary>
internal sealed class StoreMetrics
{
    private const string Operation = "operation";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<long> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _peopleIndexed;

    public StoreMetrics(Meter meter)
    {
        _meter = meter;
        _retries = meter.CreateCounter<long>(
            "leadengine.store.retries", "{retry}", "Tries that followed one which the store was too busy for, or whose outcome is not known.");
        _peopleIndexed = meter.CreateCounter<long>(
            "leadengine.directory.indexed", "{person}", "People who were taken into the search index after they had been added.");
        var readDuration = Duration("leadengine.store.read.duration", "How long one gathered read took.");
        var readSize = Size("leadengine.store.read.size", "{key}", "How many keys were read together.");
        Commits = new(
            "store.commit",
            Duration("leadengine.store.commit.duration", "How long one transaction took."),
            Size("leadengine.store.commit.size", "{change}", "How many new leads, changes and answers went into one transaction."),
            []);
        LeadReads = new("store.read", readDuration, readSize, [new(Operation, StoreOperations.Read)]);
        IdentifierReads = new("store.find", readDuration, readSize, [new(Operation, StoreOperations.Find)]);
    }

    /// <summary>Transactions of the writer.</summary>
    public BatchMetrics Commits { get; }

    /// <summary>Reads of leads by id.</summary>
    public BatchMetrics LeadReads { get; }

    /// <summary>Look-ups of identifiers.</summary>
    public BatchMetrics IdentifierReads { get; }

    /// <summary>So many people were taken into the search index.</summary>
    public void PeopleIndexed(int count) => _peopleIndexed.Add(count);

    /// <param name="operation">One of <see cref="StoreOperations"/>.</param>
    public RetryCount RetriesOf(string operation) => new(_retries, new(Operation, operation));

    /// <summary>Shows what waits; it is asked for only when somebody collects.</summary>
    public void ObserveQueues(Func<IEnumerable<(string Operation, long Length)>> lengths) => _meter.CreateObservableUpDownCounter(
        "leadengine.store.queue.length",
        () => lengths().Select(queue => new Measurement<long>(queue.Length, new KeyValuePair<string, object?>(Operation, queue.Operation))),
        "{change}",
        "How much waits for the store.");

    private Histogram<double> Duration(string name, string description) => _meter.CreateHistogram(name, "s", description, advice: Seconds);

    private Histogram<long> Size(string name, string unit, string description) => _meter.CreateHistogram(name, unit, description, advice: Sizes);
}

/// <summary>What the store does, as its metrics call it.</summary>
internal static class StoreOperations
{
    public const string Commit = "commit";
    public const string Read = "read";
    public const string Find = "find";

    /// <summary>Everything that is not gathered.</summary>
    public const string Call = "call";
}

/// <summary>Counts the retries of one operation; by default of none.</summary>
internal readonly struct RetryCount(Counter<long>? retries, KeyValuePair<string, object?> operation)
{
    public void Add() => retries?.Add(1, operation);
}
