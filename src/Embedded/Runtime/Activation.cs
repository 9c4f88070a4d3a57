namespace Orleans.Runtime;

/// <summary>
/// One grain in memory. It is its own task scheduler, so that whatever its methods await continues here; it runs on one thread at a time;
/// and all its fields but the inbox are touched in turns only, so nothing is locked. Half a million of them may be alive: mind every field.
/// </summary>
internal sealed partial class Activation(GrainClass grainClass, string key, int number) : TaskScheduler, IGrainContext, IThreadPoolWorkItem
{
    private static readonly WorkItem Busy = new Continuation(Task.CompletedTask);
    private static readonly object Slice = new();

    // A stack, newest on top. Null: at rest. Busy at its bottom: a slice is running or due.
    private WorkItem? _inbox;
    private WorkItem? _turns;
    private RequestQueue _waiting;
    private Request? _running;
    private Grain? _grain;
    private List<GrainTimer>? _timers;
    private Leave? _leaving;
    private long _lastUsed;
    private Stage _stage;
    private bool _blocked;
    private bool _isWatched;

    private enum Stage : byte
    {
        Asleep,
        Waking,
        Awake,
        Leaving,
        Gone,
        Lost,
    }

    internal GrainClass Class => grainClass;

    internal string Key => key;

    /// <summary>The order of creation.</summary>
    internal int Number => number;

    internal Grain Grain => _grain!;

    public GrainId GrainId => grainClass.IdOf(key);

    public object? GrainInstance => _grain;

    public IServiceProvider ActivationServices => grainClass.Runtime.ServiceProvider;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>May be asked by any thread; the answer is final in a turn only.</summary>
    internal bool IsStale => _stage is Stage.Awake && _running is null && _waiting.First is null && grainClass.IsStale(_lastUsed);

    internal void Post(WorkItem item)
    {
        if (Enqueue(item)) grainClass.Runtime.Turns.Schedule(this);
    }

    /// <summary>
    /// For work that comes by the hundred thousand and is not urgent: it runs here, so that it does not queue before what is.
    /// </summary>
    internal void PostIdle(WorkItem item)
    {
        if (Enqueue(item)) grainClass.Runtime.Turns.RunIdle(this);
    }

    /// <summary>True if it has nobody yet who will run it.</summary>
    private bool Enqueue(WorkItem item)
    {
        var top = Volatile.Read(ref _inbox);
        while (true)
        {
            item.Next = top;
            var seen = Interlocked.CompareExchange(ref _inbox, item, top);
            if (seen == top) return top is null;
            top = seen;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        var slice = new Task(static _ => ((Activation)Current).RunSlice(), Slice, TaskCreationOptions.DenyChildAttach);
        slice.RunSynchronously(this);
        slice.GetAwaiter().GetResult(); // Grains' exceptions do not get here: this one would be the runtime's own, and end the process.
        var isAtRest = !HasTurn && Interlocked.CompareExchange(ref _inbox, null, Busy) == Busy;
        if (!isAtRest) grainClass.Runtime.Turns.Schedule(this);
    }

    private bool HasTurn => _turns is not null || IsDueToLeave || MayStart(_waiting.First);

    private bool IsDueToLeave => _leaving is not null && _running is null && _stage is Stage.Awake && !MayStart(_waiting.First);

    private void RunSlice()
    {
        for (var left = grainClass.Runtime.Turns.TurnsPerSlice; left > 0 && RunTurn(); left--)
        {
        }
    }

    private bool RunTurn()
    {
        _turns ??= TakeInbox();
        if (_turns is { } turn)
        {
            (_turns, turn.Next) = (turn.Next, null);
            turn.Run(this);
        }
        else if (IsDueToLeave) _ = LeaveAsync();
        else if (MayStart(_waiting.First)) Start(_waiting.Dequeue()!);
        else return false;
        return true;
    }

    private WorkItem? TakeInbox()
    {
        var item = Interlocked.Exchange(ref _inbox, Busy);
        WorkItem? oldest = null;
        while (item is not null && item != Busy) (item.Next, oldest, item) = (oldest, item, item.Next);
        return oldest;
    }

    /// <summary>A request that came, or came free: it starts, waits, or goes elsewhere.</summary>
    internal void Receive(Request request)
    {
        switch (_stage)
        {
            case Stage.Gone:
                SendOn(request);
                break;
            case Stage.Lost:
                request.Fail(Gone());
                break;
            case Stage.Awake when MayStart(request) && (_waiting.First is null || CanInterleave(request)):
                Start(request);
                break;
            default:
                _waiting.Enqueue(request);
                if (_stage is Stage.Asleep) _ = WakeAsync();
                break;
        }
    }

    private bool CanInterleave(Request request) => grainClass.IsReentrant || request.Interleaves;

    private bool MayStart(Request? request) =>
        request is not null && _stage is Stage.Awake && _leaving is null or { ServesWaiting: true }
        && (!_blocked || CanInterleave(request));

    private void Start(Request request)
    {
        request.Next = _running;
        if (_running is not null) _running.Previous = request;
        _running = request;
        if (!CanInterleave(request)) _blocked = true;
        _ = request.InvokeAsync(this);
    }

    internal void Finished(Request request)
    {
        if (request.Previous is { } previous) previous.Next = request.Next;
        else _running = (Request?)request.Next;
        if (request.Next is Request next) next.Previous = request.Previous;
        (request.Previous, request.Next) = (null, null);
        if (!CanInterleave(request)) _blocked = false;
        if (_running is null) Rest(request);
    }

    // Nobody watches one that is about to leave: that would keep it in memory until it were due for a look.
    private void Rest(Request last)
    {
        if (last.KeepsAlive) _lastUsed = grainClass.Runtime.Clock.GetTimestamp();
        if (_isWatched || _leaving is not null) return;
        _isWatched = true;
        grainClass.Watch(this);
    }

    internal void Resume(Task task)
    {
        // What a lost activation awaited never comes back to it, as after a crash.
        if (_stage is not Stage.Lost) TryExecuteTask(task);
    }

    protected override void QueueTask(Task task) => Post(new Continuation(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        (task.AsyncState == Slice || (Current == this && !taskWasPreviouslyQueued)) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
