using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;

namespace LeadEngine.ApiHost.Http;

/// <summary>
/// Lets pages call the public API: of any origin, unless the campaign that a request is about names its origins. The API uses no cookies,
/// so there is nothing that a foreign page could borrow. What a page may not read is answered all the same: an API key is what keeps others
/// out.
/// </summary>
internal static class Cors
{
    private const string ReadableHeaders = "Idempotency-Replayed, Retry-After";
    private const string UsualHeaders = "Authorization, Authentication, Content-Type, Idempotency-Key";
    private const string OneDay = "86400";
    private const string Any = "*";

    /// <summary>Lets the page that sent a request read its answer.</summary>
    public static void Allow(HttpContext context)
    {
        if (!AllowOrigin(context)) return;
        if (context.Request.Headers.Origin.Count > 0) context.Response.Headers.AccessControlExposeHeaders = ReadableHeaders;
    }

    /// <summary>Tells which origins a request may come from, once it is known which campaign it is about.</summary>
    /// <param name="context">The request.</param>
    /// <param name="origins">Origins in lower case; <c>*</c> is any.</param>
    public static void Restrict(HttpContext context, ImmutableArray<string> origins)
    {
        if (!origins.Contains(Any)) context.Features.Set(new AllowedOrigins(origins));
    }

    /// <summary>Answers a browser that asks whether it may send a request.</summary>
    /// <param name="learnOrigins">Finds out which campaign it is about, if the path says so, and calls <see cref="Restrict"/>.</param>
    /// <param name="methods">The methods of the route.</param>
    public static RequestDelegate Preflight(Func<HttpContext, ValueTask> learnOrigins, params string[] methods)
    {
        var allowed = string.Join(", ", methods);
        return async context =>
        {
            await learnOrigins(context);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            if (!AllowOrigin(context)) return;
            var asked = context.Request.Headers.AccessControlRequestHeaders;
            var headers = context.Response.Headers;
            headers.AccessControlAllowMethods = allowed;
            headers.AccessControlAllowHeaders = asked.Count > 0 ? asked : UsualHeaders;
            headers.AccessControlMaxAge = OneDay;
        };
    }

    private static bool AllowOrigin(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (context.Features.Get<AllowedOrigins>() is not { } allowed)
        {
            headers.AccessControlAllowOrigin = Any;
            return true;
        }

        headers.Vary = HeaderNames.Origin;
        var origin = context.Request.Headers.Origin.ToString();
        if (!allowed.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)) return false;
        headers.AccessControlAllowOrigin = origin;
        return true;
    }

    private sealed record AllowedOrigins(ImmutableArray<string> Origins);
}
