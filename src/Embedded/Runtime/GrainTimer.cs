using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>A timer of a grain, and the request that each tick makes: the next is due only after the last is done.</summary>
internal sealed partial class GrainTimer : Request, IGrainTimer
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private TimeSpan? _changedDueTime;
    private int _isTicking;

    internal GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (_activation, _callback, _options, _period) = (activation, callback, options, options.Period);

        // The tick belongs to no request, so it must not carry the values of the one that happens to run now.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = activation.Class.Runtime.Clock.CreateTimer(
                static timer => ((GrainTimer)timer!).Tick(), this, options.DueTime, Timeout.InfiniteTimeSpan);
        }
    }

    internal override bool Interleaves => _options.Interleave;

    internal override bool KeepsAlive => _options.KeepAlive;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        if (Volatile.Read(ref _isTicking) == 1) _changedDueTime = dueTime;
        else _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (_stopped.IsCancellationRequested) return;
        _stopped.Cancel();
        _timer.Dispose();
        _activation.ForgetTimer(this);
    }

    private void Tick()
    {
        if (Interlocked.Exchange(ref _isTicking, 1) == 0) _activation.Post(this);
    }

    internal override async Task InvokeAsync(Activation activation)
    {
        try
        {
            if (!_stopped.IsCancellationRequested) await _callback(_stopped.Token);
        }
        catch (Exception exception)
        {
            LogTickFailed(activation.Class.Runtime.Log, exception, activation.GrainId);
        }

        activation.Finished(this);
        var due = _changedDueTime ?? _period;
        _changedDueTime = null;
        Volatile.Write(ref _isTicking, 0);
        if (!_stopped.IsCancellationRequested) _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A timer ends with its activation.</summary>
    internal override void Forward() => Dispose();

    internal override void Fail(Exception exception) => Dispose();

    [LoggerMessage(LogLevel.Warning, "A timer of {Grain} failed; it goes on.")]
    private static partial void LogTickFailed(ILogger logger, Exception exception, GrainId grain);
}
