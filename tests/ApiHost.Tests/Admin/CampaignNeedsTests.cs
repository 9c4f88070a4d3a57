using System.Net.Http.Json;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Tests.Admin;

public sealed class CampaignNeedsTests
{
    [Theory]
    [InlineData("double_opt_in", "Mail:Host")]
    [InlineData("phone_verification", "Texts:Url")]
    public async Task Change_SwitchedOnWithoutWhatItNeeds_NamesTheSetting(string setting, string missing)
    {
        await using var app = new FakeApplication();
        using var request = Patch(new Dictionary<string, bool> { [setting] = true });
        var answer = await app.Client.SendAsync(request).Json();
        Assert.Equal("invalid_request", answer.Text("code"));
        Assert.Contains(missing, answer.GetProperty("errors").GetProperty(setting)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_OnAlready_IsNotInTheWayOfOtherSettings()
    {
        await using var app = new FakeApplication();
        var settings = Samples.Settings with { DoubleOptIn = true, PhoneVerification = true };
        app.Engine.OnGetCampaign = () => Task.FromResult(CampaignReply.Accepted(Samples.Campaign with { Settings = settings }));
        using var request = Patch(new { name = "Other" });
        Assert.Equal("Other", (await app.Client.SendAsync(request).Json()).Text("name"));
    }

    [Fact]
    public async Task Change_WithWhatItNeeds_IsSwitchedOn()
    {
        await using var app = new FakeApplication(
            ("Mail:Folder", Path.GetTempPath()), ("Mail:From", "hello@example.com"), ("Http:PublicUrl", "https://leads.test"), ("Texts:Url", "http://sms.test/"));
        using var request = Patch(new { double_opt_in = true, phone_verification = true });
        Assert.True((await app.Client.SendAsync(request).Json()).GetProperty("double_opt_in").GetBoolean());
    }

    [Theory]
    [InlineData("Http:PublicUrl", "Mail:Host=mail.test", "Mail:From=hello@example.com")]
    [InlineData("Mail:From", "Mail:Host=mail.test", "Http:PublicUrl=https://leads.test")]
    [InlineData("Mail:From", "Mail:Host=mail.test", "Mail:From=nobody", "Http:PublicUrl=https://leads.test")]
    [InlineData("Mail:Folder", "Mail:Host=mail.test", "Mail:Folder=mails", "Mail:From=hello@example.com", "Http:PublicUrl=https://leads.test")]
    [InlineData("Mail:Password", "Mail:Host=mail.test", "Mail:User=me", "Mail:From=hello@example.com", "Http:PublicUrl=https://leads.test")]
    [InlineData("implicit TLS", "Mail:Host=mail.test", "Mail:Port=465", "Mail:From=hello@example.com", "Http:PublicUrl=https://leads.test")]
    [InlineData("Url", "Texts:Url=nowhere")]
    public void Start_SettingsThatDoNotGoTogether_IsRefused(string named, params string[] settings)
    {
        var pairs = settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]));
        Assert.Contains(named, StartCheck.RefusalOf(pairs), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Patch(object changes)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/admin/campaigns/{Samples.CampaignId}") { Content = JsonContent.Create(changes) };
        request.Headers.Add("X-Admin-Key", FakeApplication.AdminKey);
        return request;
    }
}
