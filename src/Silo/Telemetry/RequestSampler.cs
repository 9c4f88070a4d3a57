using OpenTelemetry.Trace;

namespace LeadEngine.Silo.Telemetry;

/// <summary>
/// A trace begins with an HTTP request, and the ratio alone decides which: a stranger who says that a request is traced is not asked.
/// Everything else is recorded if what it belongs to is.
/// </summary>
internal sealed class RequestSampler(double ratio) : Sampler
{
    private const string HttpRequest = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly TraceIdRatioBasedSampler _requests = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => samplingParameters.Name == HttpRequest
        ? _requests.ShouldSample(samplingParameters)
        : new(samplingParameters.ParentContext.TraceFlags.HasFlag(System.Diagnostics.ActivityTraceFlags.Recorded)
            ? SamplingDecision.RecordAndSample
            : SamplingDecision.Drop);
}
