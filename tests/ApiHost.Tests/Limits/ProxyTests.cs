using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Limits;

/// <summary>Whose address counts behind proxies: this machine is one, and so is 10.0.0.0/8.</summary>
[Collection(LimitedCollection.Name)]
public sealed class ProxyTests(LimitedApplication app)
{
    private readonly string _client = app.NewAddress();

    [Theory]
    [InlineData("{0}")]
    [InlineData("6.6.6.6, {0}")]
    [InlineData("6.6.6.6, {0}, 10.0.0.9")]
    [InlineData("10.0.0.9, 6.6.6.6, {0}, 10.0.0.9, 10.1.2.3")]
    [InlineData("127.0.0.1, {0}, ::ffff:10.0.0.9")]
    [InlineData("nonsense, {0}")]
    public async Task SignUp_ThroughProxies_IsTheLastAddressThatIsNoProxys(string chain)
    {
        var campaign = await app.CreateCampaign();
        var reply = await app.SignUp(campaign, string.Format(null, chain, _client));
        Assert.Equal(200, reply.Status);
        Assert.Equal("9 x 200, 1 x 429", await app.SignUp(campaign, _client, 10));
        var lead = await app.Send(_client, HttpMethod.Post, campaign.Path, new { email = "ada@example.com", api_key = campaign.ApiKey });
        Assert.Contains($"\"ip\":\"{_client}\"", lead.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignUp_ClientThatMakesUpAddresses_IsOneClient()
    {
        var campaign = await app.CreateCampaign();
        for (var forged = 1; forged <= 10; forged++) Assert.Equal(200, (await app.SignUp(campaign, $"198.51.100.{forged}, {_client}")).Status);
        Assert.Equal(429, (await app.SignUp(campaign, $"198.51.100.11, {_client}")).Status);
    }

    [Fact]
    public async Task SignUp_WhatElseProxiesSay_IsNotRead()
    {
        var campaign = await app.CreateCampaign();
        var reply = await app.Send(
            _client, HttpMethod.Post, campaign.Path, new { email = "ada@example.com" }, ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "javascript"), ("Forwarded", "for=198.51.100.1;host=evil.example"));
        Assert.Equal(200, reply.Status);
        Assert.DoesNotContain("evil", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", reply.Body, StringComparison.Ordinal);
    }
}

/// <summary>The program as it comes: with limits, and without proxies.</summary>
public sealed class NoProxyTests : IAsyncLifetime
{
    private readonly LeadEngineApplication _app = new() { Settings = new() { ["RateLimits:Enabled"] = "true" }, Clock = new StillClock() };

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task SignUp_ForgedAddresses_ChangeNothing()
    {
        var campaign = await _app.CreateCampaign();
        using var client = _app.NewClient();
        var number = 0;
        for (; number < 10; number++)
        {
            Forge(client, $"198.51.100.{number}");
            var path = $"/v1/{campaign.Id}/subscribe?email=p{number}@example.com";
            Assert.Equal(1 + number, (await client.GetAsync(path).Json()).Number("rank"));
        }

        Forge(client, $"198.51.100.{number}");
        Assert.Equal("429 rate_limited", await client.GetAsync($"/v1/{campaign.Id}/subscribe?email=one-more@example.com").Error());
        var lead = await client.GetAsync($"{campaign.Path}?email=p1@example.com&api_key={campaign.ApiKey}").Json();
        Assert.Equal("127.0.0.1", lead.Text("ip"));
        Assert.Equal(10, (await campaign.Leads()).Length);
    }

    private static void Forge(HttpClient client, string address)
    {
        foreach (var header in (string[])["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Original-For"])
        {
            client.DefaultRequestHeaders.Remove(header);
            client.DefaultRequestHeaders.Add(header, header == "Forwarded" ? $"for={address}" : address);
        }
    }
}
