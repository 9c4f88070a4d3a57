using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>The errors of the KickoffLabs dialect: <c>{"message", "code"}</c>, with <c>errors</c> where parameters are wrong.</summary>
internal sealed class KickoffLabsShape(AnswerBuffers buffers, RequestMetrics metrics) : IFaultShape
{
    // Other dialects have routes below /v1 as well.
    public bool Owns(PathString path) => path.StartsWithSegments("/v2")
        || (path.StartsWithSegments("/v1", out var rest) && rest.Value!.Contains("/subscribe", StringComparison.OrdinalIgnoreCase));

    public async Task Send(HttpContext context, Fault fault)
    {
        metrics.Refused(fault);
        using var answer = buffers.Rent();
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteString("message"u8, fault.Message);
        json.WriteString("code"u8, fault.Code);
        if (fault.TraceId is { } traceId) json.WriteString("trace_id"u8, traceId);
        if (!fault.Details.IsEmpty)
        {
            json.WriteStartArray("errors"u8);
            foreach (var detail in fault.Details)
            {
                json.WriteStartObject();
                json.WriteString("parameter"u8, detail.Parameter);
                json.WriteString("code"u8, detail.Code);
                json.WriteString("message"u8, detail.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        Cors.Allow(context);
        ProblemShape.SetRetryAfter(context.Response, fault);
        await answer.Send(context.Response, fault.Status);
    }
}
