using System.Net;
using System.Net.Http.Json;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Web;

public sealed class PageTests : IAsyncDisposable
{
    private readonly FakeApplication _app = new();
    private LeadProfile _profile = new() { FirstName = "Ada" };
    private string? _phone;

    public PageTests()
    {
        _app.Engine.OnRead = () => Task.FromResult(Accepted());
        _app.Engine.OnApply = command =>
        {
            _profile = command.Order switch
            {
                LeadOrder.OptOut => _profile with { OptedOut = true },
                LeadOrder.OptIn => _profile with { OptedOut = false },
                LeadOrder.Verify => _profile with { VerifiedEmail = true },
                LeadOrder.VerifyPhone => _profile with { VerifiedPhone = true },
                _ => throw new NotSupportedException(),
            };
            return Task.FromResult(Accepted());
        };
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task OptOut_DefaultLink_OptsOutAtOnce()
    {
        var page = await Get(OptOutLink());
        Assert.Equal((HttpStatusCode.OK, true), (page.Status, page.Text.Contains("You will get no more mail of Launch.", StringComparison.Ordinal)));
        var command = Assert.Single(_app.Engine.Applied);
        Assert.Equal((LeadOrder.OptOut, Samples.CampaignId), (command.Order, command.CampaignId));
    }

    [Fact]
    public async Task OptOut_SafeLink_AsksUntilItsButtonIsPressed()
    {
        var link = $"{OptOutLink()}?confirm=1";
        var page = await Get(link);
        Assert.Contains("""<form method="post" action=""><button>Unsubscribe</button></form>""", page.Text, StringComparison.Ordinal);
        Assert.Empty(_app.Engine.Applied);

        Assert.Equal(HttpStatusCode.OK, (await Post(link)).Status);
        Assert.True(_profile.OptedOut);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?confirm=1")]
    public async Task OptOut_OneClickOfAMailProgram_OptsOut(string query)
    {
        var page = await Post(OptOutLink() + query, new() { ["List-Unsubscribe"] = "One-Click" });
        Assert.Equal((HttpStatusCode.OK, true), (page.Status, _profile.OptedOut));
    }

    [Fact]
    public async Task OptOut_Head_ChangesNothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, OptOutLink());
        using var response = await _app.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(_app.Engine.Applied);
    }

    [Fact]
    public async Task OptOut_TakenBack_MayBeDoneAgainWithTheSameLink()
    {
        var page = await Get(OptOutLink());
        var token = OptOutLink().Split('/')[^1];
        Assert.Contains($"""action="{token}/undo">""", page.Text, StringComparison.Ordinal);

        Assert.Contains("You are back", (await Post($"{OptOutLink()}/undo")).Text, StringComparison.Ordinal);
        Assert.False(_profile.OptedOut);
        await Get(OptOutLink());
        Assert.True(_profile.OptedOut);
        Assert.Distinct(_app.Engine.Applied.Select(command => command.Request.Id));
    }

    [Fact]
    public async Task Verification_Opened_VerifiesNobody()
    {
        var page = await Get(VerificationLink());
        Assert.Contains("<button>Yes, confirm my address</button>", page.Text, StringComparison.Ordinal);
        Assert.Empty(_app.Engine.Applied);
    }

    [Fact]
    public async Task Verification_Confirmed_LeadsToTheThankyouPage()
    {
        using var response = await _app.Client.PostAsync(VerificationLink(), null);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal($"https://example.com/thanks?kolid={Samples.SocialId}", response.Headers.Location!.OriginalString);
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal(LeadOrder.Verify, Assert.Single(_app.Engine.Applied).Order);
    }

    [Fact]
    public async Task Verification_CampaignWithoutThankyouPage_SaysThatItIsDone()
    {
        UseSettings(Samples.Settings with { ThankyouUrl = null });
        Assert.Contains("is confirmed", (await Post(VerificationLink())).Text, StringComparison.Ordinal);
        Assert.Contains("is confirmed", (await Get(VerificationLink())).Text, StringComparison.Ordinal);
        await Post(VerificationLink());
        Assert.Single(_app.Engine.Applied);
    }

    [Fact]
    public async Task PhoneVerification_Opened_AsksForTheCode()
    {
        _phone = "+12065550100";
        var page = await Get(PhoneLink());
        Assert.Contains("""<input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required>""", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2065550100", page.Text, StringComparison.Ordinal);
        Assert.Empty(_app.Engine.Applied);
    }

    [Fact]
    public async Task PhoneVerification_RightCode_LeadsToTheThankyouPage()
    {
        _phone = "+12065550100";
        Assert.Equal(HttpStatusCode.SeeOther, (await Post(PhoneLink(), new() { ["code"] = " 123456 " })).Status);
        Assert.Equal(LeadOrder.VerifyPhone, Assert.Single(_app.Engine.Applied).Order);
        Assert.Contains("is confirmed", (await Get(PhoneLink())).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("654321")]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("١٢٣٤٥٦")]
    public async Task PhoneVerification_WrongCode_AsksAgain(string code)
    {
        _phone = "+12065550100";
        var page = await Post(PhoneLink(), new() { ["code"] = code });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (page.Status, page.Text.Contains("<form", StringComparison.Ordinal)));
        Assert.Empty(_app.Engine.Applied);
    }

