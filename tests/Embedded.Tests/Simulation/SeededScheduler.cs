namespace LeadEngine.Embedded.Tests.Simulation;

/// <summary>
/// Runs a whole runtime, and the code that calls it, on one thread. Which of the things that are ready runs next is drawn from a seed, so a
/// seed is a history: it can be replayed.
/// </summary>
internal sealed class SeededScheduler(int seed, VirtualTime time) : TaskScheduler, ITurnScheduler
{
    private readonly Random _random = new(seed);
    private readonly List<object> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile Exception? _escape;

    public int TurnsPerSlice => 1;

    /// <summary>For other choices that are to be part of the same history.</summary>
    internal Random Random => _random;

    public void Schedule(IThreadPoolWorkItem activation) => Add(activation);

    /// <summary>Runs to the end of the work; when nothing is ready, time moves on to the next timer.</summary>
    internal void Run(Func<Task> work)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null); // It would take precedence over the schedulers.
        try
        {
            var done = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
            while (!done.IsCompleted)
            {
                if (!RunNext() && !time.FireNext())
                    throw new InvalidOperationException("Nothing is ready, no timer is set: a deadlock, or work on another thread.");
            }

            done.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    internal bool RunNext()
    {
        if (_escape is { } escape) throw escape;
        if (_ready.Count == 0) return false;
        var drawn = _random.Next(_ready.Count);
        var next = _ready[drawn];
        _ready[drawn] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (next is Task task) TryExecuteTask(task);
        else ((IThreadPoolWorkItem)next).Execute();
        return true;
    }

    protected override void QueueTask(Task task) => Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready.OfType<Task>();

    private void Add(object work)
    {
        if (Environment.CurrentManagedThreadId == _thread) _ready.Add(work);
        else _escape ??= new InvalidOperationException("Work came from another thread:\n" + Environment.StackTrace);
    }
}
