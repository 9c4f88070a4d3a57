using LeadEngine.Installation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeadEngine.Silo.Health;

/// <summary>For a host without grains, ready means that a silo answers, and the store behind it.</summary>
internal sealed class EngineHealthCheck(IGrainFactory grains, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Another one each time, so that no silo that is gone makes all hosts look ill for long.
            await grains.GetGrain<IStoreProbeGrain>(Guid.NewGuid().ToString("N")).Ping().WaitAsync(Patience, clock, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception away) when (away is StoreBusyException or TimeoutException or OrleansException)
        {
            return HealthCheckResult.Unhealthy("The engine does not answer.", away);
        }
    }
}
