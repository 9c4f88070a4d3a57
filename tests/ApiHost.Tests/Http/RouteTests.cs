using System.Net;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Http;

/// <summary>What is no route, and what is one for other methods, in each part of the API.</summary>
public sealed class RouteTests : IAsyncLifetime
{
    private readonly FakeApplication _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("GET", "/v2/1/nothing")]
    [InlineData("PUT", "/v2/1/nothing")]
    [InlineData("DELETE", "/v2/1/nothing")]
    [InlineData("GET", "/v2/1/actions/2/3")]
    [InlineData("GET", "/v1/1/subscribe/2")]
    [InlineData("GET", "/v1/leads/bulk/1")]
    [InlineData("GET", "/v1/campaigns/1/nothing")]
    [InlineData("POST", "/api/v1/nothing")]
    [InlineData("GET", "/api/v1/leads/1")]
    [InlineData("GET", "/admin/nothing")]
    [InlineData("PUT", "/admin/campaigns/1/nothing")]
    public async Task Send_UnknownRoute_IsNotFound(string method, string path)
    {
        using var response = await Send(method, path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(response.Content.Headers.Allow);
        Assert.Contains("There is no such route.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/v2/1", "DELETE, GET, OPTIONS, POST")]
    [InlineData("GET", "/v2/1/points", "OPTIONS, POST")]
    [InlineData("DELETE", "/v2/1/stats", "GET, OPTIONS")]
    [InlineData("GET", "/v2/1/actions/2", "OPTIONS, POST")]
    [InlineData("GET", "/v2/inbound-webhook/code", "OPTIONS, POST")]
    [InlineData("DELETE", "/v1/1/subscribe", "GET, OPTIONS, POST")]
    [InlineData("PUT", "/v1/leads", "DELETE, GET, POST")]
    [InlineData("GET", "/v1/campaigns/1/leads/action", "PATCH, POST")]
    [InlineData("GET", "/api/v1/leads", "POST")]
    [InlineData("DELETE", "/admin/campaigns/1", "GET, PATCH")]
    public async Task Send_OtherMethod_IsToldWhichThereAre(string method, string path, string allowed)
    {
        using var response = await Send(method, path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    private Task<HttpResponseMessage> Send(string method, string path) =>
        _app.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
}
