using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LeadEngine.Peers;

/// <summary>The HTTP of the peers that keep leads: the slice of the engine's that the benchmark asks for.</summary>
internal static class LeadEndpoints
{
    private const string ApiKey = "peer-key";

    public static void Map(WebApplication app)
    {
        app.MapPost("/admin/accounts", (NewAccount _) => new AccountAnswer(1, ApiKey));
        app.MapPost("/admin/campaigns", OpenCampaign);
        app.MapPost("/v2/{campaign:long}", SignUp);
        app.MapGet("/v2/{campaign:long}", Find);
    }

    private static async Task<CampaignAnswer> OpenCampaign(NewCampaign campaign, IPeerLeads leads, CancellationToken token) =>
        new(await leads.OpenCampaignAsync(campaign.Name, token));

    private static async Task<Results<Ok<LeadAnswer>, Conflict, NotFound>> SignUp(
        long campaign, SignUp person, HttpRequest request, IPeerLeads leads, CancellationToken token) =>
        !IsAuthorized(request) ? TypedResults.Conflict()
        : await leads.UpsertAsync(campaign, person with { Email = Normalize(person.Email) }, token) is { } lead ? TypedResults.Ok(lead)
        : TypedResults.NotFound();

    private static async Task<Results<Ok<LeadAnswer>, Conflict, NotFound>> Find(
        long campaign, string email, HttpRequest request, IPeerLeads leads, CancellationToken token) =>
        !IsAuthorized(request) ? TypedResults.Conflict()
        : await leads.FindAsync(campaign, Normalize(email), token) is { } lead ? TypedResults.Ok(lead)
        : TypedResults.NotFound();

    private static bool IsAuthorized(HttpRequest request) => request.Headers[HeaderNames.Authorization] == $"Bearer {ApiKey}";

    private static string Normalize(string email) => email.Trim().ToLowerInvariant();
}
