using LeadEngine.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadEngine.Silo;

/// <summary>Lets the search index of people follow the directory. Hosts may do it side by side.</summary>
internal sealed partial class DirectoryIndexing(IDirectoryStore directory, TimeProvider clock, ILogger<DirectoryIndexing> logger)
    : BackgroundService
{
    /// <summary>When so many were taken at once, there are more.</summary>
    internal const int Many = 500;

    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Run(stoppingToken);

    /// <summary>Goes on until it is told to stop, on the scheduler on which it is called.</summary>
    internal async Task Run(CancellationToken stoppingToken)
    {
        while (true)
        {
            var taken = await Follow();
            if (taken < Many) await Task.Delay(taken > 0 ? ShortPause : LongPause, clock, stoppingToken);
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    // Whatever is wrong with the index, people can sign up: it is tried again rather than the host stopped.
    private async Task<int> Follow()
    {
        try
        {
            return await directory.Index();
        }
        catch (Exception away) when (away is StoreBusyException or StoreOutcomeUnknownException)
        {
            LogPutOff(logger, away);
        }
        catch (Exception fault)
        {
            LogFault(logger, fault);
        }
        return 0;
    }

    [LoggerMessage(LogLevel.Information, "New people are not found by their words until the store answers again.")]
    private static partial void LogPutOff(ILogger logger, Exception reason);

    [LoggerMessage(LogLevel.Error, "New people are not found by their words: they could not be taken into the index.")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
