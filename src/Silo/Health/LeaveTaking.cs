using LeadEngine.Silo.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace LeadEngine.Silo.Health;

/// <summary>
/// What a host does when it is told to stop, before it stops anything: it says that it is not ready, and gives load balancers time to
/// notice.
/// </summary>
internal static class LeaveTaking
{
    public static void AddLeaveTaking(this IHostApplicationBuilder builder, ClusterSettings options)
    {
        builder.Services.AddHealthChecks().AddCheck<StayHealthCheck>("stay", tags: [LeadEngineHosting.ReadyTag]);
        if (options.Notice == TimeSpan.Zero) return;
        builder.Services.AddHostedService(provider => new NoticePeriod(
            options.Notice, provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
        builder.Services.PostConfigure<HostOptions>(host => host.ShutdownTimeout += options.Notice);
    }
}

/// <summary>Who is about to leave is not ready.</summary>
internal sealed class StayHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("The process is about to leave.")
            : HealthCheckResult.Healthy());
}

/// <summary>Holds up the stop of everything else for the notice.</summary>
internal sealed class NoticePeriod(TimeSpan notice, IHostApplicationLifetime lifetime, TimeProvider clock) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication(); // From now on it is not ready, also when it was not a signal that stops it.
        return Task.Delay(notice, clock, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
