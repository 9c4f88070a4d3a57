using System.Net;
using System.Net.Http.Json;
using LeadEngine.TestSupport;

namespace LeadEngine.Durability;

/// <summary>A database that is away is told as such, and needs nobody to come back.</summary>
public sealed class OutageTests
{
    [PostgresFact]
    public async Task StoppedPostgres_IsToldAndServiceComesBackByItself()
    {
        await using var server = await PostgresServer.Start();
        await using var engine = new EngineProcess("postgres", await server.CreateDatabase());
        await engine.Start();
        var campaignId = await engine.Api.CreateCampaign();
        Assert.Equal(HttpStatusCode.OK, await SignUp(engine, campaignId, "before"));

        await server.Stop();
        var during = await SignUp(engine, campaignId, "during");
        Assert.True(during is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout, $"{during}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Get(engine, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await Get(engine, "/health/live"));

        await server.StartAgain();
        await engine.WaitUntilReady();
        Assert.Equal(HttpStatusCode.OK, await SignUp(engine, campaignId, "after"));
        Assert.Equal(["before@example.com", "after@example.com"],
            (await engine.Api.ListLeads(campaignId)).Select(lead => lead.Email).Where(email => email != "during@example.com"));
    }

    private static async Task<HttpStatusCode> SignUp(EngineProcess engine, long campaignId, string name)
    {
        using var response = await engine.Client.PostAsJsonAsync($"/v2/{campaignId}", new { email = $"{name}@example.com" });
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> Get(EngineProcess engine, string path)
    {
        using var response = await engine.Client.GetAsync(path);
        return response.StatusCode;
    }
}
