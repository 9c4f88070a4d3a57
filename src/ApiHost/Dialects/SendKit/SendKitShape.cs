using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>The errors of SendKit: <c>{"success": false, "error": {"code", "message"}}</c>, with a code for each status.</summary>
internal sealed class SendKitShape(AnswerBuffers buffers, RequestMetrics metrics) : IFaultShape
{
    public bool Owns(PathString path) =>
        path.StartsWithSegments("/v1/leads") || path.StartsWithSegments("/v1/campaigns")
        || path.StartsWithSegments("/v1/dnc") || path.StartsWithSegments("/v1/webhooks");

    public async Task Send(HttpContext context, Fault fault)
    {
        metrics.Refused(fault);
        using var answer = buffers.Rent();
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteBoolean("success"u8, false);
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, CodeOf(fault.Status));
        json.WriteString("message"u8, fault.Message);
        if (fault.TraceId is { } traceId) json.WriteString("traceId"u8, traceId);
        if (!fault.Details.IsEmpty)
        {
            json.WriteStartArray("details"u8);
            foreach (var detail in fault.Details)
            {
                json.WriteStartObject();
                json.WriteString("field"u8, detail.Parameter);
                json.WriteString("message"u8, detail.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        ProblemShape.SetRetryAfter(context.Response, fault);
        await answer.Send(context.Response, fault.Status);
    }

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "UNAUTHORIZED",
        StatusCodes.Status403Forbidden => "FORBIDDEN",
        StatusCodes.Status404NotFound => "NOT_FOUND",
        StatusCodes.Status405MethodNotAllowed => "METHOD_NOT_ALLOWED",
        StatusCodes.Status409Conflict => "CONFLICT",
        StatusCodes.Status413PayloadTooLarge => "PAYLOAD_TOO_LARGE",
        StatusCodes.Status415UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
        StatusCodes.Status422UnprocessableEntity => "IDEMPOTENCY_KEY_REUSED",
        StatusCodes.Status423Locked => "LOCKED",
        StatusCodes.Status429TooManyRequests => "RATE_LIMITED",
        StatusCodes.Status500InternalServerError => "INTERNAL_ERROR",
        StatusCodes.Status503ServiceUnavailable => "BUSY",
        StatusCodes.Status504GatewayTimeout => "UNKNOWN",
        _ => "VALIDATION_ERROR",
    };
}
