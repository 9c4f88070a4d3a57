using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Lets only holders of the key in.</summary>
internal sealed class AdminKeyFilter(AdminKey key) : IEndpointFilter
{
    public const string Header = "X-Admin-Key";

    private static readonly Fault WrongKey =
        new(StatusCodes.Status401Unauthorized, "invalid_admin_key", $"The header {Header} must hold the administration's key.");

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers[Header] is [{ } presented] && key.Is(presented)
            ? next(context)
            : ValueTask.FromResult<object?>(new FaultResult(WrongKey));
}
