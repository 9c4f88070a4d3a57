using LeadEngine.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadEngine.Silo;

/// <summary>Removes what was on its way to subscriptions that were disabled or removed. Hosts may do it side by side.</summary>
internal sealed partial class DropSweep(IWebhookStore store, TimeProvider clock, ILogger<DropSweep> logger) : BackgroundService
{
    // Short: whoever enables a subscription again waits for it.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Sweep(stoppingToken);
    }

    private async Task Sweep(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested && await store.RemoveDropped() > 0)
            {
            }
        }
        catch (Exception away) when (away is StoreBusyException or StoreOutcomeUnknownException)
        {
            LogPutOff(logger, away);
        }
    }

    [LoggerMessage(LogLevel.Information, "Dropped deliveries stay until the store answers again.")]
    private static partial void LogPutOff(ILogger logger, Exception reason);
}
