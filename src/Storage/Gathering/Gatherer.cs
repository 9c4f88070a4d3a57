using LeadEngine.Storage.Telemetry;
using Microsoft.Extensions.Logging;

namespace LeadEngine.Storage.Gathering;

/// <summary>
/// One loop that sends all that waits together; what comes meanwhile makes the next batch. So a batch is as large as the store is slow, and
/// the cost of a commit is shared by all who waited for it.
/// </summary>
/// <remarks>
/// The loop is plain awaits on the scheduler that <see cref="Start"/> was called on, and all time comes from the clock: a simulation can
/// run it on one thread.
/// </remarks>
internal sealed partial class Gatherer<TItem>(
    GathererLimits limits, IBatchTarget<TItem> target, TimeProvider clock, Random random, RetryCount retries, ILogger logger)
    : IAsyncDisposable where TItem : class, IPending
{
    private readonly WaitingLine<TItem> _line = new(limits, clock);
    private readonly CancellationTokenSource _abort = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>The size of all that waits.</summary>
    public long Length => _line.Length;

    public void Start() => _loop = Run();

    public void Join(TItem item) => _line.Join(item);

    /// <summary>Serves those who wait, then ends.</summary>
    /// <param name="hurry">Those who are not served by then are told so.</param>
    public async Task Stop(CancellationToken hurry)
    {
        _line.Close();
        await using var registration = hurry.Register(_abort.Cancel);
        await _loop;
    }

    public async ValueTask DisposeAsync()
    {
        _abort.Cancel();
        await Stop(CancellationToken.None);
        _line.Dispose();
        _abort.Dispose();
    }

    private async Task Run()
    {
        List<TItem> batch = [];
        while (await _line.Arrival())
        {
            if (!_line.Take(batch, target)) continue;
            await SendPatiently(batch);
            batch.Clear();
        }
    }

    /// <summary>
    /// Sends until it succeeds or the last of the batch has lost patience. Repeating is safe whatever became of the first try.
    /// </summary>
    private async Task SendPatiently(List<TItem> batch)
    {
        StoreBusyException? lastReason = null;
        var backoff = new Backoff(clock, random, retries);
        while (SomeHavePatience(batch, lastReason))
        {
            try
            {
                await target.Send(batch, _abort.Token);
                return;
            }
            catch (StoreBusyException busy)
            {
                if (lastReason is null) LogBusy(logger, batch.Count, busy);
                lastReason = busy;
            }
            catch (StoreOutcomeUnknownException unknown)
            {
                LogUnknown(logger, batch.Count, unknown);
                foreach (var item in batch) item.InDoubt = true;
                lastReason = new("The store was lost.", unknown);
            }
            catch (OperationCanceledException aborted) when (_abort.IsCancellationRequested)
            {
                foreach (var item in batch) item.InDoubt = true;
                lastReason = new("The store is stopping.", aborted);
            }
            catch (Exception fault)
            {
                await Isolate(batch, fault);
                return;
            }
            if (!SomeHavePatience(batch, lastReason)) return;
            await backoff.Pause(_abort.Token)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One of the batch cannot be served. Sent alone, only that one fails.</summary>
    private async Task Isolate(List<TItem> batch, Exception fault)
    {
        if (batch.Count == 1)
        {
            Fail(batch[0], fault);
            return;
        }
        LogIsolated(logger, batch.Count, fault);
        foreach (var item in batch) await SendPatiently([item]);
    }

    /// <summary>Sends away those who have not.</summary>
    private bool SomeHavePatience(List<TItem> batch, StoreBusyException? reason)
    {
        batch.RemoveAll(item =>
        {
            if (!_abort.IsCancellationRequested && !_line.HasLostPatience(item)) return false;
            Fail(item, new StoreBusyException("The store is away or behind.", reason));
            return true;
        });
        return batch.Count > 0;
    }

    private static void Fail(TItem item, Exception why) => item.Fail(
        item.InDoubt ? new StoreOutcomeUnknownException("The store was lost while it made the change.", why) : why);

    [LoggerMessage(LogLevel.Warning, "The store is busy; {Count} waiting requests are tried again.")]
    private static partial void LogBusy(ILogger logger, int count, StoreBusyException reason);

    [LoggerMessage(LogLevel.Warning, "The store was lost while it served {Count} requests; they are repeated.")]
    private static partial void LogUnknown(ILogger logger, int count, StoreOutcomeUnknownException reason);

    [LoggerMessage(LogLevel.Error, "A batch of {Count} requests failed; they are sent one by one.")]
    private static partial void LogIsolated(ILogger logger, int count, Exception fault);
}
