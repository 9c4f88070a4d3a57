using System.Net;
using System.Text.RegularExpressions;
using LeadEngine.ApiHost.Startup;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Installation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Engine;

[Collection(LeadEngineCollection.Name)]
public sealed partial class OperationsTests(LeadEngineApplication app)
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
        Assert.Equal(MappedRoutes(), routes.Order(StringComparer.Ordinal));
        var signUp = document.GetProperty("paths").GetProperty("/v2/{campaign_id}").GetProperty("post");
        Assert.Equal(
            ["200", "400", "404", "406", "409", "413", "415", "422", "423", "429", "503", "504"],
            signUp.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal));
        Assert.Contains(
            ("path", "campaign_id"),
            signUp.GetProperty("parameters").EnumerateArray().Select(parameter => (parameter.Text("in"), parameter.Text("name"))));
        Assert.Distinct(document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Where(operation => operation.Value.TryGetProperty("operationId", out _)).Select(operation => operation.Value.Text("operationId")));
        Assert.True(signUp.GetProperty("requestBody").GetProperty("content").TryGetProperty("multipart/form-data", out _));
    }

    // Preflights say nothing of their own; the description describes itself badly.
    private IEnumerable<string> MappedRoutes() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => !route.RoutePattern.RawText!.StartsWith("/openapi/", StringComparison.Ordinal))
        .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["(any)"])
            .Where(method => method != HttpMethods.Options)
            .Select(method => $"{method.ToLowerInvariant()} {Constraint().Replace(route.RoutePattern.RawText!, "")}"))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex("(?<={[^}]*):[^}]*")]
    private static partial Regex Constraint();

    [Fact]
    public async Task OpenApi_OtherDocument_IsNotThere() =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync("/openapi/v2.json")).StatusCode);

    [Theory]
    [InlineData("/v2/1?email=ada@example.com")]
    [InlineData("/openapi/v1.json")]
    public async Task Host_NameThatCannotBeDecoded_IsRefused(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "xn--" } };
        Assert.Equal("400 invalid_host", await app.Client.SendAsync(request).Error());
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
