namespace LeadEngine.Storage.Gathering;

/// <summary>
/// The bounded queue of a <see cref="Gatherer{TItem}"/>. Those who wait too long are told so even while a batch is stuck.
/// </summary>
internal sealed class WaitingLine<TItem> : IDisposable where TItem : class, IPending
{
    private readonly Lock _gate = new();
    private readonly List<TItem> _waiting = [];
    private readonly SemaphoreSlim _arrival = new(0);
    private readonly GathererLimits _limits;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _size;
    private bool _timerIsSet;
    private bool _closed;

    public WaitingLine(GathererLimits limits, TimeProvider clock)
    {
        (_limits, _clock) = (limits, clock);
        _timer = clock.CreateTimer(_ => SendAwayTheImpatient(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The size of all that waits.</summary>
    public long Length => Volatile.Read(ref _size);

    /// <summary>Fails the item as busy when the queue is full or closed.</summary>
    public void Join(TItem item)
    {
        if (TryJoin(item) is { } refusal) item.Fail(new StoreBusyException(refusal));
    }

    private string? TryJoin(TItem item)
    {
        lock (_gate)
        {
            if (_closed) return "The store is stopping.";
            if (_size > 0 && _size + item.Size > _limits.QueueLength) return "Too much waits for the store.";
            item.Since = _clock.GetTimestamp();
            _waiting.Add(item);
            _size += item.Size;
            if (_waiting.Count == 1) Wake_NeedsLock();
            if (!_timerIsSet) SetTimer_NeedsLock();
            return null;
        }
    }

    /// <summary>Takes the next batch; false when nothing waits.</summary>
    public bool Take(List<TItem> batch, IBatchTarget<TItem> target)
    {
        lock (_gate)
        {
            target.BeginBatch();
            var (size, seen, kept) = (0, 0, 0);
            for (; seen < _waiting.Count; seen++)
            {
                var item = _waiting[seen];
                if (size > 0 && size + item.Size > _limits.BatchSize) break;
                if (target.Admits(item))
                {
                    batch.Add(item);
                    size += item.Size;
                }
                else _waiting[kept++] = item;
            }
            _waiting.RemoveRange(kept, seen - kept);
            _size -= size;
            return batch.Count > 0;
        }
    }

    /// <summary>Awaits an arrival, or the end; may return without one.</summary>
    /// <returns>False when the line is closed and empty.</returns>
    public async Task<bool> Arrival()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0) return true;
            if (_closed) return false;
        }
        await _arrival.WaitAsync();
        return true;
    }

    /// <summary>Nobody joins any more; those who wait are still served.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            Wake_NeedsLock();
        }
    }

    public bool HasLostPatience(TItem item) => _clock.GetElapsedTime(item.Since) >= _limits.Patience;

    private void SendAwayTheImpatient()
    {
        List<TItem> impatient = [];
        lock (_gate)
        {
            var count = 0;
            while (count < _waiting.Count && HasLostPatience(_waiting[count])) _size -= _waiting[count++].Size;
            impatient.AddRange(_waiting.Take(count));
            _waiting.RemoveRange(0, count);
            _timerIsSet = false;
            if (_waiting.Count > 0) SetTimer_NeedsLock();
        }
        foreach (var item in impatient) item.Fail(new StoreBusyException("The store is behind."));
    }

    private void Wake_NeedsLock()
    {
        if (_arrival.CurrentCount == 0) _arrival.Release();
    }

    private void SetTimer_NeedsLock()
    {
        var left = _limits.Patience - _clock.GetElapsedTime(_waiting[0].Since);
        _timerIsSet = _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _arrival.Dispose();
    }
}
