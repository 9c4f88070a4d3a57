using LeadEngine.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeadEngine.Silo.Health;

/// <summary>Ready means that the store answers.</summary>
internal sealed class StoreHealthCheck(ILeadStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.Ping().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreBusyException away)
        {
            return HealthCheckResult.Unhealthy("The store does not answer.", away);
        }
    }
}
