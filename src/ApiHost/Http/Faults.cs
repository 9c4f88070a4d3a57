namespace LeadEngine.ApiHost.Http;

/// <summary>The faults that no dialect has to itself.</summary>
internal static class Faults
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public static readonly Fault NoSuchRoute = new(StatusCodes.Status404NotFound, "route_not_found", "There is no such route.");

    public static readonly Fault MethodNotAllowed =
        new(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "This route does not take that method.");

    public static readonly Fault UnsupportedContentType =
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported_content_type", "This route does not take that content type.");

    public static readonly Fault BodyTooLarge =
        new(StatusCodes.Status413PayloadTooLarge, "body_too_large", "The request body is too large.");

    public static readonly Fault InvalidJson = new(
        StatusCodes.Status400BadRequest, "invalid_json", "The body could not be read. Please verify the JSON payload.");

    public static readonly Fault InvalidForm =
        new(StatusCodes.Status400BadRequest, "invalid_form", "The form could not be read. Please verify its encoding.");

    public static readonly Fault InvalidQuery =
        new(StatusCodes.Status400BadRequest, "invalid_query", "The query could not be read. Please verify its encoding.");

    public static readonly Fault InvalidRequest =
        new(StatusCodes.Status400BadRequest, "invalid_request", "The request could not be read.");

    public static readonly Fault InvalidHost =
        new(StatusCodes.Status400BadRequest, "invalid_host", "The header Host holds no name that can be read.");

    public static readonly Fault Busy = new(
        StatusCodes.Status503ServiceUnavailable, "busy", "The engine is busy or its store is away. Nothing changed; please try again.")
    {
        RetryAfter = Soon,
    };

    public static readonly Fault Unknown = new(
        StatusCodes.Status504GatewayTimeout,
        "unknown",
        "It is not known whether the request took effect. A repeat with the same Idempotency-Key is safe.")
    {
        RetryAfter = Soon,
    };

    /// <summary>More requests than are allowed.</summary>
    public static Fault RateLimited(TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests, "rate_limited", "Rate limit exceeded. Please try again when Retry-After is over.")
    {
        RetryAfter = wait,
    };

    /// <summary>A fault of ours.</summary>
    public static Fault Internal(string traceId) => new(
        StatusCodes.Status500InternalServerError, "internal_error", $"Something went wrong on our side. Its trace id is {traceId}.")
    {
        TraceId = traceId,
    };

    /// <summary>What a status that came without a body stands for.</summary>
    public static Fault OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => NoSuchRoute,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedContentType,
        _ => InvalidRequest with { Status = status },
    };
}
