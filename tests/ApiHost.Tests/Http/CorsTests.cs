using System.Net.Http.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Http;

/// <summary>Which pages may call a campaign's API.</summary>
[Collection(LeadEngineCollection.Name)]
public sealed class CorsTests(LeadEngineApplication app)
{
    private const string Site = "https://www.example.com";

    private static readonly object SiteAlone = new { cors_origins = new[] { Site, "http://localhost:3000" } };

    [Theory]
    [InlineData(Site, Site)]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("https://example.com", null)]
    [InlineData("https://www.example.com.evil.example", null)]
    [InlineData("https://www.example.com:8443", null)]
    [InlineData("http://www.example.com", null)]
    [InlineData("null", null)]
    [InlineData(null, null)]
    public async Task SignUp_CampaignWithOrigins_LetsThosePagesReadTheAnswer(string? origin, string? allowed)
    {
        var campaign = await app.CreateCampaign(SiteAlone);
        foreach (var (method, status) in ((HttpMethod, int)[])[(HttpMethod.Post, 200), (HttpMethod.Options, 204)])
        {
            using var response = await Send(method, campaign.Path, origin);
            Assert.Equal((status, allowed), ((int)response.StatusCode, Header(response, "Access-Control-Allow-Origin")));
            Assert.Contains("Origin", response.Headers.Vary);
        }

        Assert.Single(await campaign.Leads()); // Whoever may not read it has signed up all the same.
    }

    [Fact]
    public async Task Preflight_OfAForeignPage_AllowsNothing()
    {
        var campaign = await app.CreateCampaign(SiteAlone);
        using var response = await Send(HttpMethod.Options, campaign.Path, "https://evil.example");
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LookUp_CampaignWithOrigins_TreatsErrorsAlike()
    {
        var campaign = await app.CreateCampaign(new { cors_origins = new[] { Site }, require_api_key = true });
        foreach (var (origin, allowed) in ((string, string?)[])[(Site, Site), ("https://evil.example", null)])
        {
            using var response = await Send(HttpMethod.Get, $"{campaign.Path}?email=nobody@example.com", origin);
            Assert.Equal((409, allowed), ((int)response.StatusCode, Header(response, "Access-Control-Allow-Origin")));
        }
    }

    [Fact]
    public async Task SignUp_CampaignWithoutAnyOrigin_LetsNoPageRead()
    {
        var campaign = await app.CreateCampaign(new { cors_origins = Array.Empty<string>() });
        using var response = await Send(HttpMethod.Post, campaign.Path, Site);
        Assert.Null(Header(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task SignUp_OriginsTakenBack_LetsAnyPageRead()
    {
        var campaign = await app.CreateCampaign(SiteAlone);
        await campaign.Change(new { cors_origins = (string[]?)null });
        using var response = await Send(HttpMethod.Post, campaign.Path, "https://any.example");
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Empty(response.Headers.Vary);
    }

    [Fact]
    public async Task CreateCampaign_OriginsInUpperCase_AreThoseThatBrowsersSend()
    {
        var campaign = await app.CreateCampaign(new { cors_origins = new[] { "HTTPS://WWW.Example.com" } });
        using var response = await Send(HttpMethod.Post, campaign.Path, Site);
        Assert.Equal(Site, Header(response, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("https://www.example.com/")]
    [InlineData("https://www.example.com/page")]
    [InlineData("https://www.example.com:443")]
    [InlineData("https://user@www.example.com")]
    [InlineData("https://münchen.example")]
    [InlineData("www.example.com")]
    [InlineData("https://*.example.com")]
    [InlineData("ftp://example.com")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Change_OriginThatIsNone_IsRefused(string? origin)
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal("400 invalid_request", await campaign.Change(new { cors_origins = new[] { origin } }).Error());
    }

    private Task<HttpResponseMessage> Send(HttpMethod method, string path, string? origin)
    {
        var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = JsonContent.Create(new { email = "ada@example.com" });
        if (method == HttpMethod.Options) request.Headers.Add("Access-Control-Request-Method", "POST");
        if (origin is not null) request.Headers.Add("Origin", origin);
        return app.Client.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
