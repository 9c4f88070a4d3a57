using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Links;

namespace LeadEngine.ApiHost.Links;

/// <summary>Leads on whoever follows a short link.</summary>
internal sealed class LinkEndpoint(IGrainFactory grains, EngineCalls calls, Deadlines deadlines, ProblemShape shape)
{
    public const string CodeParameter = "code";

    /// <summary>Follows a link: a click.</summary>
    public Task Follow(HttpContext context) => Redirect(context, static link => link.Follow());

    /// <summary>Only looks where a link leads, as programs do that preview one.</summary>
    public Task Look(HttpContext context) => Redirect(context, static async link => (await link.Get())?.Url);

    private async Task Redirect(HttpContext context, Func<ILinkGrain, Task<string?>> ask)
    {
        var code = (string)context.Request.RouteValues[CodeParameter]!;
        var url = ShortLinks.IsCode(code)
            ? await calls.UntilHeard(_ => ask(grains.GetGrain<ILinkGrain>(code)), deadlines.Start())
            : null;
        // A redirect that somebody kept would be a click that nobody counts.
        context.Response.Headers.CacheControl = "no-store";
        if (url is null)
        {
            await shape.Send(context, LinkFaults.NotFound);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = url;
    }
}

/// <summary>The faults of short links.</summary>
internal static class LinkFaults
{
    public static readonly Fault NotFound = new(StatusCodes.Status404NotFound, "link_not_found", "There is no such link.");
}
