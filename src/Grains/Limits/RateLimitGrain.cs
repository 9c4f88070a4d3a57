using System.Collections.Immutable;
using LeadEngine.Limits;
using Orleans.Placement;

namespace LeadEngine.Grains.Limits;

/// <summary>Counts in memory. It may leave only when it has been idle for longer than anything it counted matters.</summary>
[RandomPlacement, GrainType("ratelimit")]
internal sealed class RateLimitGrain(TimeProvider clock) : Grain, IRateLimitGrain
{
    private readonly RateCounters _counters = new();
    private readonly long _start = clock.GetTimestamp();

    public Task<ImmutableArray<RateReply>> Take(ImmutableArray<RateAsk> asks)
    {
        var now = clock.GetElapsedTime(_start);
        var replies = ImmutableArray.CreateBuilder<RateReply>(asks.Length);
        foreach (var ask in asks) replies.Add(_counters.Take(ask, now));
        return Task.FromResult(replies.MoveToImmutable());
    }
}
