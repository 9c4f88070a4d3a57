namespace Orleans.Runtime;

/// <summary>Something for an activation to do. Items are nodes of the lists that they wait in, and wait in one at a time.</summary>
internal abstract class WorkItem
{
    internal WorkItem? Next;

    /// <summary>Called in a turn of the activation.</summary>
    internal abstract void Run(Activation activation);
}

/// <summary>The rest of a method that awaited something.</summary>
internal sealed class Continuation(Task task) : WorkItem
{
    internal override void Run(Activation activation) => activation.Resume(task);
}

/// <summary>The wish that the activation end.</summary>
internal sealed class Leave(DeactivationReason reason, CancellationToken token = default) : WorkItem
{
    private readonly TaskCompletionSource _left = new();

    internal DeactivationReason Reason => reason;

    internal CancellationToken Token => token;

    internal Task Left => _left.Task;

    internal void SetLeft() => _left.TrySetResult();

    /// <summary>A host that stops has nobody else to serve those that wait.</summary>
    internal bool ServesWaiting => reason.ReasonCode is DeactivationReasonCode.ShuttingDown;

    internal bool Outranks(Leave other) =>
        reason.ReasonCode is DeactivationReasonCode.ActivationFailed || (other.ServesWaiting && !ServesWaiting);

    internal override void Run(Activation activation)
    {
        if (reason.ReasonCode is not DeactivationReasonCode.ActivationIdle || activation.IsStale) activation.BeginLeaving(this);
        else activation.Class.Watch(activation);
    }
}

/// <summary>Something that runs between other requests, or beside them where that is allowed.</summary>
internal abstract class Request : WorkItem
{
    /// <summary>With <see cref="WorkItem.Next"/>, its place among the requests that run.</summary>
    internal Request? Previous;

    internal abstract bool Interleaves { get; }

    internal abstract bool KeepsAlive { get; }

    internal sealed override void Run(Activation activation) => activation.Receive(this);

    /// <summary>Ends without an exception; whatever goes wrong goes to the caller.</summary>
    internal abstract Task InvokeAsync(Activation activation);

    internal abstract void Fail(Exception exception);

    /// <summary>Goes on to the next activation of the same grain.</summary>
    internal abstract void Forward();
}

/// <summary>First in, first out.</summary>
internal struct RequestQueue
{
    private Request? _last;

    internal Request? First { get; private set; }

    internal void Enqueue(Request request)
    {
        request.Next = null;
        if (First is null) First = request;
        else _last!.Next = request;
        _last = request;
    }

    internal Request? Dequeue()
    {
        var first = First;
        if (first is null) return null;
        First = (Request?)first.Next;
        first.Next = null;
        if (First is null) _last = null;
        return first;
    }
}
