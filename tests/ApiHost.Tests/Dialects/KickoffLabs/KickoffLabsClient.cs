using System.Net.Http.Json;
using System.Text;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>A campaign as a client of the vendor's sees it: its routes, with or without an API key.</summary>
internal sealed class KickoffLabsClient(HttpClient client, long campaignId, string? apiKey)
{
    public static KickoffLabsClient Owner(FakeApplication app) => new(app.Client, Samples.CampaignId, FakeApplication.ApiKey);

    public static KickoffLabsClient Stranger(FakeApplication app) => new(app.Client, Samples.CampaignId, null);

    public static KickoffLabsClient Owner(LeadEngineApplication app, HttpCampaign campaign) => new(app.Client, campaign.Id, campaign.ApiKey);

    public KickoffLabsClient WithKey(string? key) => new(client, campaignId, key);

    public Task<HttpResponseMessage> Get(string name) => Send(HttpMethod.Get, name, null);

    public Task<HttpResponseMessage> Post(string name, object body, string? idempotencyKey = null) =>
        Send(HttpMethod.Post, name, JsonContent.Create(body), idempotencyKey);

    public Task<HttpResponseMessage> PostText(string name, string text, string contentType = "application/json") =>
        Send(HttpMethod.Post, name, new StringContent(text, Encoding.UTF8, contentType));

    public Task<HttpResponseMessage> Delete(string name, object body, string? idempotencyKey = null) =>
        Send(HttpMethod.Delete, name, JsonContent.Create(body), idempotencyKey);

    private async Task<HttpResponseMessage> Send(HttpMethod method, string name, HttpContent? body, string? idempotencyKey = null)
    {
        var path = name.StartsWith('/') ? name : $"/v2/{campaignId}{(name is [] or ['?', ..] ? "" : "/")}{name}";
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (apiKey is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {apiKey}");
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await client.SendAsync(request);
    }
}

/// <summary>Short ways to read the dialect's answers.</summary>
internal static class KickoffLabsAnswers
{
    /// <summary>The status and the body as they came.</summary>
    public static async Task<string> Raw(this Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>The status and the message of an answer, for example <c>409 No points value found</c>.</summary>
    public static async Task<string> Message(this Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        return $"{(int)response.StatusCode} {(await response.Json()).Text("message")}";
    }
}
