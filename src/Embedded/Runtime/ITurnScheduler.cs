namespace Orleans.Runtime;

/// <summary>
/// Runs the activations that have something to do. All work of the runtime comes through here, so that whoever replaces it (a simulation)
/// decides what runs, when, and beside what.
/// </summary>
internal interface ITurnScheduler
{
    /// <summary>How many turns an activation may run before it goes back in the queue.</summary>
    int TurnsPerSlice { get; }

    void Schedule(IThreadPoolWorkItem activation);
}

internal sealed class ThreadPoolTurnScheduler : ITurnScheduler
{
    public int TurnsPerSlice => 100;

    public void Schedule(IThreadPoolWorkItem activation) => ThreadPool.UnsafeQueueUserWorkItem(activation, preferLocal: true);
}
