using LeadEngine.ApiHost.Leads;
using LeadEngine.Limits;

namespace LeadEngine.ApiHost.Limits;

/// <summary>Asks those who count for all hosts. A call whose answer was lost is repeated, and may have counted twice.</summary>
internal sealed class RateKeepers
{
    private readonly KeeperLine[] _lines;

    public RateKeepers(IGrainFactory grains, EngineCalls calls, Deadlines deadlines) =>
        _lines = [.. Enumerable.Range(0, RateSubject.Keepers).Select(key => new KeeperLine(
            asks => calls.UntilHeard(_ => grains.GetGrain<IRateLimitGrain>(key).Take(asks), deadlines.Start())))];

    /// <param name="ask">Requests of one client, or of one account.</param>
    /// <exception cref="TimeoutException">Nobody knows.</exception>
    public Task<RateReply> Ask(RateAsk ask) => _lines[RateSubject.KeeperOf(ask.Counters[0].Subject.Who)].Ask(ask);
}
