using System.Net;
using System.Net.Http.Json;
using System.Text;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>What the engine refuses or fails to say, told over HTTP.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private static readonly string LookUp = $"/v2/{Samples.CampaignId}?email=me@example.com";

    private readonly FakeApplication _app = new();

    private FakeEngine Engine => _app.Engine;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData(LeadRefusal.CampaignNotFound, "404 campaign_not_found")]
    [InlineData(LeadRefusal.LeadNotFound, "404 lead_not_found")]
    [InlineData(LeadRefusal.Ended, "423 campaign_ended")]
    [InlineData(LeadRefusal.Locked, "423 campaign_locked")]
    [InlineData(LeadRefusal.Busy, "503 busy")]
    [InlineData(LeadRefusal.AskAgain, "503 busy")]
    [InlineData(LeadRefusal.Unknown, "504 unknown")]
    public async Task SignUp_Refused_HasItsStatusAndCode(LeadRefusal refusal, string expected)
    {
        Engine.OnUpsert = _ => Task.FromResult(LeadReply.Refused(refusal));
        Assert.Equal(expected, await _app.SignUp().Error());
    }

    [Fact]
    public async Task SignUp_TooManyFieldsTogether_IsUnprocessable()
    {
        Engine.OnUpsert = _ => Task.FromResult(LeadReply.Refused(LeadRefusal.TooManyFields));
        Assert.Equal("422 too_many_custom_fields", await _app.SignUp().Error());
    }

    [Fact]
    public async Task SignUp_Busy_TellsWhenToComeAgain()
    {
        Engine.OnUpsert = _ => Task.FromResult(LeadReply.Refused(LeadRefusal.Busy));
        using var response = await _app.SignUp();
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task SignUp_NoAnswerInTime_IsUnknown()
    {
        Engine.OnUpsert = _ => new TaskCompletionSource<LeadReply>().Task;
        var sent = _app.SignUp();
        await _app.Clock.FirstTimer;
        _app.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("504 unknown", await sent.Error());
    }

    [Fact]
    public async Task SignUp_StoreAway_IsBusy()
    {
        Engine.OnUpsert = _ => throw new StoreBusyException("away");
        Assert.Equal("503 busy", await _app.SignUp().Error());
    }

    [Fact]
    public async Task SignUp_StoreLostOnTheWay_IsUnknown()
    {
        Engine.OnUpsert = _ => throw new StoreOutcomeUnknownException("lost");
        Assert.Equal("504 unknown", await _app.SignUp().Error());
    }

    [Fact]
    public async Task SignUp_LostOnTheWay_IsRepeatedAsTheSameRequest()
    {
        _app.Clock.Jumps = true;
        Engine.OnUpsert = command => command.Request.IsRepeat ? Task.FromResult(LeadReply.Accepted(Samples.Lead, Samples.Standing)) : throw new TimeoutException();
        Assert.Equal(HttpStatusCode.OK, (await _app.SignUp()).StatusCode);
        Assert.Equal(2, Engine.Upserts.Count);
        Assert.Single(Engine.Upserts.Select(command => command.Request.Id).Distinct());
    }

    [Fact]
    public async Task SignUp_LostThenBusy_IsUnknownForTheFirstTryMayHaveTakenEffect()
    {
        _app.Clock.Jumps = true;
        Engine.OnUpsert = command => command.Request.IsRepeat
            ? Task.FromResult(LeadReply.Refused(LeadRefusal.Busy))
            : throw new TimeoutException();
        Assert.Equal("504 unknown", await _app.SignUp().Error());
        Engine.OnUpsert = command => throw (command.Request.IsRepeat ? new StoreBusyException("away") : new TimeoutException());
        Assert.Equal("504 unknown", await _app.SignUp().Error());
    }

    [Fact]
    public async Task LookUp_NoAnswer_IsBusyForNothingCanHaveChanged()
    {
        _app.Clock.Jumps = true;
        Engine.OnRead = () => throw new TimeoutException();
        Assert.Equal("503 busy", await _app.Client.GetAsync(LookUp).Error());
    }

    [Fact]
    public async Task SignUp_CampaignCannotBeRead_IsBusy()
    {
        Engine.OnGetCampaign = () => throw new StoreBusyException("away");
        Assert.Equal("503 busy", await _app.SignUp().Error());
        Engine.OnGetCampaign = () => Task.FromResult(CampaignReply.Accepted(Samples.Campaign));
        Assert.Equal(HttpStatusCode.OK, (await _app.SignUp()).StatusCode);
    }

    [Fact]
    public async Task SignUp_KeyCannotBeChecked_IsBusy()
    {
        Engine.OnAuthenticate = _ => throw new StoreBusyException("away");
        Assert.Equal("503 busy", await _app.SignUp(apiKey: FakeApplication.ApiKey).Error());
    }

    [Fact]
    public async Task SignUp_SecretsCannotBeRead_IsBusy()
    {
        _app.Clock.Jumps = true;
        Engine.OnSecret = () => throw new TimeoutException();
        Assert.Equal("503 busy", await _app.SignUp().Error());
    }

    [Fact]
    public async Task SignUp_FaultOfOurs_HasATraceIdAndNothingElse()
    {
        Engine.OnUpsert = _ => throw new InvalidOperationException("secret details of ada@example.com");
        using var response = await _app.SignUp();
        var body = await response.Json();
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("internal_error", body.Text("code"));
        Assert.Contains(body.Text("trace_id"), body.Text("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(body.Text("trace_id"), _app.Log.Text, StringComparison.Ordinal);
        Assert.Contains("secret details of (e-mail)", _app.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignUp_Any_LogsNoPersonAndNoKey()
    {
        _app.Clock.Jumps = true;
        Engine.OnUpsert = _ => throw new TimeoutException("no answer from identifier/135544/e/me@example.com");
        await _app.SignUp("k1", FakeApplication.ApiKey);
        Assert.Contains("TimeoutException", _app.Log.Text, StringComparison.Ordinal);
        foreach (var secret in (string[])["me@example.com", FakeApplication.ApiKey]) Assert.DoesNotContain(secret, _app.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignUp_BodyOverOneMebibyte_IsRefused()
    {
        var body = new StringContent($$"""{"email":"me@example.com","a":"{{new string('a', 1024 * 1024)}}"}""", Encoding.UTF8, "application/json");
        Assert.Equal("413 body_too_large", await _app.Client.PostAsync($"/v2/{Samples.CampaignId}", body).Error());
        Assert.Empty(Engine.Upserts);
    }

    [Theory]
    [InlineData("/v2/1/2/3")]
    [InlineData("/v1/1/subscribe/2")]
    public async Task Get_UnknownRoute_IsToldInTheDialect(string path) =>
        Assert.Equal("404 route_not_found", await _app.Client.GetAsync(path).Error());

    [Theory]
    [InlineData("")]
    [InlineData("/verify")]
    [InlineData("/actions/11")]
    [InlineData("/outbound-webhook")]
    public async Task Put_KnownRoute_IsToldInTheDialect(string name)
    {
        using var response = await _app.Client.PutAsync($"/v2/{Samples.CampaignId}{name}", null);
        Assert.Equal("method_not_allowed", (await response.Json()).Text("code"));
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Get_NowhereAtAll_IsAProblem()
    {
        using var response = await _app.Client.GetAsync("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task SignUp_CampaignKnown_IsAskedForOnceInAWhile()
    {
        await _app.SignUp(apiKey: FakeApplication.ApiKey);
        await _app.SignUp(apiKey: FakeApplication.ApiKey);
        Assert.Equal((1, 1), (Engine.CampaignReads, Engine.Authentications));
        _app.Clock.Advance(TimeSpan.FromSeconds(5));
        await _app.SignUp(apiKey: FakeApplication.ApiKey);
        Assert.Equal((2, 2), (Engine.CampaignReads, Engine.Authentications));
    }

    [Fact]
    public async Task SignUp_RevokedKey_DiesWithinFiveSeconds()
    {
        await _app.SignUp(apiKey: FakeApplication.ApiKey);
        Engine.OnAuthenticate = _ => Task.FromResult<LeadEngine.Accounts.KeyGrant?>(null);
        _app.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("409 invalid_api_key", await _app.SignUp(apiKey: FakeApplication.ApiKey).Error());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("sk_x_00000000000000000000000000000000")]
    [InlineData("sk_7_short")]
    public async Task SignUp_KeyOfNoForm_IsRefusedWithoutAsking(string apiKey)
    {
        Assert.Equal("409 invalid_api_key", await _app.SignUp(apiKey: apiKey).Error());
        Assert.Equal(0, Engine.Authentications);
    }

    [Fact]
    public async Task SignUp_SocialIdAlone_IsSentToThatLead()
    {
        await _app.Client.PostAsJsonAsync($"/v2/{Samples.CampaignId}", new { kid = Samples.SocialId, first_name = "Ada" });
        var command = Assert.Single(Engine.Upserts);
        Assert.Equal((null, null, "Ada"), (command.Email, command.Phone, command.Patch.FirstName));
        Assert.False(command.Request.IsRepeat);
        Assert.Equal(_app.Clock.GetUtcNow(), command.Request.ReceivedAt);
    }
}
