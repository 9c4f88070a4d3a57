using Microsoft.Extensions.Logging;

namespace LeadEngine.Silo.Cluster;

/// <summary>A client that comes before the silos, or before the database, waits for them.</summary>
internal sealed partial class WaitForSilos(TimeProvider clock, ILogger<WaitForSilos> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogWaiting(exception.Message);
        await Task.Delay(Pause, clock, cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "No silo of the cluster can be reached yet; trying again: {Reason}")]
    private partial void LogWaiting(string reason);
}