    [Fact]
    public async Task PhoneVerification_NoForm_IsRefused()
    {
        _phone = "+12065550100";
        using var json = JsonContent.Create(new { code = "123456" });
        using var response = await _app.Client.PostAsync(PhoneLink(), json);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(PhoneLink(), new() { ["code"] = new string('1', 2_000) })).Status);
    }

    [Fact]
    public async Task PhoneVerification_CodeCannotBeChecked_IsSaidToBeBusy()
    {
        _phone = "+12065550100";
        _app.Engine.OnCheckCode = _ => throw new StoreBusyException("away");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Post(PhoneLink(), new() { ["code"] = "123456" })).Status);
    }

    [Fact]
    public async Task PhoneVerification_LeadWithoutPhone_IsGone() => Assert.Equal(HttpStatusCode.Gone, (await Get(PhoneLink())).Status);

    [Fact]
    public async Task Page_NameOfTheCampaign_IsEscaped()
    {
        UseSettings(Samples.Settings with { Name = "<script>alert('x')</script> & \"more\"" });
        var page = await Get($"{OptOutLink()}?confirm=1");
        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;more&quot;", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Always_IsKeptNowhereAndShowsNothingPersonal()
    {
        foreach (var link in (string[])[$"{OptOutLink()}?confirm=1", OptOutLink(), VerificationLink(), "/verify/x"])
        {
            using var response = await _app.Client.GetAsync(link);
            Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            var text = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
            Assert.DoesNotContain("me@example.com", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Link_ForSomethingElse_IsNoGood()
    {
        var (optOut, verification) = (OptOutLink().Split('/')[^1], VerificationLink().Split('/')[^1]);
        foreach (var link in (string[])[$"/verify/{optOut}", $"/opt-out/{verification}", "/opt-out/x", $"/opt-out/{optOut[..^4]}", "/verify/%C3%BC"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Get(link)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Post(link)).Status);
        }

        Assert.Empty(_app.Engine.Applied);
    }

    [Fact]
    public async Task Link_TooOld_IsSaidToBe()
    {
        var (optOut, verification) = (OptOutLink(), VerificationLink());
        _app.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(HttpStatusCode.Gone, (await Post(verification)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Get(optOut)).Status);
        _app.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Contains("too old", (await Get(optOut)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LeadRefusal.LeadNotFound, 410)]
    [InlineData(LeadRefusal.CampaignNotFound, 410)]
    [InlineData(LeadRefusal.Locked, 423)]
    [InlineData(LeadRefusal.Busy, 503)]
    [InlineData(LeadRefusal.Unknown, 504)]
    public async Task Change_Refused_IsSaidInWordsForPeople(LeadRefusal refusal, int status)
    {
        _app.Engine.OnApply = _ => Task.FromResult(LeadReply.Refused(refusal));
        foreach (var page in (PageAnswer[])[await Get(OptOutLink()), await Post(VerificationLink()), await Post($"{OptOutLink()}/undo")])
        {
            Assert.Equal((HttpStatusCode)status, page.Status);
            Assert.DoesNotContain("Idempotency", page.Text, StringComparison.Ordinal);
            Assert.Equal(status is 503 or 504, page.HasRetryAfter);
        }
    }

    [Fact]
    public async Task Lead_Gone_IsSaidToBe()
    {
        _app.Engine.OnRead = () => Task.FromResult(LeadReply.Refused(LeadRefusal.LeadNotFound));
        Assert.Equal(HttpStatusCode.Gone, (await Get(VerificationLink())).Status);
        Assert.Equal(HttpStatusCode.Gone, (await Get($"{OptOutLink()}?confirm=1")).Status);
    }

    [Fact]
    public async Task Page_OtherMethod_IsRefusedInAPage()
    {
        using var response = await _app.Client.DeleteAsync(OptOutLink());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    private static string OptOutLink() => $"/opt-out/{Links().Create(LinkPurpose.OptOut, Samples.CampaignId, Samples.LeadId)}";

    private static string VerificationLink() => $"/verify/{Links().Create(LinkPurpose.Verification, Samples.CampaignId, Samples.LeadId)}";

    private static string PhoneLink() => $"/verify-phone/{Links().Create(LinkPurpose.PhoneVerification, Samples.CampaignId, Samples.LeadId)}";

    // The fake engine's secrets are the samples'.
    private static LeadLinks Links() => Samples.Keys.Links;

    private void UseSettings(CampaignSettings settings) =>
        _app.Engine.OnGetCampaign = () => Task.FromResult(CampaignReply.Accepted(Samples.Campaign with { Settings = settings }));

    private LeadReply Accepted() => LeadReply.Accepted(Samples.Lead with { Phone = _phone, Profile = _profile }, Samples.Standing);

    private async Task<PageAnswer> Get(string link) => await PageAnswer.Of(await _app.Client.GetAsync(link));

    private async Task<PageAnswer> Post(string link, Dictionary<string, string>? form = null) =>
        await PageAnswer.Of(await _app.Client.PostAsync(link, form is null ? null : new FormUrlEncodedContent(form)));

    private sealed record PageAnswer(HttpStatusCode Status, string Text, bool HasRetryAfter)
    {
        public static async Task<PageAnswer> Of(HttpResponseMessage response)
        {
            using (response)
            {
                return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter is not null);
            }
        }
    }
}
