using System.Collections.Immutable;

namespace LeadEngine.Storage;

/// <summary>
/// The promised work of one database: <see cref="ITaskStore"/> tells what each member does, <see cref="IStoreDriver"/> how.
/// </summary>
internal interface ITaskDriver
{
    Task Queue(long campaignId, ImmutableArray<NewTask> tasks, DateTimeOffset now, CancellationToken cancel);

    Task<ImmutableArray<DueTask>> TakeDue(int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel);

    Task PutOff(long taskId, DateTimeOffset? until, CancellationToken cancel);

    /// <summary>Makes all work due: whoever took it is gone.</summary>
    Task EndLeases(DateTimeOffset now, CancellationToken cancel);
}
