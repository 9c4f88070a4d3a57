using Microsoft.Extensions.Hosting;

namespace LeadEngine.Silo;

/// <summary>
/// Gives memory back after a burst. The garbage collector would do so at its next full collection, which never comes once nobody
/// allocates any more; so this asks for one as soon as the process is quiet.
/// </summary>
internal sealed class MemoryHandback(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        var (collections, floor) = (GC.CollectionCount(0), 0L);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsWorthwhile(GC.CollectionCount(0) - collections, CommittedBytes, floor))
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                floor = CommittedBytes;
            }
            (collections, floor) = (GC.CollectionCount(0), Math.Min(floor, CommittedBytes));
        }
    }

    private static long CommittedBytes => GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;

    /// <summary>Nobody is kept waiting, and there is something to be won.</summary>
    /// <param name="collections">How many collections there were since the last look.</param>
    /// <param name="committed">The bytes that the heap took from the system at the last collection.</param>
    /// <param name="floor">The bytes that it kept when memory was last given back; 0 before that.</param>
    internal static bool IsWorthwhile(int collections, long committed, long floor)
    {
        const int QuietCollections = 2;
        const long Slack = 48_000_000;
        return collections <= QuietCollections && committed - floor > Slack;
    }
}
