using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Storage.Gathering;

/// <summary>Pauses between tries, each about twice as long as the one before, so that a store that comes back is not overrun.</summary>
internal struct Backoff(TimeProvider clock, Random random, RetryCount retries)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private TimeSpan _next = First;

    public Task Pause(CancellationToken cancel)
    {
        var pause = _next * (0.5 + random.NextDouble() / 2);
        retries.Add();
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return Task.Delay(pause, clock, cancel);
    }
}
