using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Engine;

/// <summary>
/// The processes that run on one database. Mostly there is one; for a while there may be none, or a second one beside a first that nobody
/// told to go.
/// </summary>
internal sealed class Cluster(World world, Outside outside, EngineLimits limits)
{
    private const int MaxStarts = 4;

    private readonly List<SimulatedProcess> _alive = [];
    private int _started;

    /// <summary>Starting a process is slow, also here: after so many there are no faults that need another.</summary>
    public bool IsWornOut => _started >= MaxStarts;

    public IReadOnlyList<SimulatedProcess> Alive => _alive;

    /// <summary>There have been two activations of one grain, so an answer to a look-up may have been old.</summary>
    public bool HadDoubles { get; set; }

    public async Task Start()
    {
        var process = new SimulatedProcess(++_started, world, outside, limits);
        world.History.Add($"process {process.Number} starts");
        await process.Start();
        _alive.Add(process);
        if (_alive.Count == 1) return;
        HadDoubles = true;
        world.History.Add("two processes", $"{_alive.Count} processes run side by side");
    }

    public void Kill(SimulatedProcess process)
    {
        world.History.Add("process killed", $"process {process.Number} is killed");
        _alive.Remove(process);
        process.Kill();
    }

    /// <summary>No new request gets there; those that it has are answered.</summary>
    public async Task Stop(SimulatedProcess process)
    {
        world.History.Add("process stopped", $"process {process.Number} is told to stop");
        _alive.Remove(process);
        HadDoubles = true; // While it leaves, another may have begun.
        await process.Stop();
        world.History.Add($"process {process.Number} has stopped");
    }

    /// <summary>The process that a new connection reaches; null while none runs.</summary>
    public SimulatedProcess? Reach() => _alive.Count == 0 ? null : world.Chance.Of(_alive);
}
