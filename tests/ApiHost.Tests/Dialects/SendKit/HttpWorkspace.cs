using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Dialects.SendKit;

/// <summary>A workspace with a campaign, as a SendKit client sees them.</summary>
public sealed class HttpWorkspace
{
    private readonly LeadEngineApplication _app;

    private HttpWorkspace(LeadEngineApplication app, HttpCampaign campaign, string campaignId) =>
        (_app, Campaign, CampaignId, Key) = (app, campaign, campaignId, campaign.ApiKey);

    /// <summary>The campaign, as other dialects and the administration see it.</summary>
    public HttpCampaign Campaign { get; }

    /// <summary>The campaign's id.</summary>
    public string CampaignId { get; }

    /// <summary>The key that requests come with.</summary>
    public string Key { get; init; }

    /// <summary>The campaign's leads.</summary>
    public string LeadsPath => $"/v1/campaigns/{CampaignId}/leads";

    /// <summary>Makes an account with a campaign that is active.</summary>
    public static async Task<HttpWorkspace> Create(LeadEngineApplication app, object? settings = null)
    {
        var campaign = await app.CreateCampaign(settings);
        var workspace = new HttpWorkspace(app, campaign, "");
        var campaigns = await workspace.Get("/v1/campaigns").Data();
        return new HttpWorkspace(app, campaign, campaigns[0].Text("_id"));
    }

    public HttpWorkspace WithKey(string key) => new(_app, Campaign, CampaignId) { Key = key };

    public Task<HttpResponseMessage> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<HttpResponseMessage> Post(string path, object body, string? idempotencyKey = null) =>
        Send(HttpMethod.Post, path, JsonContent.Create(body), idempotencyKey);

    public Task<HttpResponseMessage> PostText(string path, string json) =>
        Send(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"));

    public Task<HttpResponseMessage> Patch(string path, object body) => Send(HttpMethod.Patch, path, JsonContent.Create(body));

    public Task<HttpResponseMessage> Delete(string path, object body) => Send(HttpMethod.Delete, path, JsonContent.Create(body));

    /// <summary>Adds leads to the campaign.</summary>
    public Task<HttpResponseMessage> Add(object body, string? idempotencyKey = null) => Post(LeadsPath, body, idempotencyKey);

    /// <summary>Adds leads by their addresses.</summary>
    public Task<HttpResponseMessage> AddEmails(params string[] emails) => Add(new { leads = emails.Select(email => new { email }) });

    /// <summary>Makes a lead of the workspace.</summary>
    public async Task<string> CreateLead(object lead) => (await Post("/v1/leads", lead).Data()).Text("_id");

    /// <summary>The campaign's leads, all of them.</summary>
    public async Task<JsonElement[]> CampaignLeads(string query = "") =>
        [.. (await Get($"{LeadsPath}?limit=100{query}").Data()).EnumerateArray()];

    /// <summary>The e-mail addresses of the campaign's leads, in order.</summary>
    public async Task<string[]> CampaignEmails() =>
        [.. (await CampaignLeads()).Select(lead => lead.GetProperty("leadId").Text("email")).Order(StringComparer.Ordinal)];

    /// <summary>The addresses of the leads that a list of the workspace's shows, in order.</summary>
    public async Task<string[]> Emails(string query = "") =>
        [.. (await Get($"/v1/leads?limit=100&{query}").Data()).EnumerateArray()
            .Select(lead => lead.Text("email")).Order(StringComparer.Ordinal)];

    /// <summary>Waits for the search index, which may be five seconds behind, until it shows these addresses.</summary>
    public async Task<string[]> EmailsOnceIndexed(string query, params string[] expected)
    {
        var deadline = TimeProvider.System.GetTimestamp() + 5 * TimeProvider.System.TimestampFrequency;
        var shown = await Emails(query);
        while (!shown.SequenceEqual(expected) && TimeProvider.System.GetTimestamp() < deadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            shown = await Emails(query);
        }

        return shown;
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.TryAddWithoutValidation("X-Api-Key", Key);
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await _app.Client.SendAsync(request);
    }
}

/// <summary>Short ways to read the dialect's answers.</summary>
internal static class SendKitAnswers
{
    /// <summary>The data of an answer that has to be a success.</summary>
    public static async Task<JsonElement> Data(this Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        var body = await response.Json();
        Assert.True(response.IsSuccessStatusCode && body.GetProperty("success").GetBoolean(), body.GetRawText());
        return body.GetProperty("data");
    }

    /// <summary>The data of an answer as it came.</summary>
    public static async Task<string> Raw(this Task<HttpResponseMessage> sent) => (await sent.Data()).GetRawText();

    /// <summary>An error, for example <c>404 NOT_FOUND: Campaign not found</c>.</summary>
    public static async Task<string> Failure(this Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        var body = await response.Json();
        Assert.False(body.GetProperty("success").GetBoolean());
        var error = body.GetProperty("error");
        return $"{(int)response.StatusCode} {error.Text("code")}: {error.Text("message")}";
    }
}
