using LeadEngine.Grains.Verification;
using LeadEngine.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadEngine.Silo;

/// <summary>
/// Removes idempotency records that are too old to be asked for, and what is over of verification. Hosts may do it side by side.
/// </summary>
internal sealed partial class IdempotencySweep(ILeadStore store, TimeProvider clock, ILogger<IdempotencySweep> logger) : BackgroundService
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
            while (!stoppingToken.IsCancellationRequested && await store.ForgetOldAnswers() > 0)
            {
            }

            while (!stoppingToken.IsCancellationRequested && await store.ForgetOldStates(VerificationRecord.Name) > 0)
            {
            }
        }
        catch (Exception away) when (away is StoreBusyException or StoreOutcomeUnknownException)
        {
            LogPutOff(logger, away);
        }
    }

    [LoggerMessage(LogLevel.Information, "Old records stay until the store answers again.")]
    private static partial void LogPutOff(ILogger logger, Exception reason);
}
