using System.Text.Json;

namespace LeadEngine.Peers;

/// <summary>What every peer's web host has.</summary>
internal static class PeerHttp
{
    public static void AddPeerJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(json =>
    {
        json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.SerializerOptions.TypeInfoResolverChain.Insert(0, PeerJson.Default);
    });

    public static void MapPeerHealth(this WebApplication app) => app.MapGet("/health/ready", () => TypedResults.Ok());
}
