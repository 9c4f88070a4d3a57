using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeadEngine.Silo.Telemetry;

/// <summary>Puts metrics and traces into a host.</summary>
public static class TelemetryHosting
{
    /// <summary>
    /// Sends metrics and traces by OTLP if section <c>Telemetry</c> says so. Hosted services stop in reverse order: call this before all
    /// that adds some, so that what they say at their end is sent as well.
    /// </summary>
    public static TBuilder AddTelemetry<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<TelemetryExport>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TelemetryExport>());
        return builder;
    }

    /// <summary>Carries traces through grain calls, where traces are wanted.</summary>
    public static ISiloBuilder AddTracing(this ISiloBuilder silo) => AreWanted(silo.Configuration) ? silo.AddActivityPropagation() : silo;

#if ORLEANS
    /// <inheritdoc cref="AddTracing(ISiloBuilder)"/>
    public static IClientBuilder AddTracing(this IClientBuilder client) =>
        AreWanted(client.Configuration) ? client.AddActivityPropagation() : client;
#endif

    private static bool AreWanted(IConfiguration configuration) =>
        configuration.GetSection(TelemetryOptions.Section).GetValue<bool>(nameof(TelemetryOptions.Traces));
}
