namespace LeadEngine.Grains.Campaigns;

/// <summary>Wakes the worker of this silo when work was queued here. Work of other silos is found by looking.</summary>
internal sealed class WorkBell
{
    private TaskCompletionSource _rung = NewRing();

    /// <summary>Ends when the bell is rung from now on.</summary>
    public Task Rung => _rung.Task;

    /// <summary>There is work.</summary>
    public void Ring() => Interlocked.Exchange(ref _rung, NewRing()).SetResult();

    private static TaskCompletionSource NewRing() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
