using System.Diagnostics;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Silo.Logging;
using Microsoft.Extensions.Primitives;

namespace LeadEngine.ApiHost.Http;

/// <summary>Gives every request that no handler answered an error in the shape of the part of the API that it was sent to.</summary>
internal sealed partial class FaultMiddleware(
    RequestDelegate next, FaultShapes shapes, KnownRoutes routes, ILogger<FaultMiddleware> log)
{
    public async Task Invoke(HttpContext context)
    {
        if (!HasReadableHost(context.Request))
        {
            await shapes.Send(context, Faults.InvalidHost);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var isLeft = context.RequestAborted.IsCancellationRequested;
            var fault = isLeft ? null : FaultOf(exception, context);
            context.Response.Clear();
            // Where the next request would begin, behind a body that could not be read to its end, nobody knows.
            if (isLeft || exception is BadHttpRequestException) context.Response.Headers.Connection = "close";
            if (fault is not null) await shapes.Send(context, fault); // Else nobody is left to be told.
            return;
        }

        var response = context.Response;
        if (response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted && response.ContentType is null)
        {
            await shapes.Send(context, FaultOf(response));
        }
    }

    // Names of other alphabets are decoded wherever the host is asked for, and one that only looks like such a name throws there.
    private static bool HasReadableHost(HttpRequest request)
    {
        if (!request.Headers.Host.ToString().Contains("xn--", StringComparison.OrdinalIgnoreCase)) return true;
        try
        {
            return request.Host.HasValue;
        }
        catch (ArgumentException)
        {
            return false; // HostString has no TryParse: an exception is how it says no.
        }
    }

    private Fault FaultOf(HttpResponse response)
    {
        if (response.StatusCode is not StatusCodes.Status405MethodNotAllowed) return Faults.OfStatus(response.StatusCode);
        var methods = routes.MethodsOf(response.HttpContext.Request.Path);
        response.Headers.Allow = methods.Length > 0 ? string.Join(", ", methods) : default(StringValues);
        return methods.Length > 0 ? Faults.MethodNotAllowed : Faults.NoSuchRoute;
    }

    private Fault FaultOf(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return Faults.OfStatus(bad.StatusCode);
            case StoreBusyException:
                return Faults.Busy;
            case var silence when EngineSilence.IsSilence(silence) && OnlyAsks(context.Request.Method):
                return Faults.Busy; // Whoever only asks has changed nothing.
            case var silence when EngineSilence.IsSilence(silence):
                LogUnknown(context.Request.Method, exception.GetType().Name);
                return Faults.Unknown;
            default:
                var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
                LogFault(traceId, PrivateText.Hide(exception.ToString()));
                return Faults.Internal(traceId);
        }
    }

    private static bool OnlyAsks(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    [LoggerMessage(LogLevel.Error, "A request failed; its trace id is {TraceId}: {Details}")]
    private partial void LogFault(string traceId, string details);

    [LoggerMessage(LogLevel.Warning, "It is not known whether a {Method} request took effect: {Silence}")]
    private partial void LogUnknown(string method, string silence);
}
