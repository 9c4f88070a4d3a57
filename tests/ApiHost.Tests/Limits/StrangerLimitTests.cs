using System.Text.Json;

namespace LeadEngine.ApiHost.Tests.Limits;

/// <summary>How often somebody may ask who has no API key.</summary>
[Collection(LimitedCollection.Name)]
public sealed class StrangerLimitTests(LimitedApplication app)
{
    private readonly string _client = app.NewAddress();

    [Fact]
    public async Task SignUp_MoreThanTenAMinute_AreRefusedUntilRetryAfterIsOver()
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal("10 x 200, 1 x 429", await app.SignUp(campaign, _client, 11));
        app.Time.Advance(25.5);
        var refused = await app.SignUp(campaign, _client);
        Assert.Equal((429, 35), (refused.Status, refused.RetryAfter));
        app.Time.Advance(34.4);
        Assert.Equal(1, (await app.SignUp(campaign, _client)).RetryAfter);
        app.Time.Advance(0.1);
        Assert.Equal("10 x 200, 1 x 429", await app.SignUp(campaign, _client, 11));
        Assert.Equal(20, (await campaign.Leads()).Length);
    }

    [Fact]
    public async Task SignUp_MoreThanTwentyInThreeMinutesOrThirtyInNine_AreRefused()
    {
        var campaign = await app.CreateCampaign();
        foreach (var (full, free) in ((int, int)[])[(0, 60), (60, 180), (180, 540)])
        {
            Assert.Equal("10 x 200", await app.SignUp(campaign, _client, 10));
            Assert.Equal(free - full, (await app.SignUp(campaign, _client)).RetryAfter);
            app.Time.Advance(free - full);
        }

        Assert.Equal(200, (await app.SignUp(campaign, _client)).Status);
    }

    [Fact]
    public async Task SignUp_InSeveralCampaigns_AreFiftyAMinuteTogether()
    {
        foreach (var _ in Enumerable.Range(0, 5)) Assert.Equal("10 x 200", await app.SignUp(await app.CreateCampaign(), _client, 10));
        var another = await app.CreateCampaign();
        Assert.Equal(60, (await app.SignUp(another, _client)).RetryAfter);
        Assert.Equal(200, (await app.SignUp(another, app.NewAddress())).Status);
        app.Time.Advance(60);
        Assert.Equal("10 x 200", await app.SignUp(another, _client, 10));
    }

    [Fact]
    public async Task LookUp_MoreThanTheLimits_AreRefused()
    {
        var campaign = await app.CreateCampaign();
        foreach (var (full, free) in ((int, int)[])[(0, 60), (60, 180), (180, 540)])
        {
            for (var time = 0; time < 100; time++) Assert.Equal(404, (await app.LookUp(campaign, _client)).Status);
            var refused = await app.LookUp(campaign, _client);
            Assert.Equal((429, free - full), (refused.Status, refused.RetryAfter));
            app.Time.Advance(free - full);
        }

        Assert.Equal(404, (await app.LookUp(campaign, _client)).Status);
    }

    [Fact]
    public async Task LookUp_AfterTooManySignUps_IsAnswered()
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal("10 x 200, 1 x 429", await app.SignUp(campaign, _client, 11));
        Assert.Equal(404, (await app.LookUp(campaign, _client)).Status);
    }

    [Fact]
    public async Task SignUp_AThousandAtOnce_TenAreTaken()
    {
        var campaign = await app.CreateCampaign();
        var replies = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => app.SignUp(campaign, _client)));
        Assert.Equal(10, replies.Count(reply => reply.Status == 200));
        Assert.All(replies, reply => Assert.True(reply is { Status: 200, RetryAfter: null } or { Status: 429, RetryAfter: 60 }, $"{reply}"));
        Assert.Equal(10, (await campaign.Leads()).Length);
    }

    [Fact]
    public async Task SignUp_OverTheLimit_SaysSoInTheDialectsWords()
    {
        var campaign = await app.CreateCampaign(new { rate_limits = new { posts = new[] { new { count = 1, seconds = 7 } } } });
        await app.SignUp(campaign, _client);
        var refused = await app.SignUp(campaign, _client);
        var error = JsonDocument.Parse(refused.Body).RootElement;
        Assert.Equal(("rate_limited", 7), (error.GetProperty("code").GetString(), refused.RetryAfter));
        Assert.StartsWith("Rate limit exceeded", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignUp_ByTheQueryOfAnOlderForm_CountsAsPost()
    {
        var campaign = await app.CreateCampaign();
        var path = $"/v1/{campaign.Id}/subscribe?email=ada@example.com";
        for (var time = 0; time < 10; time++) Assert.Equal(200, (await app.Send(_client, HttpMethod.Get, path)).Status);
        Assert.Equal(429, (await app.Send(_client, HttpMethod.Get, path)).Status);
        Assert.Equal(429, (await app.SignUp(campaign, _client)).Status);
    }

    [Fact]
    public async Task SignUp_WithAKeyThatIsNotGood_Counts()
    {
        var (campaign, other) = (await app.CreateCampaign(), await app.CreateCampaign());
        var body = new { email = "ada@example.com", api_key = other.ApiKey };
        for (var time = 0; time < 10; time++) Assert.Equal(409, (await app.Send(_client, HttpMethod.Post, campaign.Path, body)).Status);
        Assert.Equal(429, (await app.Send(_client, HttpMethod.Post, campaign.Path, body)).Status);
        Assert.Equal(200, (await app.Send(_client, HttpMethod.Post, campaign.Path, new { body.email, api_key = campaign.ApiKey })).Status);
    }

    [Fact]
    public async Task SignUp_WithoutTheKeyThatIsRequired_Counts()
    {
        var campaign = await app.CreateCampaign(new { require_api_key = true });
        Assert.Equal("10 x 409, 1 x 429", await app.SignUp(campaign, _client, 11));
    }

    [Fact]
    public async Task SignUp_InACampaignThatIsNotThere_CountsForAllCampaigns()
    {
        for (var time = 0; time < 50; time++)
        {
            Assert.Equal(404, (await app.Send(_client, HttpMethod.Post, $"/v2/{999_000_000 + time}", new { email = "ada@example.com" })).Status);
        }

        Assert.Equal(60, (await app.SignUp(await app.CreateCampaign(), _client)).RetryAfter);
    }

    [Fact]
    public async Task SignUp_WithTheOwnersKey_IsNotLimited()
    {
        var campaign = await app.CreateCampaign();
        var body = new { email = "ada@example.com", api_key = campaign.ApiKey };
        for (var time = 0; time < 60; time++) Assert.Equal(200, (await app.Send(_client, HttpMethod.Post, campaign.Path, body)).Status);
    }

    [Fact]
    public async Task SignUp_CampaignWithLimitsOfItsOwn_KeepsThose()
    {
        var free = await app.CreateCampaign(new { rate_limits = new { posts = Array.Empty<object>() } });
        Assert.Equal("50 x 200, 1 x 429", await app.SignUp(free, _client, 51)); // The limit of all campaigns together.
        var (strict, another) = (await app.CreateCampaign(new { rate_limits = new { gets = new[] { new { count = 2, seconds = 10 } } } }), app.NewAddress());
        await app.LookUp(strict, another);
        await app.LookUp(strict, another);
        Assert.Equal(10, (await app.LookUp(strict, another)).RetryAfter);
        Assert.Equal("10 x 200, 1 x 429", await app.SignUp(strict, another, 11));
    }

    [Fact]
    public async Task SignUp_FromOneIPv6Network_IsOneClient()
    {
        var (campaign, network) = (await app.CreateCampaign(), "2001:db8:1:2");
        for (var host = 1; host <= 10; host++) Assert.Equal(200, (await app.SignUp(campaign, $"{network}::{host:x}")).Status);
        Assert.Equal(429, (await app.SignUp(campaign, $"{network}:ffff::1")).Status);
        Assert.Equal(200, (await app.SignUp(campaign, "2001:db8:1:3::1")).Status);
    }
}
