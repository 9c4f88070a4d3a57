using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.OpenApi;

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
        return services;
    }

    public static WebApplication MapKickoffLabs(this WebApplication app)
    {
        RequestDelegate signUp = app.Services.GetRequiredService<SignupEndpoint>().Handle;
        RequestDelegate lookUp = app.Services.GetRequiredService<LookUpEndpoint>().Handle;
        var preflight = Cors.Preflight(HttpMethods.Get, HttpMethods.Post, HttpMethods.Options);

        foreach (var route in (string[])[OfCampaign, OfAnyCampaign])
        {
            app.MapPost(route, signUp).Describe(KickoffLabsOperations.SignUp, signUp);
            app.MapGet(route, lookUp).Describe(KickoffLabsOperations.LookUp, lookUp);
            app.MapMethods(route, [HttpMethods.Options], preflight);
        }

        foreach (var route in (string[])[FormOfCampaign, FormOfAnyCampaign])
        {
            app.MapPost(route, signUp).Describe(KickoffLabsOperations.Subscribe, signUp);
            app.MapGet(route, signUp).Describe(KickoffLabsOperations.SubscribeByQuery, signUp);
            app.MapMethods(route, [HttpMethods.Options], preflight);
        }

        return app;
    }
}
