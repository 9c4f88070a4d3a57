using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LeadEngine.Storage.Telemetry;

/// <summary>How long the batches of one operation take and how large they are.</summary>
/// <param name="span">The name of a batch's span.</param>
/// <param name="duration">Of every try, in seconds.</param>
/// <param name="size">Of what succeeded.</param>
/// <param name="tags">What tells the operation from others that share the instruments.</param>
internal sealed class BatchMetrics(
    string span, Histogram<double> duration, Histogram<long> size, params KeyValuePair<string, object?>[] tags)
{
    private const string ErrorType = "error.type";

    /// <summary>The name of a batch's span.</summary>
    public string Span => span;

    /// <summary>Whether anybody listens.</summary>
    public bool AreEnabled => duration.Enabled || size.Enabled;

    public void Succeeded(TimeSpan elapsed, long items)
    {
        duration.Record(elapsed.TotalSeconds, tags);
        size.Record(items, tags);
    }

    public void Failed(TimeSpan elapsed, string errorType)
    {
        var failed = new TagList(tags) { { ErrorType, errorType } };
        duration.Record(elapsed.TotalSeconds, failed);
    }

    /// <summary>A small set of names, since each makes a time series.</summary>
    public static string TypeOf(Exception failure) => failure switch
    {
        StoreBusyException => "busy",
        StoreOutcomeUnknownException => "unknown",
        OperationCanceledException => "canceled",
        _ => "fault",
    };
}
