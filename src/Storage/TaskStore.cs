using System.Collections.Immutable;
using LeadEngine.Storage.Gathering;
using LeadEngine.Storage.Telemetry;
using Microsoft.Extensions.Options;

namespace LeadEngine.Storage;

/// <summary>
/// Tries again what nobody knows the outcome of: work that is kept twice is carried out once, under its request id, and what was taken
/// unheard is handed out again when its lease is over.
/// </summary>
internal sealed class TaskStore(
    IStoreDriver driver, IOptions<StoreOptions> options, TimeProvider clock, StoreMetrics metrics, Random? random = null) : ITaskStore
{
    private readonly PatientCaller _caller =
        new(options.Value.Patience, clock, random ?? Random.Shared, metrics.RetriesOf(StoreOperations.Call));

    public Task Queue(long campaignId, ImmutableArray<NewTask> tasks) =>
        _caller.Repeat(cancel => driver.Tasks.Queue(campaignId, tasks, clock.GetUtcNow(), cancel));

    public Task<ImmutableArray<DueTask>> TakeDue(int limit, TimeSpan lease) => _caller.Repeat(cancel =>
    {
        var now = clock.GetUtcNow();
        return driver.Tasks.TakeDue(limit, now, now + lease, cancel);
    });

    public Task PutOff(long taskId, DateTimeOffset? until) => _caller.Repeat(cancel => driver.Tasks.PutOff(taskId, until, cancel));
}
