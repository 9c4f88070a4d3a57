using System.Collections.Immutable;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>A driver to the promised work of the simulated database.</summary>
internal sealed class SimulatedTasks(IWay way, SimulatedDatabase database) : ITaskDriver
{
    public Task Queue(long campaignId, ImmutableArray<NewTask> tasks, DateTimeOffset now, CancellationToken cancel) =>
        way.Write($"{tasks.Length} tasks of campaign {campaignId}", () => database.Queue(campaignId, tasks, now));

    public Task<ImmutableArray<DueTask>> TakeDue(int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) =>
        way.Write($"taking of due tasks", () => database.TakeDue(limit, now, until));

    public Task PutOff(long taskId, DateTimeOffset? until, CancellationToken cancel) =>
        way.Write($"task {taskId} put off", () => database.PutOff(taskId, until));

    public Task EndLeases(DateTimeOffset now, CancellationToken cancel) =>
        way.Write($"end of leases of tasks", () => database.EndLeases(now));
}
