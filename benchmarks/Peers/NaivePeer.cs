using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LeadEngine.Peers;

/// <summary>What a competent team writes in an afternoon: one transaction a request, ranks from a counter in the campaign's row.</summary>
internal static class NaivePeer
{
    private const string ApiKey = "naive-peer-key";

    public static void Map(WebApplication app)
    {
        app.MapPost("/admin/accounts", (NewAccount _) => new AccountAnswer(1, ApiKey));
        app.MapPost("/admin/campaigns", OpenCampaign);
        app.MapPost("/v2/{campaign:long}", SignUp);
        app.MapGet("/v2/{campaign:long}", Find);
    }

    private static async Task<CampaignAnswer> OpenCampaign(NewCampaign campaign, NaiveLeads leads, CancellationToken token) =>
        new(await leads.OpenCampaignAsync(campaign.Name, token));

    private static async Task<Results<Ok<LeadAnswer>, Conflict, NotFound>> SignUp(
        long campaign, SignUp person, HttpRequest request, NaiveLeads leads, CancellationToken token) =>
        !IsAuthorized(request) ? TypedResults.Conflict()
        : await leads.UpsertAsync(campaign, person with { Email = Normalize(person.Email) }, token) is { } lead ? TypedResults.Ok(lead)
        : TypedResults.NotFound();

    private static async Task<Results<Ok<LeadAnswer>, Conflict, NotFound>> Find(
        long campaign, string email, HttpRequest request, NaiveLeads leads, CancellationToken token) =>
        !IsAuthorized(request) ? TypedResults.Conflict()
        : await leads.FindAsync(campaign, Normalize(email), token) is { } lead ? TypedResults.Ok(lead)
        : TypedResults.NotFound();

    private static bool IsAuthorized(HttpRequest request) => request.Headers[HeaderNames.Authorization] == $"Bearer {ApiKey}";

    private static string Normalize(string email) => email.Trim().ToLowerInvariant();
}
