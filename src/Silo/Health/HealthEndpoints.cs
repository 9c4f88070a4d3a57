using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeadEngine.Silo.Health;

/// <summary>Tells a supervisor whether the process lives, and a load balancer whether it can serve.</summary>
public static class HealthEndpoints
{
    /// <summary>Adds <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        Map(app, "/health/live", "Whether the process runs.", _ => false);
        Map(app, "/health/ready", "Whether it can serve: whether its store answers.", check => check.Tags.Contains(LeadEngineHosting.ReadyTag));
        return app;
    }

    // The API's description takes in what has methods and a handler that can be looked at; health checks have neither by themselves.
    private static void Map(WebApplication app, string path, string summary, Func<HealthCheckRegistration, bool> isAsked) =>
        app.MapHealthChecks(path, new HealthCheckOptions { Predicate = isAsked })
            .WithTags("Health")
            .WithSummary(summary)
            .WithMetadata(
                new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]),
                typeof(RequestDelegate).GetMethod(nameof(RequestDelegate.Invoke))!,
                new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [MediaTypeNames.Text.Plain]),
                new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(string), [MediaTypeNames.Text.Plain]));
}
