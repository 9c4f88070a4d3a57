using System.Diagnostics.Metrics;
using LeadEngine.Embedded.Tests.Runtime;
using LeadEngine.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.Embedded.Tests.Telemetry;

public sealed class RuntimeMetricsTests
{
    [Fact]
    public async Task Collect_SomeAreActive_CountsThemByClass()
    {
        await using var silo = await TestSilo.StartAsync(services => services.AddMetrics());
        using var log = new MeasurementLog(meter => meter.Scope == silo.Runtime.ServiceProvider.GetRequiredService<IMeterFactory>());
        await silo.Get<IEchoGrain>("a").Nothing();
        await silo.Get<IEchoGrain>("b").Nothing();
        await silo.Runtime.GetGrain<INumberGrain>(1).Number();

        log.Collect();

        Assert.Equal([3], log.ValuesOf("orleans-catalog-activations"));
        Assert.Equal(
            [(1, $"{typeof(NumberGrain).FullName},LeadEngine.Embedded.Tests"), (2, $"{typeof(EchoGrain).FullName},LeadEngine.Embedded.Tests")],
            log.Of("orleans-grains").Select(measured => ((int)measured.Value, (string)measured.Tag("type")!)).Order());
    }

    [Fact]
    public async Task Collect_AfterTheHostStopped_CountsNone()
    {
        await using var silo = await TestSilo.StartAsync(services => services.AddMetrics());
        using var log = new MeasurementLog(meter => meter.Scope == silo.Runtime.ServiceProvider.GetRequiredService<IMeterFactory>());
        await silo.Get<IEchoGrain>("a").Nothing();

        await silo.StopAsync();
        log.Collect();

        Assert.Equal([0], log.ValuesOf("orleans-catalog-activations"));
    }
}
