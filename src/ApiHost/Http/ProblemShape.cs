using System.Globalization;
using System.Text.Json;

namespace LeadEngine.ApiHost.Http;

/// <summary>Problem details (RFC 9457): the administration's errors, and those of paths that belong to no dialect.</summary>
internal sealed class ProblemShape(AnswerBuffers buffers, RequestMetrics metrics) : IFaultShape
{
    public bool Owns(PathString path) => true;

    public async Task Send(HttpContext context, Fault fault)
    {
        metrics.Refused(fault);
        using var answer = buffers.Rent();
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteString("type"u8, "about:blank"u8);
        json.WriteString("title"u8, fault.Message);
        json.WriteNumber("status"u8, fault.Status);
        json.WriteString("code"u8, fault.Code);
        if (fault.TraceId is { } traceId) json.WriteString("trace_id"u8, traceId);
        WriteDetails(json, fault);
        json.WriteEndObject();
        SetRetryAfter(context.Response, fault);
        await answer.Send(context.Response, fault.Status, "application/problem+json");
    }

    /// <summary>Tells when to try again, if it is known.</summary>
    public static void SetRetryAfter(HttpResponse response, Fault fault)
    {
        if (fault.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void WriteDetails(Utf8JsonWriter json, Fault fault)
    {
        if (fault.Details.IsEmpty) return;
        json.WriteStartObject("errors"u8);
        foreach (var field in fault.Details.GroupBy(detail => detail.Parameter))
        {
            json.WriteStartArray(field.Key);
            foreach (var detail in field) json.WriteStringValue(detail.Message);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
