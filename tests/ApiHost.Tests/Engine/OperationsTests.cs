using System.Net;
using LeadEngine.ApiHost.Startup;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Installation;

namespace LeadEngine.ApiHost.Tests.Engine;

[Collection(LeadEngineCollection.Name)]
public sealed class OperationsTests(LeadEngineApplication app)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_Running_IsGood(string path)
    {
        using var response = await app.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task OpenApi_Document_DescribesEveryRoute()
    {
        var document = await app.Client.GetAsync("/openapi/v1.json").Json();
        var routes = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name}"));
        Assert.Equal(
            [
                "delete /v1/leads", "get /admin/campaigns/{id}", "get /admin/campaigns/{id}/leads", "get /admin/links/{code}",
                "get /l/{code}", "get /v1/campaigns", "get /v1/campaigns/{id}", "get /v1/campaigns/{id}/leads", "get /v1/leads",
                "get /v1/subscribe", "get /v1/{campaign_id}/subscribe", "get /v2", "get /v2/{campaign_id}", "head /l/{code}",
                "patch /admin/campaigns/{id}", "patch /v1/campaigns/{id}/leads/{campaign_lead_id}", "patch /v1/leads/{lead_id}",
                "post /admin/accounts", "post /admin/campaigns", "post /admin/campaigns/{id}/keys", "post /admin/users",
                "post /api/v1/dncs", "post /api/v1/leads", "post /v1/campaigns", "post /v1/campaigns/{id}/leads",
                "post /v1/campaigns/{id}/leads/action", "post /v1/dnc/import", "post /v1/leads", "post /v1/leads/bulk",
                "post /v1/subscribe", "post /v1/{campaign_id}/subscribe", "post /v2", "post /v2/{campaign_id}",
            ],
            routes.Order(StringComparer.Ordinal));
        var signUp = document.GetProperty("paths").GetProperty("/v2/{campaign_id}").GetProperty("post");
        Assert.Equal(
            ["200", "400", "404", "406", "409", "413", "415", "422", "423", "503", "504"],
            signUp.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal));
        Assert.Contains(
            ("path", "campaign_id"),
            signUp.GetProperty("parameters").EnumerateArray().Select(parameter => (parameter.Text("in"), parameter.Text("name"))));
        Assert.Distinct(document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.TryGetProperty("operationId", out var id) ? id.GetString() : operation.Value.Text("summary")));
        Assert.True(signUp.GetProperty("requestBody").GetProperty("content").TryGetProperty("multipart/form-data", out _));
    }

    [Fact]
    public void Banner_FirstStart_HasOneLineToPaste()
    {
        var text = StartupBanner.Compose("http://localhost:5080", new DemoCampaign(2, "sk_1_x"), "/data/admin.key");
        var line = Assert.Single(text.Split('\n'), line => line.StartsWith("curl ", StringComparison.Ordinal));
        Assert.Contains("http://localhost:5080/v2/2 ", line, StringComparison.Ordinal);
        Assert.Contains("'Authorization: Bearer sk_1_x'", line, StringComparison.Ordinal);
        Assert.Contains("/data/admin.key", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Banner_LaterStart_TellsWhereItIs() => Assert.Equal(
        "The lead engine listens on http://localhost:5080", StartupBanner.Compose("http://localhost:5080", null, null));
}
