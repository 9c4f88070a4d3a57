using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Starts the search for idle activations with the host, and ends all activations with it.</summary>
internal sealed partial class SiloLifetime(
    GrainRuntime runtime, IOptions<GrainCollectionOptions> collection, ILogger<SiloLifetime> log, IMeterFactory? meters = null)
    : IHostedService, IDisposable
{
    private ITimer? _collector;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = collection.Value;
        var shortest = options.ClassSpecificCollectionAge.Values.Append(options.CollectionAge).Min();
        if (options.CollectionQuantum <= TimeSpan.Zero || shortest <= options.CollectionQuantum)
        {
            throw new OrleansConfigurationException($"{nameof(GrainCollectionOptions.CollectionQuantum)} ({options.CollectionQuantum}) "
                + $"must be more than 0 and less than every collection age ({shortest}).");
        }

        if (meters is not null) RuntimeMetrics.Observe(runtime, meters);
        _collector = runtime.Clock.CreateTimer(_ => runtime.CollectIdle(), null, options.CollectionQuantum, options.CollectionQuantum);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _collector?.Dispose();
        try
        {
            await runtime.StopAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStoppedEarly(log);
        }
    }

    public void Dispose() => _collector?.Dispose();

    [LoggerMessage(LogLevel.Warning, "The host stops although some grains have not finished.")]
    private static partial void LogStoppedEarly(ILogger logger);
}
