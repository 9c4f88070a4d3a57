using System.Collections.Immutable;

namespace LeadEngine.Storage.Sqlite;

internal sealed class SqliteTasks(SqliteDriver driver) : ITaskDriver
{
    public Task Queue(long campaignId, ImmutableArray<NewTask> tasks, DateTimeOffset now, CancellationToken cancel) => driver.Write(tables =>
    {
        foreach (var task in tasks) tables.Tasks.Insert(campaignId, task, now);
        return true;
    });

    public Task<ImmutableArray<DueTask>> TakeDue(int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) =>
        driver.Write(tables => tables.Tasks.TakeDue(limit, now, until));

    public Task PutOff(long taskId, DateTimeOffset? until, CancellationToken cancel) => driver.Write(tables =>
    {
        if (until is { } time) tables.Tasks.PutOff(taskId, time);
        else tables.Tasks.Delete(taskId);
        return true;
    });

    public Task EndLeases(DateTimeOffset now, CancellationToken cancel) => driver.Write(tables =>
    {
        tables.Tasks.EndLeases(now);
        return true;
    });
}
