namespace LeadEngine.ApiHost.Http;

/// <summary>Lets pages of any origin call the public API. It uses no cookies, so there is nothing that a foreign page could borrow.</summary>
internal static class Cors
{
    private const string ReadableHeaders = "Idempotency-Replayed, Retry-After";
    private const string UsualHeaders = "Authorization, Authentication, Content-Type, Idempotency-Key";
    private const string OneDay = "86400";

    /// <summary>Lets the page that sent a request read its answer.</summary>
    public static void Allow(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        if (context.Request.Headers.Origin.Count > 0) headers.AccessControlExposeHeaders = ReadableHeaders;
    }

    /// <summary>Answers a browser that asks whether it may send a request.</summary>
    public static RequestDelegate Preflight(params string[] methods)
    {
        var allowed = string.Join(", ", methods);
        return context =>
        {
            var asked = context.Request.Headers.AccessControlRequestHeaders;
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlAllowMethods = allowed;
            headers.AccessControlAllowHeaders = asked.Count > 0 ? asked : UsualHeaders;
            headers.AccessControlMaxAge = OneDay;
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        };
    }
}
