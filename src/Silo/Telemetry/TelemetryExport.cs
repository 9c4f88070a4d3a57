using LeadEngine.Storage.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LeadEngine.Silo.Telemetry;

/// <summary>
/// Listens while the host runs. Where nothing is to be sent there is no listener, and instruments and spans cost nothing.
/// </summary>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options, IConfiguration configuration) : IHostedService, IDisposable
{
    private const string ServiceName = "leadengine";

    private static readonly string[] Meters =
    [
        EngineTelemetry.Name, "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime",
    ];

    // Orleans has more sources, which tell of what happens to every activation.
    private static readonly string[] Sources = [EngineTelemetry.Name, "Microsoft.AspNetCore", "Microsoft.Orleans.Application"];

    private readonly Lock _gate = new();
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Metrics) _metrics = SendMetrics();
        if (options.Value.Traces) _traces = SendTraces(options.Value.TraceRatio);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left. Whoever stops a host may do so beside its container, and either returns when it is sent.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _metrics?.Dispose();
            _traces?.Dispose();
            (_metrics, _traces) = (null, null);
        }
    }

    private MeterProvider SendMetrics() => Sdk.CreateMeterProviderBuilder()
        .ConfigureServices(UseOurConfiguration)
        .ConfigureResource(Describe)
        .AddMeter(Meters)
        .AddOtlpExporter()
        .Build();

    private TracerProvider SendTraces(double ratio) => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(UseOurConfiguration)
        .ConfigureResource(Describe)
        .SetSampler(new RequestSampler(ratio))
        .AddSource(Sources)
        .AddProcessor(new PrivateSpans())
        .AddOtlpExporter()
        .Build();

    // OpenTelemetry's settings may come from anywhere that ours come from.
    private void UseOurConfiguration(IServiceCollection services) => services.AddSingleton(configuration);

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, which come last, win.
    private static void Describe(ResourceBuilder resource) =>
        resource.Clear().AddTelemetrySdk().AddService(ServiceName).AddEnvironmentVariableDetector();
}
