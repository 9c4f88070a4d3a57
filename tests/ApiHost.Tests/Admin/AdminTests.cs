using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Admin;

[Collection(LeadEngineCollection.Name)]
public sealed class AdminTests(LeadEngineApplication app)
{
    [Theory]
    [InlineData("GET", "/admin/campaigns/1")]
    [InlineData("PATCH", "/admin/campaigns/1")]
    [InlineData("POST", "/admin/accounts")]
    [InlineData("POST", "/admin/campaigns")]
    [InlineData("POST", "/admin/campaigns/1/keys")]
    [InlineData("GET", "/admin/campaigns/1/leads")]
    [InlineData("GET", "/admin/links/000000000000")]
    public async Task Any_WithoutKey_IsRefused(string method, string path)
    {
        foreach (var key in (string?[])[null, "", "wrong"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(new { name = "x" }) };
            if (key is not null) request.Headers.TryAddWithoutValidation("X-Admin-Key", key);
            using var response = await app.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task CreateAccount_Name_GivesIdAndKey()
    {
        using var response = await app.Admin.PostAsJsonAsync("/admin/accounts", new { name = "Example Co" });
        var account = await response.Json();
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(["account_id", "api_key"], account.EnumerateObject().Select(member => member.Name));
        Assert.StartsWith($"sk_{account.Number("account_id")}_", account.Text("api_key"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":"x","extra":1}""", "extra")]
    public async Task CreateAccount_BadBody_NamesWhatIsWrong(string body, string member) =>
        Assert.Equal([member], await Errors(app.Admin.PostAsync("/admin/accounts", Json(body))));

    [Fact]
    public async Task CreateCampaign_NameOnly_HasTheDefaults()
    {
        var campaign = await app.CreateCampaign();
        var shown = await app.Admin.GetAsync($"/admin/campaigns/{campaign.Id}").Json();
        Assert.Equal(
            $$"""
            {"campaign_id":{{campaign.Id}},"account_id":{{campaign.AccountId}},"status":"open","lead_count":0,"revision":0,"rescoring":null,"name":"Launch","site_url":null,"thankyou_url":null,"jump_start":0,"require_api_key":false,"hide_pii":true,"default_region":"US","waitlist":false,"verification_required":false,"referral_points":1,"draft":false,"skip_do_not_contact":true,"posting_strategy":"as_received","signup_points":0,"verified_referral_points":null,"indirect_referral_points":0,"verified_indirect_referral_points":null,"actions":[],"tags":[],"reward_levels":[],"fraud":{"signups_per_ip":null,"flag_disposable":false,"email_domains":[],"referrer_domains":[]},"double_opt_in":false,"phone_verification":false,"rate_limits":{"gets":null,"posts":null,"per_minute":null},"cors_origins":["*"],"withdrawn_inbound_webhooks":[]}
            """,
            shown.GetRawText());
    }

    [Fact]
    public async Task CreateCampaign_AllSettings_AreShown()
    {
        var settings = new
        {
            site_url = "https://www.example.com/",
            thankyou_url = "https://www.example.com/thanks",
            jump_start = 5,
            require_api_key = true,
            hide_pii = false,
            default_region = "GB",
            waitlist = true,
            verification_required = true,
            referral_points = 3,
            draft = true,
            skip_do_not_contact = false,
            posting_strategy = "latest_first",
        };
        var campaign = await app.CreateCampaign(settings);
        var shown = await app.Admin.GetAsync($"/admin/campaigns/{campaign.Id}").Json();
        var sent = JsonSerializer.SerializeToElement(settings);
        Assert.All(sent.EnumerateObject(), setting => Assert.Equal(setting.Value.GetRawText(), shown.GetProperty(setting.Name).GetRawText()));
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"site_url":"example.com"}""", "site_url")]
    [InlineData("""{"thankyou_url":"ftp://example.com"}""", "thankyou_url")]
    [InlineData("""{"jump_start":-1}""", "jump_start")]
    [InlineData("""{"jump_start":1000000001}""", "jump_start")]
    [InlineData("""{"jump_start":"5"}""", "jump_start")]
    [InlineData("""{"jump_start":1.5}""", "jump_start")]
    [InlineData("""{"require_api_key":"yes"}""", "require_api_key")]
    [InlineData("""{"default_region":"XX"}""", "default_region")]
    [InlineData("""{"referral_points":100000}""", "referral_points")]
    [InlineData("""{"referral_points":-1}""", "referral_points")]
    [InlineData("""{"draft":"no"}""", "draft")]
    [InlineData("""{"skip_do_not_contact":1}""", "skip_do_not_contact")]
    [InlineData("""{"posting_strategy":"fastest"}""", "posting_strategy")]
    [InlineData("""{"posting_strategy":1}""", "posting_strategy")]
    [InlineData("""{"status":"closed"}""", "status")]
    [InlineData("""{"status":1}""", "status")]
    [InlineData("""{"campaign_id":1}""", "campaign_id")]
    [InlineData("""{"Name":"x"}""", "Name")]
    public async Task ChangeCampaign_BadSetting_NamesItAndChangesNothing(string body, string member)
    {
        var campaign = await app.CreateCampaign();
        var before = await app.Admin.GetStringAsync($"/admin/campaigns/{campaign.Id}");
        Assert.Equal([member], await Errors(app.Admin.PatchAsync($"/admin/campaigns/{campaign.Id}", Json(body))));
        Assert.Equal(before, await app.Admin.GetStringAsync($"/admin/campaigns/{campaign.Id}"));
    }

    [Fact]
    public async Task ChangeCampaign_SomeSettings_LeavesTheOthers()
    {
        var campaign = await app.CreateCampaign(new { site_url = "https://www.example.com/", jump_start = 5 });
        var after = await campaign.Change(new { jump_start = 7, status = "ended" }).Json();
        Assert.Equal(("https://www.example.com/", 7, "ended"), (after.Text("site_url"), after.Number("jump_start"), after.Text("status")));
    }

    [Fact]
    public async Task ChangeCampaign_SettingToNull_GetsItsDefault()
    {
        var campaign = await app.CreateCampaign(new { site_url = "https://www.example.com/", jump_start = 5, hide_pii = false });
        var after = await app.Admin.PatchAsync($"/admin/campaigns/{campaign.Id}", Json("""{"site_url":null,"jump_start":null,"hide_pii":null}""")).Json();
        Assert.Equal(
            (JsonValueKind.Null, 0, true),
            (after.GetProperty("site_url").ValueKind, after.Number("jump_start"), after.GetProperty("hide_pii").GetBoolean()));
    }

    [Theory]
    [InlineData("""{"url":"https://a.example/","events":["signup"]}""", "channel")]
    [InlineData("""{"channel":"sendkit","events":["signup"]}""", "url")]
    [InlineData("""{"channel":"sendkit","url":"https://a.example/"}""", "events")]
    [InlineData("""{"channel":"sendkit","url":"https://a.example/","events":[]}""", "events")]
    [InlineData("""{"channel":"sendkit","url":"https://a.example/","events":[null]}""", "events")]
    public async Task CreateWebhook_BadBody_NamesWhatIsWrong(string body, string member)
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal([member], await Errors(app.Admin.PostAsync($"/admin/accounts/{campaign.AccountId}/webhooks", Json(body))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"account_id":"one"}""")]
    [InlineData("""{"account_id":1e99}""")]
    [InlineData("""{"account_id":null}""")]
    public async Task CreateCampaign_NoAccount_NamesIt(string body) =>
        Assert.Equal(["account_id"], await Errors(app.Admin.PostAsync("/admin/campaigns", Json(body))));

    [Fact]
    public async Task CreateCampaign_UnknownAccount_IsNotFound() => Assert.Equal(
        "404 account_not_found", await app.Admin.PostAsJsonAsync("/admin/campaigns", new { account_id = 999_999_999, name = "x" }).Error());

    [Fact]
    public async Task Any_UnknownCampaign_IsNotFound()
    {
        Assert.Equal("404 campaign_not_found", await app.Admin.GetAsync("/admin/campaigns/999999999").Error());
        Assert.Equal("404 campaign_not_found", await app.Admin.PatchAsJsonAsync("/admin/campaigns/999999999", new { name = "x" }).Error());
        Assert.Equal("404 campaign_not_found", await app.Admin.GetAsync("/admin/campaigns/999999999/leads").Error());
        Assert.Equal("404 campaign_not_found", await app.Admin.PostAsJsonAsync("/admin/campaigns/999999999/keys", new { label = "x" }).Error());
    }

    [Theory]
    [InlineData("{", "400 invalid_json")]
    [InlineData("[]", "400 invalid_json")]
    [InlineData("", "400 invalid_json")]
    [InlineData("""{"name":"a","name":"b"}""", "400 invalid_json")]
    [InlineData("""{"name":"\ud800"}""", "400 invalid_json")]
    [InlineData("""{"name":"\u0000"}""", "400 invalid_json")]
    public async Task CreateAccount_BadJson_IsRefused(string body, string expected) =>
        Assert.Equal(expected, await app.Admin.PostAsync("/admin/accounts", Json(body)).Error());

    [Fact]
    public async Task CreateAccount_OtherContentType_IsRefused() =>
        Assert.Equal("415 unsupported_content_type", await app.Admin.PostAsync("/admin/accounts", new StringContent("{}")).Error());

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/nothing")]
    [InlineData("/admin/campaigns/abc")]
    public async Task Get_UnknownRoute_IsAProblem(string path) => Assert.Equal("404 route_not_found", await app.Admin.GetAsync(path).Error());

    [Fact]
    public async Task Delete_KnownRoute_IsAProblem() =>
        Assert.Equal("405 method_not_allowed", await app.Admin.DeleteAsync("/admin/campaigns/1").Error());

    [Fact]
    public async Task CreateKey_Label_GivesAKey()
    {
        var campaign = await app.CreateCampaign();
        using var response = await app.Admin.PostAsJsonAsync($"/admin/campaigns/{campaign.Id}/keys", new { label = "site" });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.NotEqual(campaign.ApiKey, (await response.Json()).Text("api_key"));
    }

    [Fact]
    public async Task ListLeads_Pages_GiveEveryLeadOnceInRankOrder()
    {
        var campaign = await app.CreateCampaign();
        await Task.WhenAll(Enumerable.Range(0, 25).Select(number => campaign.SignUp(new { email = $"p{number}@example.com" })));
        List<long> ranks = [];
        for (long? after = 0; after is not null;)
        {
            var page = await app.Admin.GetAsync($"/admin/campaigns/{campaign.Id}/leads?after={after}&limit=10").Json();
            ranks.AddRange(page.GetProperty("leads").EnumerateArray().Select(lead => lead.Number("rank")));
            after = page.GetProperty("next") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(rank => (long)rank), ranks);
    }

    [Fact]
    public async Task ListLeads_Lead_ShowsWhatIsKnown()
    {
        var campaign = await app.CreateCampaign();
        var ada = await campaign.SignUpAsOwner(new { email = "ada@example.com", phone_number = "+12065550100", first_name = "Ada", plan = "pro" }).Json();
        var listed = (await campaign.Leads()).Single();
        Assert.Equal(
            (ada.Number("id"), ada.Text("social_id"), "ada@example.com", "+12065550100", "Ada", 1),
            (listed.Number("id"), listed.Text("social_id"), listed.Text("email"), listed.Text("phone_number"), listed.Text("first_name"), listed.Number("counter")));
        Assert.Equal("""{"plan":"pro"}""", listed.GetProperty("custom_fields").GetRawText());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("after=-1")]
    [InlineData("after=earliest_first..1")]
    [InlineData("limit=many")]
    public async Task ListLeads_BadPage_IsRefused(string query)
    {
        var campaign = await app.CreateCampaign();
        using var response = await app.Admin.GetAsync($"/admin/campaigns/{campaign.Id}/leads?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    private static async Task<string[]> Errors(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        return [.. (await response.Json()).GetProperty("errors").EnumerateObject().Select(error => error.Name)];
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
