using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Limits;
using LeadEngine.ApiHost.OpenApi;
using LeadEngine.ApiHost.Webhooks;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>The routes of the KickoffLabs dialect.</summary>
internal static class KickoffLabsEndpoints
{
    private const string OfCampaign = "/v2/{campaign_id}";
    private const string OfAnyCampaign = "/v2";
    private const string FormOfCampaign = "/v1/{campaign_id}/subscribe";
    private const string FormOfAnyCampaign = "/v1/subscribe";

    public static IServiceCollection AddKickoffLabs(this IServiceCollection services)
    {
        services.AddSingleton<KickoffLabsShape>();
        services.AddSingleton<IFaultShape>(provider => provider.GetRequiredService<KickoffLabsShape>());
        services.AddSingleton<CampaignAccess>();
        services.AddSingleton<SignupEndpoint>();
        services.AddSingleton<LookUpEndpoint>();
        services.AddSingleton<CommandPipeline>();
        services.AddSingleton<LeadFinder>();
        services.AddSingleton<BulkEndpoint>();
        services.AddSingleton<VerifyPhoneEndpoint>();
        services.AddSingleton<PointsEndpoint>();
        services.AddSingleton<ActionEndpoint>();
        services.AddSingleton<CampaignsEndpoint>();
        services.AddSingleton<CampaignViewEndpoint>();
        services.AddSingleton<LeaderboardEndpoint>();
        services.AddSingleton<OutboundWebhookEndpoint>();
        services.AddSingleton<InboundWebhookEndpoint>();
        services.AddSingleton<InboundEndpoint>();
        services.AddWebhookWording<WebhookWording>();
        return services;
    }

    public static WebApplication MapKickoffLabs(this WebApplication app)
    {
        RequestDelegate signUp = app.Services.GetRequiredService<SignupEndpoint>().Handle;
        RequestDelegate lookUp = app.Services.GetRequiredService<LookUpEndpoint>().Handle;
        var access = app.Services.GetRequiredService<CampaignAccess>();
        var preflight = Cors.Preflight(access.LearnOrigins, HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete, HttpMethods.Options);

        app.MapPost(OfCampaign, signUp).Describe(KickoffLabsOperations.SignUp.OfCampaign(), signUp);
        app.MapGet(OfCampaign, lookUp).Describe(KickoffLabsOperations.LookUp.OfCampaign(), lookUp);
        app.MapPost(OfAnyCampaign, signUp).Describe(KickoffLabsOperations.SignUp, signUp);
        app.MapGet(OfAnyCampaign, lookUp).Describe(KickoffLabsOperations.LookUp, lookUp);
        app.MapPost(FormOfCampaign, signUp).Describe(KickoffLabsOperations.Subscribe.OfCampaign(), signUp);
        app.MapGet(FormOfCampaign, signUp).Describe(KickoffLabsOperations.SubscribeByQuery.OfCampaign(), signUp)
            .WithMetadata(new CountsAsPost());
        app.MapPost(FormOfAnyCampaign, signUp).Describe(KickoffLabsOperations.Subscribe, signUp);
        app.MapGet(FormOfAnyCampaign, signUp).Describe(KickoffLabsOperations.SubscribeByQuery, signUp)
            .WithMetadata(new CountsAsPost());
        foreach (var route in (string[])[OfCampaign, OfAnyCampaign, FormOfCampaign, FormOfAnyCampaign])
        {
            app.MapMethods(route, [HttpMethods.Options], preflight);
        }

        return app.MapKickoffLabsCommands();
    }
}
