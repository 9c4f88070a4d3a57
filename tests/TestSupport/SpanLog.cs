using System.Collections.Concurrent;
using System.Diagnostics;

namespace LeadEngine.TestSupport;

/// <summary>Records the spans of the traces that the test itself begins, and no others: sources are the same for all tests.</summary>
public sealed class SpanLog : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ConcurrentDictionary<ActivityTraceId, bool> _traces = new();
    private readonly ActivitySource _source = new($"test {Guid.NewGuid()}");
    private readonly ActivityListener _listener;

    public SpanLog(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source == _source || sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Source == _source || _traces.ContainsKey(options.TraceId)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>What ended, in order.</summary>
    public IReadOnlyCollection<Activity> Ended => _ended;

    /// <summary>A request whose trace is recorded.</summary>
    public Activity Begin(string name = "request")
    {
        Activity.Current = null;
        var request = _source.StartActivity(name)!;
        _traces[request.TraceId] = true;
        return request;
    }

    public Activity Single(string name) => _ended.Single(span => span.OperationName == name);

    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
    }
}
