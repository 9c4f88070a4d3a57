namespace LeadEngine.Storage.Gathering;

/// <summary>Gathered reads: keys that wait are looked up together.</summary>
internal sealed class ReadTarget<TKey, TValue>(Func<IReadOnlyList<TKey>, CancellationToken, Task<TValue[]>> read)
    : IBatchTarget<Pending<TKey, TValue>>
{
    public void BeginBatch() { }

    public bool Admits(Pending<TKey, TValue> item) => true;

    public async Task Send(IReadOnlyList<Pending<TKey, TValue>> batch, CancellationToken cancel)
    {
        var keys = new TKey[batch.Count];
        for (var i = 0; i < keys.Length; i++) keys[i] = batch[i].Request;
        var values = await read(keys, cancel);
        for (var i = 0; i < keys.Length; i++) batch[i].TrySetResult(values[i]);
    }
}
