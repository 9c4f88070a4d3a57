using LeadEngine.Silo.Logging;
using LeadEngine.Silo.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Http;

/// <summary>The server, and what all parts of the API share.</summary>
internal static class HttpHosting
{
    private const string DefaultUrl = "http://localhost:5080";

    // Above the limit of every route: each route answers for its own, in its own words.
    private const int MaxBodySize = 6 * 1024 * 1024;

    // Sign-ups may come as a query, whose values may be as long as those of a body.
    private const int MaxRequestLineSize = 32 * 1024;

    public static WebApplicationBuilder AddHttp(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<HttpOptions>().BindConfiguration(HttpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<HttpOptions>>(
            (host, http) => host.ShutdownTimeout = http.Value.Drain);
        builder.Services.Configure<KestrelServerOptions>(SetLimits);
        builder.Logging.AddPrivateConsole();
        builder.Services.AddSingleton<AnswerBuffers>();
        builder.Services.AddSingleton<RequestMetrics>();
        builder.Services.AddSingleton<ProblemShape>();
        builder.Services.AddSingleton<FaultShapes>();
        builder.Services.AddSingleton<KnownRoutes>();
        builder.Services.AddSingleton<PublicAddress>();
        if (!HasUrls(builder.Configuration)) builder.WebHost.UseUrls(DefaultUrl);
        return builder;
    }

    public static WebApplication UseHttp(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value.Traces) app.UseMiddleware<RequestSpans>();
        app.UseTrustedProxies(app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.TrustedProxies);
        app.UseMiddleware<FaultMiddleware>();
        return app;
    }

    private static void SetLimits(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = MaxBodySize;
        server.Limits.MaxRequestLineSize = MaxRequestLineSize;
    }

    private static bool HasUrls(ConfigurationManager configuration) =>
        !string.IsNullOrEmpty(configuration["urls"])
        || !string.IsNullOrEmpty(configuration["http_ports"])
        || !string.IsNullOrEmpty(configuration["https_ports"])
        || configuration.GetSection("Kestrel:Endpoints").Exists();
}
