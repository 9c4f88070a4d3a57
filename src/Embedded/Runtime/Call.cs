using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A method of a grain interface. Its arguments travel as one tuple.</summary>
internal sealed class GrainMethod<TArgs, TResult>(string name, bool alwaysInterleave, Func<object, TArgs, Task> invoke)
{
    /// <summary>As telemetry names it, for example <c>ILeadGrain/Get</c>.</summary>
    internal string Name => name;

    internal bool AlwaysInterleave => alwaysInterleave;

    internal Func<object, TArgs, Task> Invoke => invoke;
}

/// <summary>The result of a method that has none.</summary>
internal readonly struct Nothing;

/// <summary>
/// A call under way. Arguments and results are passed by reference: every message type is an immutable record (a test walks them all), so
/// sharing one is as good as copying it. The reply is completed in a turn of the callee, where no scheduler lets foreign code run inline:
/// what awaits it continues on the scheduler it came from. (RunContinuationsAsynchronously would send Task.WhenAll through the pool.)
/// </summary>
internal sealed class Call<TArgs, TResult>(GrainReference target, GrainMethod<TArgs, TResult> method, TArgs args) : Request
{
    // As in Orleans, whose default it is: a request that met three activations on their way out is not sent to a fourth.
    private const int MaxForwardCount = 2;

    private readonly TaskCompletionSource<TResult> _reply = new();
    private readonly Dictionary<string, object>? _context = RequestContext.Values;
    private int _forwardCount;

    internal Task<TResult> Reply => _reply.Task;

    internal override bool Interleaves => method.AlwaysInterleave;

    internal override bool KeepsAlive => true;

    internal override async Task InvokeAsync(Activation activation)
    {
        // Undone when this method returns, as all async locals are; so nothing leaks into the next turn.
        RequestContext.Values = _context;
        CallTraces.Resume(_context);
        Task<TResult>? result = null;
        Exception? failure = null;
        try
        {
            var task = method.Invoke(activation.Grain, args);
            await task;
            result = task as Task<TResult>;
        }
        catch (Exception exception)
        {
            failure = exception;
            DeactivateIfInconsistent(activation, exception);
        }

        // Before the reply, so that whoever has it finds an activation that is done with it.
        activation.Finished(this);
        if (failure is not null) _reply.TrySetException(failure);
        else _reply.TrySetResult(result is null ? default! : result.Result);
    }

    private static void DeactivateIfInconsistent(Activation activation, Exception exception)
    {
        if (exception is not InconsistentStateException { IsSourceActivation: true } inconsistent) return;
        inconsistent.IsSourceActivation = false;
        activation.Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "State is not what storage holds."));
    }

    internal override void Fail(Exception exception) => _reply.TrySetException(exception);

    internal override void Forward()
    {
        if (++_forwardCount <= MaxForwardCount) target.Send(this);
        else Fail(new OrleansMessageRejectionException($"{target.GrainId} deactivated {_forwardCount} times before it took the request."));
    }
}
