namespace LeadEngine.ApiHost.Http;

/// <summary>Finds who words the errors of a path: the first dialect that owns it, else problem details.</summary>
internal sealed class FaultShapes(IEnumerable<IFaultShape> dialects, ProblemShape otherwise)
{
    private readonly IFaultShape[] _shapes = [.. dialects, otherwise];

    public Task Send(HttpContext context, Fault fault) =>
        Array.Find(_shapes, shape => shape.Owns(context.Request.Path))!.Send(context, fault);
}
