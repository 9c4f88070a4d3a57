namespace LeadEngine.ApiHost.Leads;

/// <summary>
/// Calls the engine until it is heard: when a silo goes, what was under way there is lost, or its answer is. Whatever is called has to be
/// safe to repeat.
/// </summary>
internal sealed class EngineCalls(TimeProvider clock, Random random)
{
    private const int MaxDoublings = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);

    /// <param name="call">Makes the call; it is told whether this is a repeat.</param>
    /// <param name="deadline">Until when.</param>
    /// <exception cref="Exception">What the engine threw, or that it was not heard: see <see cref="EngineSilence.IsLost"/>.</exception>
    public async Task<T> UntilHeard<T>(Func<bool, Task<T>> call, Deadline deadline)
    {
        for (var tries = 0; ; tries++)
        {
            var pause = Pause(tries);
            try
            {
                return await deadline.Bound(call(tries > 0));
            }
            catch (Exception lost) when (EngineSilence.IsLost(lost) && deadline.Left > pause)
            {
                await Task.Delay(pause, clock);
            }
        }
    }

    // 1 to 2 times 25 ms, doubled with each try up to 0.8 s: a silo that died is missed by the others after a few seconds.
    private TimeSpan Pause(int tries) => FirstPause * (1 << Math.Min(tries, MaxDoublings)) * (1 + random.NextDouble());
}
