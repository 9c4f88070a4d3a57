using LeadEngine.Embedded.Tests.Simulation;

namespace LeadEngine.Simulation.Engine;

/// <summary>What all parts of one simulation share: one thread, one clock, one source of chance, one history.</summary>
internal sealed class World
{
    public World(int seed)
    {
        Time = new VirtualTime();
        Scheduler = new SeededScheduler(seed, Time);
        Chance = new Chance(Scheduler.Random);
        History = new History(Time);
    }

    public VirtualTime Time { get; }

    public SeededScheduler Scheduler { get; }

    public Chance Chance { get; }

    public History History { get; }

    /// <summary>Runs something at a later time, whatever becomes of the processes meanwhile.</summary>
    public void After(TimeSpan span, Action action) =>
        Time.CreateTimer(static state => ((Action)state!)(), action, span, Timeout.InfiniteTimeSpan);

    public Task Pause(TimeSpan span) => Task.Delay(span, Time);
}
