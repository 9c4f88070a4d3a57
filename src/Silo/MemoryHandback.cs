using Microsoft.Extensions.Hosting;

namespace LeadEngine.Silo;

/// <summary>
/// Gives memory back after a burst. The garbage collector would do so at its next full collection, which never comes once nobody
/// allocates any more; so this asks for one as soon as the process has been quiet for a while.
/// </summary>
internal sealed class MemoryHandback(TimeProvider clock) : BackgroundService
{
    // The activations of the burst leave within the first of the two looks: what they held can be given back only after that.
    internal const int QuietLooks = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        var (collections, floor, quiet) = (GC.CollectionCount(0), 0L, 0);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            quiet = IsQuiet(GC.CollectionCount(0) - collections) ? quiet + 1 : 0;
            if (IsWorthwhile(quiet, CommittedBytes, floor))
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                floor = CommittedBytes;
            }
            (collections, floor) = (GC.CollectionCount(0), Math.Min(floor, CommittedBytes));
        }
    }

    private static long CommittedBytes => GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;

    /// <summary>Nobody is kept waiting.</summary>
    /// <param name="collections">How many collections there were since the last look.</param>
    internal static bool IsQuiet(int collections) => collections <= 2;

    /// <summary>It has been quiet for long enough, and there is something to be won.</summary>
    /// <param name="quietLooks">How many looks in a row found the process quiet.</param>
    /// <param name="committed">The bytes that the heap took from the system at the last collection.</param>
    /// <param name="floor">The bytes that it kept when memory was last given back; 0 before that.</param>
    internal static bool IsWorthwhile(int quietLooks, long committed, long floor)
    {
        const long Slack = 48_000_000;
        return quietLooks >= QuietLooks && committed - floor > Slack;
    }
}
