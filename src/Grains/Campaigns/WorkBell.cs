namespace LeadEngine.Grains.Campaigns;

/// <summary>Wakes the worker of this silo when work was queued here. Work of other silos is found by looking.</summary>
internal sealed class WorkBell
{
    // Whoever rings is in a turn of a grain, where nothing of the worker's runs: it goes on on the scheduler that it waits on.
    private TaskCompletionSource _rung = new();

    /// <summary>Ends when the bell is rung from now on.</summary>
    public Task Rung => _rung.Task;

    /// <summary>There is work.</summary>
    public void Ring() => Interlocked.Exchange(ref _rung, new()).SetResult();
}
