using System.Diagnostics.Metrics;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Telemetry;

public sealed class FaultShapeTests
{
    [Fact]
    public async Task Send_ShapeOfEveryDialect_CountsTheFaultOnce()
    {
        await using var app = new FakeApplication();
        using var log = new MeasurementLog(meter => meter.Scope == app.Services.GetRequiredService<IMeterFactory>());
        IFaultShape[] shapes = [.. app.Services.GetServices<IFaultShape>(), app.Services.GetRequiredService<ProblemShape>()];

        foreach (var shape in shapes)
        {
            var context = new DefaultHttpContext { RequestServices = app.Services };
            await shape.Send(context, Faults.Busy);
        }

        Assert.Equal(
            Enumerable.Repeat("busy", shapes.Length), log.Of("leadengine.requests.refused").Select(measured => measured.Tag("reason")));
    }
}
