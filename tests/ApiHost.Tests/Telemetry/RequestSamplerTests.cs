using System.Diagnostics;
using LeadEngine.Silo.Telemetry;
using OpenTelemetry.Trace;

namespace LeadEngine.ApiHost.Tests.Telemetry;

public sealed class RequestSamplerTests
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    [Theory]
    [InlineData(Request, 1, false, SamplingDecision.RecordAndSample)]
    [InlineData(Request, 0, false, SamplingDecision.Drop)]
    [InlineData(Request, 0, true, SamplingDecision.Drop)]
    [InlineData("ILeadGrain/Get", 1, false, SamplingDecision.Drop)]
    [InlineData("ILeadGrain/Get", 0, true, SamplingDecision.RecordAndSample)]
    public void ShouldSample_NameRatioAndParent_DecideTogether(string name, double ratio, bool isParentRecorded, SamplingDecision decision)
    {
        var parent = isParentRecorded
            ? new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true)
            : default;

        var result = new RequestSampler(ratio).ShouldSample(new(parent, ActivityTraceId.CreateRandom(), name, ActivityKind.Server));

        Assert.Equal(decision, result.Decision);
    }
}
