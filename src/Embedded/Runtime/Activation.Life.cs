using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    private ILogger Log => grainClass.Runtime.Log;

    private async Task WakeAsync()
    {
        _stage = Stage.Waking;
        try
        {
            _grain = grainClass.Create(this, out var states);
            foreach (var state in states) await state.ReadStateAsync();
            await _grain.OnActivateAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogActivationFailed(Log, exception, GrainId);
            BeginLeaving(new(new(DeactivationReasonCode.ActivationFailed, exception, "Activation failed.")));
            await DepartAsync();
            return;
        }

        if (_stage is Stage.Lost) return;
        _stage = Stage.Awake;
        _lastUsed = grainClass.Runtime.Clock.GetTimestamp();
        ReceiveAgain();
    }

    /// <summary>Those that may interleave start now, even past others; after this they never wait.</summary>
    private void ReceiveAgain()
    {
        var waiting = _waiting;
        _waiting = default;
        while (waiting.Dequeue() is { } request) Receive(request);
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        var leave = new Leave(deactivationReason, cancellationToken);
        if (Current == this) leave.Run(this);
        else Post(leave);
    }

    /// <summary>The first wish counts, unless a stricter or a sadder one comes; all of them wait for the same end.</summary>
    internal void BeginLeaving(Leave wish)
    {
        if (_leaving is null || wish.Outranks(_leaving)) (wish.Next, _leaving) = (_leaving, wish);
        else (wish.Next, _leaving.Next) = (_leaving.Next, wish);

        if (_stage is Stage.Asleep) _ = DepartAsync();
        else if (_stage is Stage.Gone or Stage.Lost) SetLeft();
    }

    private async Task LeaveAsync()
    {
        _stage = Stage.Leaving;
        try
        {
            StopTimers();
            await Grain.OnDeactivateAsync(_leaving!.Reason, _leaving.Token);
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(Log, exception, GrainId);
        }

        await DepartAsync();
    }

    private async Task DepartAsync()
    {
        try
        {
            StopTimers();
            if (_grain is IAsyncDisposable later) await later.DisposeAsync();
            else if (_grain is IDisposable now) now.Dispose();
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(Log, exception, GrainId);
        }

        if (_stage is Stage.Lost) return;
        _stage = Stage.Gone;
        grainClass.Forget(this);
        while (_waiting.Dequeue() is { } request) SendOn(request);
        SetLeft();
    }

    /// <summary>To the next activation, or, where this one failed, back to the caller.</summary>
    private void SendOn(Request request)
    {
        if (_leaving!.Reason is { ReasonCode: DeactivationReasonCode.ActivationFailed, Exception: { } failure }) request.Fail(failure);
        else request.Forward();
    }

    private void SetLeft()
    {
        for (WorkItem? wish = _leaving; wish is Leave leave; wish = leave.Next) leave.SetLeft();
    }

    /// <summary>
    /// For simulations, which run on one thread: what a crashed silo would do to this activation. It is forgotten without a word to the
    /// grain, none of its code runs again, and whoever called it gets an exception.
    /// </summary>
    internal void Lose()
    {
        grainClass.Forget(this);
        StopTimers();
        _stage = Stage.Lost;
        for (WorkItem? running = _running; running is Request request; running = request.Next) request.Fail(Gone());
        while (_waiting.Dequeue() is { } request) request.Fail(Gone());
        SetLeft();
    }

    private SiloUnavailableException Gone() => new($"The activation of {GrainId} was lost.");

    internal GrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (Current != this) throw new InvalidOperationException("A grain timer is registered in a turn of its grain.");
        var timer = new GrainTimer(this, callback, options);
        (_timers ??= []).Add(timer);
        return timer;
    }

    internal void ForgetTimer(GrainTimer timer) => _timers?.Remove(timer);

    private void StopTimers()
    {
        if (_timers is not { } timers) return;
        _timers = null;
        foreach (var timer in timers) timer.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "Activation of {Grain} failed.")]
    private static partial void LogActivationFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(LogLevel.Error, "Deactivation of {Grain} failed; it is gone all the same.")]
    private static partial void LogDeactivationFailed(ILogger logger, Exception exception, GrainId grain);
}
