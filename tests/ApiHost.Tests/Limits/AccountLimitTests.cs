using System.Net.Http.Json;
using System.Text.Json;
using LeadEngine.ApiHost.Limits;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Limits;

/// <summary>How often an account may ask.</summary>
[Collection(LimitedCollection.Name)]
public sealed class AccountLimitTests(LimitedApplication app)
{
    private readonly string _client = app.NewAddress();

    [Fact]
    public async Task SignUp_MoreThanTheAccountMay_AreRefusedUntilRetryAfterIsOver()
    {
        var campaign = await app.CreateCampaign();
        await Limit(campaign, 5);
        for (var time = 0; time < 5; time++) Assert.Equal(200, (await SignUp(campaign)).Status);
        app.Time.Advance(20);
        Assert.Equal(new Reply(429, 40, ""), await SignUp(campaign) with { Body = "" });
        Assert.Equal(429, (await Ask(campaign, HttpMethod.Get, $"{campaign.Path}?email=ada@example.com")).Status);
        app.Time.Advance(40);
        Assert.Equal(200, (await SignUp(campaign)).Status);
    }

    [Fact]
    public async Task SignUp_AThousandAtOnce_AsManyAsTheLimitAreTaken()
    {
        var campaign = await app.CreateCampaign();
        await Limit(campaign, 300);
        var replies = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => SignUp(campaign)));
        Assert.Equal(300, replies.Count(reply => reply.Status == 200));
        Assert.Equal(700, replies.Count(reply => reply is { Status: 429, RetryAfter: 60 }));
    }

    [Fact]
    public async Task AnyDialect_OverTheLimit_SaysSoInItsWords()
    {
        var campaign = await app.CreateCampaign();
        var bound = await campaign.CreateKey();
        await Limit(campaign, 1);
        await SignUp(campaign);

        var aktify = await app.Send(_client, HttpMethod.Post, "/api/v1/leads", new { phoneNumber = "+12065550100" }, ("x-api-key", bound));
        Assert.Equal((429, 60), (aktify.Status, aktify.RetryAfter));
        Assert.Equal("rate_limited", JsonDocument.Parse(aktify.Body).RootElement.GetProperty("code").GetString());

        var sendKit = await app.Send(_client, HttpMethod.Get, "/v1/leads", null, ("X-Api-Key", campaign.ApiKey));
        Assert.Equal((429, 60), (sendKit.Status, sendKit.RetryAfter));
        var error = JsonDocument.Parse(sendKit.Body).RootElement;
        Assert.False(error.GetProperty("success").GetBoolean());
        Assert.Equal("RATE_LIMITED", error.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task SignUp_MoreThanTheCampaignMay_AreRefusedThereAlone()
    {
        var campaign = await app.CreateCampaign(new { rate_limits = new { per_minute = 3 } });
        var sibling = await app.CreateCampaignBeside(campaign);
        await Limit(campaign, 5);
        for (var time = 0; time < 3; time++) Assert.Equal(200, (await SignUp(campaign)).Status);
        for (var time = 0; time < 10; time++) Assert.Equal(429, (await SignUp(campaign)).Status);
        Assert.Equal(200, (await SignUp(sibling)).Status); // What the campaign refused is not charged to the account.
        Assert.Equal(200, (await SignUp(sibling)).Status);
        Assert.Equal(429, (await SignUp(sibling)).Status);
    }

    [Fact]
    public async Task SignUp_LimitIsTakenAway_IsServedAtOnce()
    {
        var campaign = await app.CreateCampaign();
        await Limit(campaign, 1);
        await SignUp(campaign);
        Assert.Equal(429, (await SignUp(campaign)).Status);
        await Limit(campaign, null);
        Assert.Equal(200, (await SignUp(campaign)).Status);
    }

    [Fact]
    public async Task SignUp_LimitIsRaised_HasRoomForTheDifference()
    {
        var campaign = await app.CreateCampaign();
        await Limit(campaign, 1);
        await SignUp(campaign);
        Assert.Equal(429, (await SignUp(campaign)).Status);
        await Limit(campaign, 2);
        Assert.Equal(200, (await SignUp(campaign)).Status);
        Assert.Equal(429, (await SignUp(campaign)).Status);
    }

    [Fact]
    public async Task CheckDeletion_MoreThanSixtyAMinute_AreRefused()
    {
        var (campaign, other) = (await app.CreateCampaign(), await app.CreateCampaign());
        var limiter = app.Services.GetRequiredService<RateLimiter>();
        for (var time = 0; time < 60; time++) Assert.Null(await limiter.CheckDeletion(campaign.AccountId));
        Assert.Equal((429, TimeSpan.FromMinutes(1)), await limiter.CheckDeletion(campaign.AccountId) is { } fault ? (fault.Status, fault.RetryAfter) : default);
        Assert.Null(await limiter.CheckDeletion(other.AccountId));
        Assert.Equal(200, (await SignUp(campaign)).Status);
        app.Time.Advance(60);
        Assert.Null(await limiter.CheckDeletion(campaign.AccountId));
    }

    [Fact]
    public async Task Account_Limits_AreShownAndChanged()
    {
        var campaign = await app.CreateCampaign();
        var path = $"/admin/accounts/{campaign.AccountId}";
        Assert.Equal("null", await PerMinute(app.Admin.GetAsync(path)));
        Assert.Equal("7", await PerMinute(app.Admin.PatchAsJsonAsync(path, new { rate_limits = new { per_minute = 7 } })));
        Assert.Equal("7", await PerMinute(app.Admin.PatchAsJsonAsync(path, new { })));
        Assert.Equal("null", await PerMinute(app.Admin.PatchAsJsonAsync(path, new { rate_limits = (object?)null })));
        var account = await app.Admin.GetAsync(path).Json();
        Assert.Equal((campaign.AccountId, "Example Co"), (account.Number("account_id"), account.Text("name")));
    }

    [Theory]
    [InlineData("""{"rate_limits": {"per_minute": 0}}""")]
    [InlineData("""{"rate_limits": {"per_minute": 1000000001}}""")]
    [InlineData("""{"rate_limits": {"per_minute": "7"}}""")]
    [InlineData("""{"rate_limits": {"per_hour": 7}}""")]
    [InlineData("""{"rate_limits": 7}""")]
    [InlineData("""{"limits": {}}""")]
    [InlineData("[]")]
    public async Task Account_LimitsThatAreNone_AreRefused(string body)
    {
        var campaign = await app.CreateCampaign();
        using var content = new StringContent(body, null, "application/json");
        Assert.StartsWith("400 ", await app.Admin.PatchAsync($"/admin/accounts/{campaign.AccountId}", content).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_ThatIsNotThere_IsNotFound()
    {
        Assert.Equal("404 account_not_found", await app.Admin.GetAsync("/admin/accounts/999999999").Error());
        Assert.Equal("404 account_not_found", await app.Admin.PatchAsJsonAsync("/admin/accounts/999999999", new { rate_limits = new { } }).Error());
    }

    private static async Task<string> PerMinute(Task<HttpResponseMessage> sent) =>
        (await sent.Json()).GetProperty("rate_limits").GetProperty("per_minute").GetRawText();

    private async Task Limit(HttpCampaign campaign, int? perMinute)
    {
        var body = new { rate_limits = new { per_minute = perMinute } };
        using var response = await app.Admin.PatchAsJsonAsync($"/admin/accounts/{campaign.AccountId}", body);
        Assert.Equal(200, (int)response.StatusCode);
    }

    private Task<Reply> SignUp(HttpCampaign campaign) => Ask(campaign, HttpMethod.Post, campaign.Path, new { email = "ada@example.com" });

    private Task<Reply> Ask(HttpCampaign campaign, HttpMethod method, string path, object? body = null) =>
        app.Send(_client, method, path, body, ("Authorization", $"Bearer {campaign.ApiKey}"));
}
