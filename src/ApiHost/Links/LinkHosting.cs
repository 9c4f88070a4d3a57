using LeadEngine.ApiHost.OpenApi;

namespace LeadEngine.ApiHost.Links;

/// <summary>The routes of short links.</summary>
internal static class LinkHosting
{
    private static readonly ApiOperation Following = new()
    {
        Id = "followLink",
        Tag = "Short links",
        Summary = "Leads on to the address behind a short link, and counts the click.",
        Description = "Nobody needs a key to follow a link; codes cannot be guessed.",
        PathParts = [new(LinkEndpoint.CodeParameter, ApiType.Text, "The code of the link.")],
        Answers =
        [
            new(StatusCodes.Status302Found, "Where to go.", []),
            new(StatusCodes.Status404NotFound, "There is no such link.", []),
            new(StatusCodes.Status503ServiceUnavailable, "The engine is busy.", []),
        ],
    };

    private static readonly ApiOperation Looking = Following with
    {
        Id = "lookAtLink",
        Summary = "Tells where a short link leads; no click is counted.",
    };

    public static IServiceCollection AddShortLinks(this IServiceCollection services)
    {
        services.AddSingleton<ShortLinks>();
        services.AddSingleton<LinkEndpoint>();
        return services;
    }

    public static WebApplication MapShortLinks(this WebApplication app)
    {
        const string Route = $"{ShortLinks.Path}/{{{LinkEndpoint.CodeParameter}}}";
        var links = app.Services.GetRequiredService<LinkEndpoint>();
        RequestDelegate follow = links.Follow;
        RequestDelegate look = links.Look;
        app.MapGet(Route, follow).Describe(Following, follow);
        app.MapMethods(Route, [HttpMethods.Head], look).Describe(Looking, look);
        return app;
    }
}
