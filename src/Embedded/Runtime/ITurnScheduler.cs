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

    /// <summary>For the thread that looks for idle activations: it may run them itself, one after the other.</summary>
    void RunIdle(IThreadPoolWorkItem activation) => Schedule(activation);
}

internal sealed class ThreadPoolTurnScheduler : ITurnScheduler
{
    public int TurnsPerSlice => 100;

    public void Schedule(IThreadPoolWorkItem activation) => ThreadPool.UnsafeQueueUserWorkItem(activation, preferLocal: true);

    public void RunIdle(IThreadPoolWorkItem activation) => activation.Execute();
}
