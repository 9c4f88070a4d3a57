using System.Net;
using System.Net.Http.Json;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.ApiHost.Tests.Mail;
using LeadEngine.ApiHost.Tests.Texts;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Engine;

/// <summary>From the sign-up to the verified lead, by mail and by text message, over HTTP on each store.</summary>
public abstract class VerificationTests : IAsyncLifetime
{
    private const string PublicUrl = "https://leads.test";

    private readonly SmtpReceiver _mailbox = new();
    private readonly TextGateway _phone = new();
    private readonly LeadEngineApplication _app;
    private HttpClient _browser = null!;

    protected VerificationTests(Func<Dictionary<string, string>, LeadEngineApplication> newApplication) => _app = newApplication(new()
    {
        ["Http:PublicUrl"] = PublicUrl,
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = $"{_mailbox.Port}",
        ["Mail:Tls"] = "false",
        ["Mail:From"] = "hello@example.com",
        ["Texts:Url"] = _phone.Address,
    });

    public async Task InitializeAsync()
    {
        await _app.InitializeAsync();
        if (_app.IsRunning) _browser = _app.NewClientWithoutRedirects();
    }

    public async Task DisposeAsync()
    {
        _browser?.Dispose();
        await _app.DisposeAsync();
        await _mailbox.DisposeAsync();
        await _phone.DisposeAsync();
    }

    [ContractFact]
    public async Task SignUp_DoubleOptIn_IsVerifiedByTheLinkInTheMail()
    {
        var campaign = await _app.CreateCampaign(new { double_opt_in = true, thankyou_url = "https://example.com/thanks" });
        await campaign.SignUp(new { email = "ada@example.com", first_name = "Ada" });
        var mail = await _mailbox.Next();
        Assert.Equal("ada@example.com", mail["to"]);

        var link = Local(mail.Link("/verify/"));
        Assert.Equal(HttpStatusCode.OK, await Status(_browser.GetAsync(link)));
        Assert.False((await campaign.LookUpAsOwner("email=ada@example.com").Json()).GetProperty("verified_email").GetBoolean());

        foreach (var _ in Enumerable.Range(0, 2)) Assert.Equal(HttpStatusCode.SeeOther, await Status(_browser.PostAsync(link, null)));
        Assert.True((await campaign.LookUpAsOwner("email=ada@example.com").Json()).GetProperty("verified_email").GetBoolean());
    }

    [ContractFact]
    public async Task SignUp_AgainWithinTheHour_SendsNoSecondMail()
    {
        var campaign = await _app.CreateCampaign(new { double_opt_in = true });
        foreach (var _ in Enumerable.Range(0, 3)) await campaign.SignUp(new { email = "ada@example.com" });
        await _mailbox.Next();
        await campaign.SignUp(new { email = "bob@example.com" });
        Assert.Equal("bob@example.com", (await _mailbox.Next())["to"]);
        Assert.Equal(2, _mailbox.Mails.Count);
    }

    [ContractFact]
    public async Task OptOut_LinksOfTheMail_OptOutAndBack()
    {
        var campaign = await _app.CreateCampaign(new { double_opt_in = true });
        await campaign.SignUp(new { email = "ada@example.com" });
        var mail = await _mailbox.Next();
        var oneClick = Local(mail["list-unsubscribe"].Trim('<', '>'));

        Assert.Equal(HttpStatusCode.OK, await Status(_browser.GetAsync(Local(mail.Link("/opt-out/")))));
        Assert.False(await IsOptedOut());
        Assert.Equal(HttpStatusCode.OK, await Status(_browser.PostAsync(oneClick, null)));
        Assert.True(await IsOptedOut());
        Assert.Equal(HttpStatusCode.OK, await Status(_browser.PostAsync($"{oneClick}/undo", null)));
        Assert.False(await IsOptedOut());
        Assert.Equal(HttpStatusCode.OK, await Status(_browser.GetAsync(oneClick)));
        Assert.True(await IsOptedOut());

        async Task<bool> IsOptedOut() => (await campaign.LookUpAsOwner("email=ada@example.com").Json()).GetProperty("opted_out").GetBoolean();
    }

    [ContractFact]
    public async Task OptOut_LockedCampaign_ComesLater()
    {
        var campaign = await _app.CreateCampaign(new { double_opt_in = true });
        await campaign.SignUp(new { email = "ada@example.com" });
        var link = Local((await _mailbox.Next())["list-unsubscribe"].Trim('<', '>'));
        await campaign.Change(new { status = "locked" });
        Assert.Equal(HttpStatusCode.Locked, await Status(_browser.PostAsync(link, null)));
        await campaign.Change(new { status = "ended" });
        Assert.Equal(HttpStatusCode.OK, await Status(_browser.PostAsync(link, null)));
    }

    [ContractFact]
    public async Task SignUp_PhoneVerification_IsVerifiedByTheCodeOfTheMessage()
    {
        var campaign = await _app.CreateCampaign(new { phone_verification = true });
        await campaign.SignUp(new { phone_number = "+12065550100" });
        var code = (await _phone.Next())[..6];
        var wrong = code == "000000" ? "000001" : "000000";

        Assert.Equal((404, "Verification code is not valid"), await Verify(new { phone_number = "+12065550100", code = wrong }));
        Assert.Equal((200, "Lead verified"), await Verify(new { phone_number = "+12065550100", code }));
        Assert.Equal((409, "Lead already verified"), await Verify(new { phone_number = "+12065550100", code }));
        Assert.True((await campaign.LookUpAsOwner("phone_number=%2B12065550100").Json()).GetProperty("verified_phone_number").GetBoolean());

        async Task<(int, string)> Verify(object body)
        {
            using var response = await _app.Client.PostAsJsonAsync($"{campaign.Path}/verify-phone-number", body);
            return ((int)response.StatusCode, (await response.Json()).Text("message"));
        }
    }

    [ContractFact]
    public async Task SignUp_PhoneVerification_IsVerifiedOnThePage()
    {
        var campaign = await _app.CreateCampaign(new { phone_verification = true });
        var lead = await campaign.SignUp(new { phone_number = "+12065550100" }).Json();
        var page = Local(lead.Text("phone_number_verification_url"));
        var code = (await _phone.Next())[..6];

        Assert.Equal(HttpStatusCode.OK, await Status(_browser.GetAsync(page)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(_browser.PostAsync(page, Form("abc"))));
        Assert.Equal(HttpStatusCode.OK, await Status(_browser.PostAsync(page, Form(code))));

        lead = await campaign.LookUpAsOwner("phone_number=%2B12065550100").Json();
        Assert.True(lead.GetProperty("verified_phone_number").GetBoolean());
        Assert.False(lead.TryGetProperty("phone_number_verification_url", out _));

        static FormUrlEncodedContent Form(string code) => new(new Dictionary<string, string> { ["code"] = code });
    }

    private static string Local(string link) => new Uri(link).PathAndQuery;

    private static async Task<HttpStatusCode> Status(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        return response.StatusCode;
    }
}

public sealed class SqliteVerificationTests() : VerificationTests(settings => new LeadEngineApplication { Settings = settings });

[NeedsPostgres]
public sealed class PostgresVerificationTests() : VerificationTests(settings => new PostgresLeadEngineApplication { Settings = settings });
