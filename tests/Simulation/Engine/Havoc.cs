using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Engine;

/// <summary>What shall go wrong beside the database's own faults, and how often.</summary>
internal sealed record HavocPlan
{
    /// <summary>The mean time from one fault to the next; null for no faults.</summary>
    public TimeSpan? Every { get; init; }

    public double LoseActivation { get; init; }

    public double Zombie { get; init; }

    public double Kill { get; init; }

    public double Restart { get; init; }

    public double Second { get; init; }

    public double Freeze { get; init; }

    public double StoreAway { get; init; }
}

/// <summary>Makes things go wrong until it is told to stop.</summary>
internal sealed class Havoc(World world, Cluster cluster, Outside outside, HavocPlan plan)
{
    private const int MaxFaults = 50;

    private readonly List<Task> _underWay = [];
    private readonly List<Action> _undo = [];
    private bool _isOver;

    private Chance Chance => world.Chance;

    public async Task Run()
    {
        if (plan.Every is not { } every) return;
        (double, Action)[] faults =
        [
            (plan.LoseActivation, LoseActivation),
            (plan.Zombie, MakeZombie),
            (plan.Kill, Kill),
            (plan.Restart, Restart),
            (plan.Second, StartSecond),
            (plan.Freeze, Freeze),
            (plan.StoreAway, TakeStoreAway),
        ];
        for (var left = MaxFaults; left > 0 && !_isOver; left--)
        {
            await world.Pause(Chance.About(every));
            if (!_isOver && cluster.Alive.Count > 0) Chance.Of(faults)();
        }
    }

    /// <summary>Ends all faults: what is frozen goes on, and one process is left.</summary>
    public async Task Stop()
    {
        _isOver = true;
        world.History.Add($"no more faults");
        outside.Weather = Weather.Fair;
        foreach (var undo in _undo) undo();
        await Task.WhenAll(_underWay);
        while (cluster.Alive.Count > 1) cluster.Kill(cluster.Alive[0]);
    }

    private void LoseActivation()
    {
        if (DrawActivation() is not var (_, activation)) return;
        world.History.Add("activation lost", $"the activation of {activation.GrainId} is lost");
        activation.Lose();
    }

    private void MakeZombie()
    {
        if (DrawActivation() is not var (process, activation)) return;
        cluster.HadDoubles = true;
        GrainRuntime.Orphan(activation);
        if (Chance.Happens(0.3))
        {
            world.History.Add("zombie", $"the activation of {activation.GrainId} is a zombie");
            return;
        }

        var span = Chance.UpTo(TimeSpan.FromMilliseconds(Chance.Happens(0.2) ? 8_000 : 300));
        world.History.Add("zombie", $"the activation of {activation.GrainId} is a zombie, frozen for {span.TotalMilliseconds:F3} ms");
        process.Freeze(activation);
        Later(span, () => process.Thaw(activation));
    }

    private void Kill()
    {
        if (cluster.IsWornOut) return;
        var process = Chance.Of(cluster.Alive);
        cluster.Kill(process);
        if (cluster.Alive.Count == 0) StartLater();
    }

    private void Restart()
    {
        if (cluster.IsWornOut) return;
        var process = Chance.Of(cluster.Alive);
        process.Thaw();
        _underWay.Add(cluster.Stop(process));
        if (cluster.Alive.Count == 0) StartLater();
    }

    private void StartSecond()
    {
        if (cluster.Alive.Count == 1 && !cluster.IsWornOut) _underWay.Add(cluster.Start());
    }

    private void Freeze()
    {
        var process = Chance.Of(cluster.Alive);
        var span = Chance.UpTo(TimeSpan.FromSeconds(Chance.Happens(0.3) ? 12 : 1));
        world.History.Add("process frozen", $"process {process.Number} is frozen for {span.TotalMilliseconds:F3} ms");
        process.Freeze();
        Later(span, process.Thaw);
        // Whoever watches over it takes it for dead.
        if (Chance.Happens(0.7) && cluster.Alive.Count == 1 && !cluster.IsWornOut) StartLater();
    }

    private void TakeStoreAway()
    {
        var span = Chance.UpTo(TimeSpan.FromSeconds(Chance.Happens(0.3) ? 12 : 1));
        world.History.Add("database away", $"the database is away for {span.TotalMilliseconds:F3} ms");
        outside.Weather = outside.Weather with { IsAway = true };
        Later(span, () => outside.Weather = outside.Weather with { IsAway = false });
    }

    private void StartLater() => _underWay.Add(StartAfter(Chance.UpTo(TimeSpan.FromMilliseconds(500))));

    private async Task StartAfter(TimeSpan pause)
    {
        await world.Pause(pause);
        await cluster.Start();
    }

    private void Later(TimeSpan span, Action undo)
    {
        _undo.Add(undo);
        world.After(span, undo);
    }

    // Sorted, since a dictionary of strings has another order in each run.
    private (SimulatedProcess Process, Activation Activation)? DrawActivation()
    {
        var process = Chance.Of(cluster.Alive);
        var activations = process.Runtime.Activations
            .OrderBy(activation => activation.GrainId.ToString(), StringComparer.Ordinal).ThenBy(activation => activation.Number).ToList();
        return activations.Count == 0 ? null : (process, Chance.Of(activations));
    }
}
