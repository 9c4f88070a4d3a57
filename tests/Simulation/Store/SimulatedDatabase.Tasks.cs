using System.Collections.Immutable;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>Promised work.</summary>
internal sealed partial class SimulatedDatabase
{
    private readonly SortedDictionary<long, TaskRow> _tasks = [];
    private long _lastTaskId;

    /// <summary>All that is left to do.</summary>
    public IEnumerable<NewTask> Work => _tasks.Values.Select(row => row.Task);

    /// <summary>Whether there is work left to do with a lead.</summary>
    public bool HasTaskOf(long leadId) => _tasks.Values.Any(row => row.Task.LeadId == leadId);

    public bool Queue(long campaignId, ImmutableArray<NewTask> tasks, DateTimeOffset now)
    {
        foreach (var task in tasks)
        {
            _tasks.Add(++_lastTaskId, new TaskRow(campaignId, task, now));
            Log.Add(new WorkQueued(_lastTaskId, campaignId, task));
        }

        return true;
    }

    public ImmutableArray<DueTask> TakeDue(int limit, DateTimeOffset now, DateTimeOffset until)
    {
        var due = _tasks.GroupBy(pair => pair.Value.Task.LeadId).Select(tasks => tasks.First())
            .Where(pair => pair.Value.DueAt <= now).OrderBy(pair => pair.Value.DueAt).Take(limit).ToList();
        foreach (var (id, row) in due) _tasks[id] = row with { DueAt = until };
        return [.. due.Select(pair => new DueTask(pair.Key, pair.Value.CampaignId, pair.Value.Task))];
    }

    public bool PutOff(long taskId, DateTimeOffset? until)
    {
        if (until is not { } time) return EndTask(taskId, isDropped: true);
        if (_tasks.TryGetValue(taskId, out var row)) _tasks[taskId] = row with { DueAt = time };
        return true;
    }

    public bool EndLeases(DateTimeOffset now)
    {
        foreach (var (id, row) in _tasks.Where(pair => pair.Value.DueAt > now).ToList()) _tasks[id] = row with { DueAt = now };
        return true;
    }

    private void RemoveTasksOf(long leadId)
    {
        var over = _tasks.Where(pair => pair.Value.Task.LeadId == leadId).Select(pair => pair.Key).ToList();
        foreach (var id in over) EndTask(id, isDropped: false);
    }

    private bool EndTask(long taskId, bool isDropped)
    {
        if (!_tasks.Remove(taskId, out var row)) return false;
        Log.Add(new WorkOver(taskId, row.Task, isDropped));
        return true;
    }

    private sealed record TaskRow(long CampaignId, NewTask Task, DateTimeOffset DueAt);
}
