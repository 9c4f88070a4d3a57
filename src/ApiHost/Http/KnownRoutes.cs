using Microsoft.AspNetCore.Routing.Template;

namespace LeadEngine.ApiHost.Http;

/// <summary>
/// Which methods a path takes, apart from what is answered only to say that there is no such thing: the server would take that, and the
/// answer to browsers that ask before they send, for a route.
/// </summary>
internal sealed class KnownRoutes(EndpointDataSource endpoints)
{
    private readonly Lazy<Route[]> _routes = new(() =>
    [
        .. from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<AnswersTheUnknown>() is null
           let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
           select new Route(new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []), methods),
    ]);

    /// <returns>In the order of the alphabet; nothing when there is no such route.</returns>
    public string[] MethodsOf(PathString path)
    {
        string[] methods =
        [
            .. _routes.Value.Where(route => route.Matcher.TryMatch(path, [])).SelectMany(route => route.Methods)
                .Distinct().Order(StringComparer.Ordinal),
        ];
        return methods is [var only] && HttpMethods.IsOptions(only) ? [] : methods;
    }

    private sealed record Route(TemplateMatcher Matcher, IReadOnlyList<string> Methods);
}

/// <summary>Marks an endpoint that answers what is no route.</summary>
internal sealed class AnswersTheUnknown;
