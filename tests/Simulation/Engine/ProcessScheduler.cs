using LeadEngine.Embedded.Tests.Simulation;

namespace LeadEngine.Simulation.Engine;

/// <summary>
/// All work of one process goes through here on its way to the one thread, so that a process, or one of its activations, can be frozen,
/// and a process can be killed: what it had to do is then never done.
/// </summary>
internal sealed class ProcessScheduler(SeededScheduler world) : TaskScheduler, ITurnScheduler
{
    private readonly Dictionary<object, Queue<Step>> _frozen = new(ReferenceEqualityComparer.Instance);
    private const int MaxSteps = 5_000_000;

    private bool _isDead;
    private int _steps;

    public int TurnsPerSlice => 1;

    public void Schedule(IThreadPoolWorkItem activation) => Add(activation);

    /// <summary>Something that comes from outside, a timer for example.</summary>
    public void Post(Action action) => Add(action);

    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public void Kill() => _isDead = true;

    /// <summary>Holds up one activation, or the whole process when it is given itself.</summary>
    public void Freeze(object what) => _frozen.TryAdd(what, new Queue<Step>());

    public void Thaw(object what)
    {
        if (!_frozen.Remove(what, out var held)) return;
        foreach (var step in held) world.Schedule(step);
    }

    protected override void QueueTask(Task task) => Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Add(object work) => world.Schedule(new Step(this, work));

    private void Run(Step step)
    {
        if (_isDead) return;
        if (++_steps > MaxSteps) throw new InvalidOperationException("The process is busy without end.");
        if (_frozen.Count > 0 && (_frozen.TryGetValue(this, out var held) || _frozen.TryGetValue(step.Work, out held))) held.Enqueue(step);
        else if (step.Work is Task task) TryExecuteTask(task);
        else if (step.Work is Action action) action();
        else ((IThreadPoolWorkItem)step.Work).Execute();
    }

    private sealed class Step(ProcessScheduler process, object work) : IThreadPoolWorkItem
    {
        public object Work => work;

        public void Execute() => process.Run(this);
    }
}

/// <summary>The clock of one process. Its timers go off in the process: late when that is frozen, never when it is dead.</summary>
internal sealed class ProcessClock(VirtualTime time, ProcessScheduler process) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(_ => process.Post(() => callback(state)), null, dueTime, period);
}
