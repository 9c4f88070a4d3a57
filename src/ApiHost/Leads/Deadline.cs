using LeadEngine.ApiHost.Http;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Leads;

/// <summary>Until when a request waits for the engine: one span for all its calls together.</summary>
internal readonly struct Deadline(TimeProvider clock, long start, TimeSpan span)
{
    /// <exception cref="TimeoutException">The time is over; the call goes on without us.</exception>
    public ValueTask<T> Bound<T>(ValueTask<T> call) => call.IsCompleted ? call : new(Bound(call.AsTask()));

    /// <exception cref="TimeoutException">The time is over; the call goes on without us.</exception>
    public Task<T> Bound<T>(Task<T> call)
    {
        if (call.IsCompleted) return call;
        var left = Left;
        return call.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
    }

    /// <summary>How much time there is; below zero when it is over.</summary>
    public TimeSpan Left => span - clock.GetElapsedTime(start);
}

/// <summary>Starts the clock of requests.</summary>
internal sealed class Deadlines(IOptions<HttpOptions> options, TimeProvider clock)
{
    public Deadline Start() => new(clock, clock.GetTimestamp(), options.Value.Deadline);
}
