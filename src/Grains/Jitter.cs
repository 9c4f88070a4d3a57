namespace LeadEngine.Grains;

/// <summary>Pauses before asking again, so that callers which were turned away together do not come back together.</summary>
internal sealed class Jitter(TimeProvider clock, Random random)
{
    /// <summary>How often a grain asks again before it gives up as busy.</summary>
    public const int MaxTries = 8;

    /// <summary>Waits 1 to 2 times 5 ms, doubled with each try.</summary>
    public Task Pause(int tries) => Task.Delay(TimeSpan.FromMilliseconds(5 * (1 << tries) * (1 + random.NextDouble())), clock);
}
