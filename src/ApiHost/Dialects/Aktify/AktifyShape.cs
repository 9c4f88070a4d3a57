using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>The errors of the Aktify dialect: <c>{"code", "message"}</c>, with <c>errors</c> where fields are wrong.</summary>
internal sealed class AktifyShape(AnswerBuffers buffers, RequestMetrics metrics) : IFaultShape
{
    public bool Owns(PathString path) => path.StartsWithSegments(AktifyEndpoints.Root);

    public async Task Send(HttpContext context, Fault fault)
    {
        metrics.Refused(fault);
        using var answer = buffers.Rent();
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteString("code"u8, fault.Code);
        json.WriteString("message"u8, fault.Message);
        if (fault.TraceId is { } traceId) json.WriteString("traceId"u8, traceId);
        if (!fault.Details.IsEmpty)
        {
            json.WriteStartArray("errors"u8);
            foreach (var detail in fault.Details)
            {
                json.WriteStartObject();
                json.WriteString("field"u8, detail.Parameter);
                json.WriteString("code"u8, detail.Code);
                json.WriteString("message"u8, detail.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        ProblemShape.SetRetryAfter(context.Response, fault);
        await answer.Send(context.Response, fault.Status);
    }
}
