using LeadEngine.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadEngine.Silo;

/// <summary>Removes what is too old from the log of deliveries, and of dead letters. Hosts may do it side by side.</summary>
internal sealed partial class DeliveryLogSweep(IWebhookStore store, TimeProvider clock, ILogger<DeliveryLogSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Sweep(stoppingToken);
    }

    private async Task Sweep(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested && await store.ForgetOldAttempts() + await store.ForgetOldDead() > 0)
            {
            }
        }
        catch (Exception away) when (away is StoreBusyException or StoreOutcomeUnknownException)
        {
            LogPutOff(logger, away);
        }
    }

    [LoggerMessage(LogLevel.Information, "Old tries and dead letters stay until the store answers again.")]
    private static partial void LogPutOff(ILogger logger, Exception reason);
}
