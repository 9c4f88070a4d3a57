using System.Diagnostics.Metrics;

namespace Orleans.Runtime;

/// <summary>
/// How many activations there are, under Orleans' names, so that a dashboard serves both. Counted only when somebody collects.
/// </summary>
internal static class RuntimeMetrics
{
    internal static void Observe(GrainRuntime runtime, IMeterFactory meters)
    {
        var meter = meters.Create("Microsoft.Orleans");
        meter.CreateObservableGauge("orleans-catalog-activations", () => runtime.Classes.Sum(grainClass => grainClass.Count));
        meter.CreateObservableUpDownCounter("orleans-grains", () => runtime.Classes.Select(
            grainClass => new Measurement<int>(grainClass.Count, new KeyValuePair<string, object?>("type", grainClass.TelemetryName))));
    }
}
