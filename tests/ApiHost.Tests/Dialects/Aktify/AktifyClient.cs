using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Dialects.Aktify;

/// <summary>A client of one campaign, as one that was written for Aktify.</summary>
internal sealed class AktifyClient(HttpClient http, string? key)
{
    public static async Task<AktifyClient> Of(LeadEngineApplication app, HttpCampaign campaign) => new(app.Client, await campaign.CreateKey());

    public Task<HttpResponseMessage> AddLead(object lead, string? idempotencyKey = null) => Post("leads", Json(lead), idempotencyKey);

    public Task<HttpResponseMessage> AddDncs(params string[] numbers) => Post("dncs", Json(new { phoneNumbers = numbers }));

    public Task<HttpResponseMessage> Post(string route, string body, string contentType = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return Post(route, content);
    }

    public Task<HttpResponseMessage> Post(string route, HttpContent? content, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{route}") { Content = content };
        if (key is not null) request.Headers.TryAddWithoutValidation("x-api-key", key);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return http.SendAsync(request);
    }

    // Names as they are written.
    private static JsonContent Json(object body) => JsonContent.Create(body, options: JsonSerializerOptions.Default);
}

/// <summary>Short ways to read the errors of this dialect.</summary>
internal static class AktifyAnswers
{
    /// <summary>The fields that an answer calls wrong, for example <c>phoneNumber missing</c>.</summary>
    public static async Task<string[]> WrongFields(this Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        var body = await response.Json();
        Assert.Equal((400, "invalid_fields"), ((int)response.StatusCode, body.Text("code")));
        return [.. body.GetProperty("errors").EnumerateArray().Select(error => $"{error.Text("field")} {error.Text("code")}")];
    }

    public static string? TextOrNull(this JsonElement answer, string name) => answer.GetProperty(name).GetString();
}
