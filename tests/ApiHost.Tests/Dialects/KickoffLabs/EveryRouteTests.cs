using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>What holds for each route of a campaign, those included that come to be later.</summary>
[Collection(LeadEngineCollection.Name)]
public sealed partial class EveryRouteTests(LeadEngineApplication app)
{
    [Fact]
    public async Task RequireApiKey_EveryRouteOfTheCampaign_TakesNoStrangers()
    {
        var campaign = await app.CreateCampaign(new { require_api_key = true });
        await campaign.SignUpAsOwner(new { email = "ada@example.com" });
        var routes = Routes(campaign.Id).ToList();
        Assert.True(routes.Count > 10);
        foreach (var (method, path) in routes) Assert.Equal((path, "409 missing_api_key"), (path, await Ask(method, path).Error()));
        Assert.Single(await campaign.Leads());
    }

    [Fact]
    public async Task HidePii_EveryRouteOfTheCampaign_TellsStrangersNothing()
    {
        var campaign = await app.CreateCampaign();
        await campaign.SignUpAsOwner(new { email = "ada@example.com", phone_number = "+12065550100", last_name = "Lovelace", __uid = "crm-1" });
        foreach (var (method, path) in Routes(campaign.Id))
        {
            using var response = await Ask(method, path);
            var told = await response.Content.ReadAsStringAsync();
            foreach (var secret in (string[])["ada@", "2065550100", "Lovelace", "crm-1"])
            {
                Assert.False(told.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{method} {path} tells {secret}: {told}");
            }
        }
    }

    private IEnumerable<(HttpMethod Method, string Path)> Routes(long campaignId) =>
        from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = endpoint.RoutePattern.RawText!
        where pattern.Contains("{campaign_id}", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        where method != "OPTIONS"
        let path = pattern.Replace("{campaign_id}", $"{campaignId}", StringComparison.Ordinal)
        select (new HttpMethod(method), OtherPart().Replace(path, "1"));

    private Task<HttpResponseMessage> Ask(HttpMethod method, string path)
    {
        var isGet = method == HttpMethod.Get;
        var request = new HttpRequestMessage(method, isGet ? $"{path}?email=ada@example.com" : path);
        if (!isGet) request.Content = JsonContent.Create(new { email = "ada@example.com" });
        return app.Client.SendAsync(request);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex OtherPart();
}
