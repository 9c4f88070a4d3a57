using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace LeadEngine.ApiHost.Http;

/// <summary>
/// Gives a request's span the name of its route, which ASP.NET Core leaves to instrumentation; the path and the query stay out of it.
/// </summary>
internal sealed class RequestSpans(RequestDelegate next)
{
    private const string OtherMethod = "_OTHER";

    private static readonly string[] Methods =
    [
        HttpMethods.Get, HttpMethods.Post, HttpMethods.Patch, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Options, HttpMethods.Head,
    ];

    public async Task Invoke(HttpContext context)
    {
        await next(context);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { Recorded: true } span) Describe(span, context);
    }

    private static void Describe(Activity span, HttpContext context)
    {
        var method = Methods.Contains(context.Request.Method) ? context.Request.Method : OtherMethod;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var status = context.Response.StatusCode;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
    }
}
