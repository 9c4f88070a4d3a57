namespace LeadEngine.Storage.Gathering;

/// <summary>Where a <see cref="Gatherer{TItem}"/> sends its batches, and what may go into one together.</summary>
internal interface IBatchTarget<TItem>
{
    /// <summary>A new batch begins; called under the gatherer's lock, as is <see cref="Admits"/>.</summary>
    void BeginBatch();

    /// <summary>Whether the item may join those that the batch has already; if not, it stays for the next one.</summary>
    bool Admits(TItem item);

    /// <summary>Sends the batch and completes its items, or throws and completes none.</summary>
    Task Send(IReadOnlyList<TItem> batch, CancellationToken cancel);
}

/// <summary>What a <see cref="Gatherer{TItem}"/> may take and keep.</summary>
/// <param name="QueueLength">The size of all that may wait.</param>
/// <param name="BatchSize">The size of a batch, unless a single item is larger.</param>
/// <param name="Patience">How long an item waits or is tried again.</param>
internal sealed record GathererLimits(int QueueLength, int BatchSize, TimeSpan Patience);
