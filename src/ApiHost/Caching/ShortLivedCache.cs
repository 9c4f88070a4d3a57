using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LeadEngine.ApiHost.Caching;

/// <summary>
/// Remembers answers for a moment, up to a number of them. However many ask at once for what is not there, it is loaded once. What could
/// not be loaded is not remembered.
/// </summary>
internal sealed class ShortLivedCache<TKey, TValue>(TimeSpan lifetime, int capacity, TimeProvider clock) where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_entries.TryGetValue(key, out var entry) && IsFresh(entry) && entry.Loading.Value is { IsCompletedSuccessfully: true } loaded)
        {
            value = loaded.Result;
            return true;
        }

        value = default;
        return false;
    }

    /// <param name="key">What to load.</param>
    /// <param name="load">Loads it.</param>
    /// <param name="keep">Whether an answer may be remembered.</param>
    public async ValueTask<TValue> Load(TKey key, Func<Task<TValue>> load, Func<TValue, bool> keep)
    {
        var entry = FreshEntry(key, load);
        try
        {
            var value = await entry.Loading.Value;
            if (!keep(value)) Forget(key, entry);
            return value;
        }
        catch
        {
            Forget(key, entry);
            throw;
        }
    }

    public void Forget(TKey key) => _entries.TryRemove(key, out _);

    // An entry's age counts from before it was asked for, so that nothing is believed for longer than the lifetime.
    private Entry FreshEntry(TKey key, Func<Task<TValue>> load)
    {
        if (_entries.TryGetValue(key, out var found) && IsFresh(found)) return found;
        MakeRoom();
        var fresh = new Entry(clock.GetTimestamp(), new Lazy<Task<TValue>>(load));
        return _entries.AddOrUpdate(key, fresh, (_, other) => IsFresh(other) ? other : fresh);
    }

    private void MakeRoom()
    {
        if (_entries.Count < capacity) return;
        foreach (var (key, entry) in _entries)
        {
            if (!IsFresh(entry)) Forget(key, entry);
        }

        if (_entries.Count >= capacity) _entries.Clear();
    }

    private bool IsFresh(Entry entry) => clock.GetElapsedTime(entry.AskedAt) < lifetime;

    private void Forget(TKey key, Entry entry) => _entries.TryRemove(new(key, entry));

    private sealed class Entry(long askedAt, Lazy<Task<TValue>> loading)
    {
        public long AskedAt => askedAt;

        public Lazy<Task<TValue>> Loading => loading;
    }
}
