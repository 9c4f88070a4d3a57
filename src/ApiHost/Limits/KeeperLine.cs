using System.Collections.Immutable;
using LeadEngine.Limits;

namespace LeadEngine.ApiHost.Limits;

/// <summary>The way to one who counts: what is asked while a call is under way goes together into the next one.</summary>
internal sealed class KeeperLine(Func<ImmutableArray<RateAsk>, Task<ImmutableArray<RateReply>>> call)
{
    private const int MaxTogether = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _line = new();
    private bool _isAsking;

    public Task<RateReply> Ask(RateAsk ask)
    {
        var waiting = new Waiting(ask);
        bool isFirst;
        lock (_lock)
        {
            _line.Enqueue(waiting);
            isFirst = !_isAsking;
            _isAsking = true;
        }

        if (isFirst) _ = AskAll();
        return waiting.Task;
    }

    private async Task AskAll()
    {
        while (Next() is { Length: > 0 } together) await AskTogether(together);
    }

    private Waiting[] Next()
    {
        lock (_lock)
        {
            var next = new Waiting[Math.Min(_line.Count, MaxTogether)];
            for (var index = 0; index < next.Length; index++) next[index] = _line.Dequeue();
            _isAsking = next.Length > 0;
            return next;
        }
    }

    private async Task AskTogether(Waiting[] together)
    {
        try
        {
            var replies = await call([.. together.Select(static waiting => waiting.Ask)]);
            for (var index = 0; index < together.Length; index++) together[index].SetResult(replies[index]);
        }
        catch (Exception silence)
        {
            foreach (var waiting in together) waiting.TrySetException(silence); // Whoever waits deals with it.
        }
    }

    private sealed class Waiting(RateAsk ask) : TaskCompletionSource<RateReply>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public RateAsk Ask => ask;
    }
}
