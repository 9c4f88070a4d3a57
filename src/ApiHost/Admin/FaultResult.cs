using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Admin;

/// <summary>A fault as the result of a handler.</summary>
internal sealed class FaultResult(Fault fault) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        httpContext.RequestServices.GetRequiredService<ProblemShape>().Send(httpContext, fault);
}
