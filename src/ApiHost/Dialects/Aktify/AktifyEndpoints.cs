using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.OpenApi;
using LeadEngine.ApiHost.Webhooks;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>The routes of the Aktify dialect.</summary>
internal static class AktifyEndpoints
{
    public const string Root = "/api/v1";

    public static IServiceCollection AddAktify(this IServiceCollection services)
    {
        services.AddSingleton<AktifyShape>();
        services.AddSingleton<IFaultShape>(provider => provider.GetRequiredService<AktifyShape>());
        services.AddSingleton<AktifyAccess>();
        services.AddSingleton<AddLeadEndpoint>();
        services.AddSingleton<AddDncsEndpoint>();
        services.AddWebhookWording<WebhookWording>();
        return services;
    }

    public static WebApplication MapAktify(this WebApplication app)
    {
        RequestDelegate addLead = app.Services.GetRequiredService<AddLeadEndpoint>().Handle;
        RequestDelegate addDncs = app.Services.GetRequiredService<AddDncsEndpoint>().Handle;
        app.MapPost($"{Root}/leads", addLead).Describe(AktifyOperations.AddLead, addLead);
        app.MapPost($"{Root}/dncs", addDncs).Describe(AktifyOperations.AddDncs, addDncs);
        return app;
    }
}
