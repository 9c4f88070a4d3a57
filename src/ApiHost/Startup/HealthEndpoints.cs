using LeadEngine.Silo;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace LeadEngine.ApiHost.Startup;

/// <summary>Tells a supervisor whether the process lives, and a load balancer whether it can serve.</summary>
internal static class HealthEndpoints
{
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(LeadEngineHosting.ReadyTag),
        });
        return app;
    }
}
