using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Web;

/// <summary>The errors of our pages, in words for people.</summary>
internal sealed class PageShape(RequestMetrics metrics) : IFaultShape
{
    public bool Owns(PathString path) =>
        path.StartsWithSegments(WebPaths.OptOut)
        || path.StartsWithSegments(WebPaths.Verification)
        || path.StartsWithSegments(WebPaths.PhoneVerification);

    public Task Send(HttpContext context, Fault fault)
    {
        metrics.Refused(fault);
        return PageWriter.Send(context, PageOf(fault) with { Status = fault.Status, RetryAfter = fault.RetryAfter });
    }

    private static Page PageOf(Fault fault) => fault switch
    {
        { Status: StatusCodes.Status503ServiceUnavailable } =>
            Page.Of("Please try again", "We are busy at the moment, and nothing has changed. Please try again in a moment."),
        { Status: StatusCodes.Status504GatewayTimeout } =>
            Page.Of("Please try again", "This took too long, and we do not know whether it is done. To do it again does no harm."),
        { TraceId: { } traceId } =>
            Page.Of("Something went wrong", $"Something went wrong on our side. Please mention {traceId} if you ask us."),
        _ => Page.Of("This did not work", fault.Message),
    };
}
