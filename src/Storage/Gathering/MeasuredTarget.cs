using System.Diagnostics;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Storage.Gathering;

/// <summary>Tells of each try to send a batch, as metrics and as a span, while anybody wants to know.</summary>
internal sealed class MeasuredTarget<TItem>(IBatchTarget<TItem> target, BatchMetrics metrics, TimeProvider clock) : IBatchTarget<TItem>
    where TItem : class, IPending
{
    public void BeginBatch() => target.BeginBatch();

    public bool Admits(TItem item) => target.Admits(item);

    public Task Send(IReadOnlyList<TItem> batch, CancellationToken cancel) =>
        metrics.AreEnabled || EngineTelemetry.AreTracesWanted ? Measure(batch, cancel) : target.Send(batch, cancel);

    private async Task Measure(IReadOnlyList<TItem> batch, CancellationToken cancel)
    {
        using var span = EngineTelemetry.StartShared(metrics.Span, ActivityKind.Client, batch, static item => item.Call);
        var start = clock.GetTimestamp();
        var size = batch.Sum(item => (long)item.Size);
        try
        {
            await target.Send(batch, cancel);
        }
        catch (Exception failure)
        {
            metrics.Failed(clock.GetElapsedTime(start), BatchMetrics.TypeOf(failure));
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }

        metrics.Succeeded(clock.GetElapsedTime(start), size);
    }
}
