namespace LeadEngine.Grains;

/// <summary>Pauses before asking again, so that callers which were turned away together do not come back together.</summary>
internal static class Jitter
{
    /// <summary>How often a grain asks again before it gives up as busy.</summary>
    public const int MaxTries = 8;

    /// <summary>Waits 1 to 2 times 5 ms, doubled with each try.</summary>
    public static Task Pause(int tries, TimeProvider clock) =>
        Task.Delay(TimeSpan.FromMilliseconds(5 * (1 << tries) * (1 + Random.Shared.NextDouble())), clock);
}
