namespace LeadEngine.Storage.Tests.Gathering;

/// <summary>Runs what is awaited on the test's own thread and only when told to, so that nothing happens by chance.</summary>
internal sealed class TestLoop : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = [];

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_ready) _ready.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <summary>Does the action and all that follows from it until everything waits.</summary>
    public T Run<T>(Func<T> action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var result = action();
            while (TryTake(out var next)) next.Callback(next.State);
            return result;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_ready) return _ready.TryDequeue(out next);
    }
}
