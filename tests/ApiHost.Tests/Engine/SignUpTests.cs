using System.Net;
using System.Net.Http.Json;
using System.Text;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Engine;

public abstract class SignUpTests(LeadEngineApplication app)
{
    [ContractFact]
    public async Task SignUp_ExampleOfTheVendorsPage_IsAnsweredInItsShape()
    {
        var campaign = await app.CreateCampaign(new { site_url = "https://www.example.com/", thankyou_url = "https://example.com/thanks" });
        using var response = await campaign.SignUpAsOwner(
            new { email = "ada@example.com", phone_number = "+12065550100", first_name = "Ada", company = "Example Co" });
        var lead = await response.Json();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal((1, 1, 1), (lead.Number("rank"), lead.Number("counter"), lead.Number("lead_count")));
        Assert.Equal(("ada@example.com", "+12065550100", "Ada"), (lead.Text("email"), lead.Text("phone_number"), lead.Text("first_name")));
        Assert.Equal("""{"company":"Example Co"}""", lead.GetProperty("custom_fields").GetRawText());
        Assert.Equal($"https://www.example.com/?kid={lead.Text("social_id")}", lead.Text("social_url"));
    }

    [ContractFact]
    public async Task SignUp_TrailingSlash_IsTheSameRoute()
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal(1, (await app.Client.PostAsJsonAsync($"{campaign.Path}/", new { email = "ada@example.com" }).Json()).Number("rank"));
    }

    [ContractFact]
    public async Task SignUp_SamePersonInOtherForms_IsOneLead()
    {
        var campaign = await app.CreateCampaign();
        var first = await campaign.SignUpAsOwner(new { email = "ada@example.com", phone_number = "(206) 555-0100" }).Json();
        var second = await campaign.SignUpAsOwner(new { email = " ADA@Example.com " }).Json();
        var third = await campaign.SignUpAsOwner(new { phone_number = "206.555.0100", country_code = "1" }).Json();
        Assert.Equal((first.Number("id"), first.Number("id")), (second.Number("id"), third.Number("id")));
        Assert.Equal((3, 1), (third.Number("counter"), third.Number("lead_count")));
    }

    [ContractFact]
    public async Task SignUp_LeadWithPhoneOnly_GainsTheEmail()
    {
        var campaign = await app.CreateCampaign();
        await campaign.SignUp(new { phone_number = "+12065550100" });
        var lead = await campaign.SignUpAsOwner(new { email = "ada@example.com", phone_number = "+12065550100" }).Json();
        Assert.Equal(("ada@example.com", 2), (lead.Text("email"), lead.Number("counter")));
        Assert.Equal(lead.Number("id"), (await campaign.LookUp("email=ada@example.com").Json()).Number("id"));
    }

    [ContractFact]
    public async Task SignUp_Form_IsTheSame()
    {
        var campaign = await app.CreateCampaign();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["email"] = "ada@example.com", ["Company"] = "Émile & Søn", ["seats"] = "3" });
        var lead = await app.Client.PostAsync(campaign.Path, form).Json();
        Assert.Equal("""{"company":"Émile & Søn","seats":"3"}""", lead.GetProperty("custom_fields").GetRawText());
    }

    [ContractFact]
    public async Task SignUp_Multipart_IsTheSame()
    {
        var campaign = await app.CreateCampaign();
        using var form = new MultipartFormDataContent { { new StringContent("ada@example.com"), "email" }, { new StringContent("pro"), "plan" } };
        var lead = await app.Client.PostAsync(campaign.Path, form).Json();
        Assert.Equal("""{"plan":"pro"}""", lead.GetProperty("custom_fields").GetRawText());
    }

    [ContractFact]
    public async Task SignUp_QueryAlone_IsTheSame()
    {
        var campaign = await app.CreateCampaign();
        var lead = await app.Client.PostAsync($"{campaign.Path}?email=ada%40example.com&first_name=Ada&api_key={campaign.ApiKey}", null).Json();
        Assert.Equal(("ada@example.com", "Ada"), (lead.Text("email"), lead.Text("first_name")));
    }

    [ContractFact]
    public async Task SignUp_Json_KeepsTheTypesOfCustomFields()
    {
        var campaign = await app.CreateCampaign();
        var fields = """{"text":"x","number":1.5,"yes":true,"list":[1,"a",null],"map":{"k":{}}}""";
        var body = new StringContent(fields.Replace("{\"text", "{\"email\":\"ada@example.com\",\"text", StringComparison.Ordinal), Encoding.UTF8, "application/json");
        Assert.Equal(fields, (await app.Client.PostAsync(campaign.Path, body).Json()).GetProperty("custom_fields").GetRawText());
        Assert.Equal(fields, (await campaign.LookUpAsOwner("email=ada@example.com").Json()).GetProperty("custom_fields").GetRawText());
    }

    [ContractFact]
    public async Task SignUp_CustomFieldSetToNull_IsRemoved()
    {
        var campaign = await app.CreateCampaign();
        await campaign.SignUp(new { email = "ada@example.com", plan = "pro", seats = 3 });
        var lead = await campaign.SignUpAsOwner(new { email = "ada@example.com", plan = (string?)null }).Json();
        Assert.Equal("""{"seats":3}""", lead.GetProperty("custom_fields").GetRawText());
    }

    [ContractFact]
    public async Task SignUp_Referral_CountsForTheReferrer()
    {
        var campaign = await app.CreateCampaign();
        var ada = await campaign.SignUpAsOwner(new { email = "ada@example.com" }).Json();
        var bob = await campaign.SignUpAsOwner(new { email = "bob@example.com", kid = ada.Text("social_id") }).Json();
        await campaign.SignUp(new { email = "eve@example.com", __url = $"https://www.example.com/?kid={bob.Text("social_id")}" });
        Assert.Equal(ada.Number("id"), bob.Number("parent_id"));

        var after = await campaign.LookUpAsOwner("email=ada@example.com").Json();
        Assert.Equal((1, 1, 1), (after.Number("referrals"), after.Number("contest_score"), after.Number("contest_score_rank")));
        Assert.Equal("""{"indirect":1,"direct":1}""", after.GetProperty("influence").GetRawText());
    }

    [ContractFact]
    public async Task SignUp_SocialIdAlone_UpdatesThatLead()
    {
        var campaign = await app.CreateCampaign();
        var ada = await campaign.SignUpAsOwner(new { email = "ada@example.com" }).Json();
        var after = await campaign.SignUpAsOwner(new { social_id = ada.Text("social_id"), first_name = "Ada" }).Json();
        Assert.Equal((ada.Number("id"), 2, "Ada"), (after.Number("id"), after.Number("counter"), after.Text("first_name")));
    }

    [ContractFact]
    public async Task SignUp_SocialIdOfAnotherCampaign_IsNotFound()
    {
        var (campaign, other) = (await app.CreateCampaign(), await app.CreateCampaign());
        var ada = await other.SignUp(new { email = "ada@example.com" }).Json();
        Assert.Equal("404 lead_not_found", await campaign.SignUp(new { social_id = ada.Text("social_id") }).Error());
        Assert.Equal("404 lead_not_found", await campaign.SignUp(new { social_id = "00000000" }).Error());
    }

    [ContractFact]
    public async Task SignUp_MustExist_AddsNobody()
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal("404 lead_not_found", await campaign.SignUp(new { email = "ada@example.com", must_exist = true }).Error());
        await campaign.SignUp(new { email = "ada@example.com" });
        Assert.Equal(2, (await campaign.SignUp(new { email = "ada@example.com", must_exist = "1" }).Json()).Number("counter"));
    }

    [ContractFact]
    public async Task SignUp_Points_CountOnlyForTheOwner()
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal(0, (await campaign.SignUp(new { email = "ada@example.com", points = 5 }).Json()).Number("contest_score"));
        Assert.Equal(5, (await campaign.SignUpAsOwner(new { email = "ada@example.com", points = 5 }).Json()).Number("contest_score"));
        Assert.Equal(0, (await campaign.SignUpAsOwner(new { email = "ada@example.com", points = "-9" }).Json()).Number("contest_score"));
        Assert.Equal("406 invalid_points", await campaign.SignUpAsOwner(new { email = "ada@example.com", points = 100_000 }).Error());
    }

    [ContractFact]
    public async Task SignUp_OriginAndUtm_AreKept()
    {
        var campaign = await app.CreateCampaign();
        var lead = await campaign.SignUpAsOwner(new
        {
            email = "ada@example.com",
            ip = "203.0.113.9",
            __referrer = "https://news.example/",
            __uid = "crm-1",
            utm_source = "news",
            __url = "https://www.example.com/join?utm_medium=mail",
            last_name = "Lovelace",
            redirect_url = "https://example.com/next",
        }).Json();
        Assert.Equal(("203.0.113.9", "https://news.example/", "crm-1"), (lead.Text("ip"), lead.Text("referrer"), lead.Text("uid")));
        Assert.Equal("""{"source":"news","medium":"mail"}""", lead.GetProperty("utm").GetRawText());
        Assert.Equal(("Lovelace", "https://example.com/next"), (lead.Text("family_name"), lead.Text("redirect_url")));
    }

    [ContractFact]
    public async Task SignUp_ResponseControls_LeaveOut()
    {
        var campaign = await app.CreateCampaign();
        var lead = await campaign.SignUp(new { email = "ada@example.com", __skip_urls = 1, __skip_actions = 1 }).Json();
        Assert.False(lead.TryGetProperty("social_url", out _));
        Assert.False(lead.TryGetProperty("completed_actions", out _));
    }

    [ContractTheory]
    [InlineData("campaign_id")]
    [InlineData("campaignId")]
    [InlineData("list_id")]
    [InlineData("__lid")]
    public async Task SignUp_CampaignAsParameter_IsFound(string name)
    {
        var campaign = await app.CreateCampaign();
        var body = new Dictionary<string, object> { ["email"] = "ada@example.com", [name] = campaign.Id };
        Assert.Equal(campaign.Id, (await app.Client.PostAsJsonAsync("/v2", body).Json()).Number("campaign_id"));
        Assert.Equal(campaign.Id, (await app.Client.PostAsJsonAsync("/v2/", body).Json()).Number("campaign_id"));
        Assert.Equal(campaign.Id, (await app.Client.PostAsync($"/v1/subscribe?email=ada@example.com&{name}={campaign.Id}", null).Json()).Number("list_id"));
        Assert.Equal(3, (await app.Client.GetAsync($"/v2?email=ada@example.com&{name}={campaign.Id}").Json()).Number("counter"));
    }

    [ContractFact]
    public async Task SignUp_CampaignInPathAndAsParameter_ThePathCounts()
    {
        var (campaign, other) = (await app.CreateCampaign(), await app.CreateCampaign());
        Assert.Equal(campaign.Id, (await campaign.SignUp(new { email = "ada@example.com", list_id = other.Id }).Json()).Number("campaign_id"));
    }

    [ContractFact]
    public async Task Subscribe_OlderForm_IsAnsweredWithTheLead()
    {
        var campaign = await app.CreateCampaign();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "ada@example.com" });
        Assert.Equal(1, (await app.Client.PostAsync($"/v1/{campaign.Id}/subscribe", form).Json()).Number("counter"));
        Assert.Equal(2, (await app.Client.GetAsync($"/v1/{campaign.Id}/subscribe?email=ada@example.com").Json()).Number("counter"));
    }

    [ContractFact]
    public async Task SignUp_Waitlist_Waits()
    {
        var campaign = await app.CreateCampaign(new { waitlist = true });
        Assert.True((await campaign.SignUp(new { email = "ada@example.com" }).Json()).GetProperty("waitlisted").GetBoolean());
    }

    [ContractFact]
    public async Task SignUp_RegionOfTheCampaign_ReadsLocalNumbers()
    {
        var campaign = await app.CreateCampaign(new { default_region = "gb" });
        Assert.Equal("+442079460018", (await campaign.SignUpAsOwner(new { phone_number = "020 7946 0018" }).Json()).Text("phone_number"));
    }

    [ContractFact]
    public async Task SignUp_ManyAtOnce_HaveRanksFromOne()
    {
        var campaign = await app.CreateCampaign(new { jump_start = 1_000 });
        var leads = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => campaign.SignUp(new { email = $"p{number}@example.com" }).Json()));
        Assert.Equal(Enumerable.Range(1, 200).Select(rank => (long)rank), leads.Select(lead => lead.Number("rank")).Order());
        Assert.All(leads, lead => Assert.InRange(lead.Number("lead_count"), 1_001, 1_200));
    }

    [ContractFact]
    public async Task SignUp_OnePersonManyTimesAtOnce_IsOneLead()
    {
        var campaign = await app.CreateCampaign();
        string[] forms = ["ada@example.com", " Ada@Example.COM", "ADA@EXAMPLE.COM "];
        var leads = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => campaign.SignUp(new { email = forms[number % 3] }).Json()));
        Assert.Single(leads.Select(lead => lead.Number("id")).Distinct());
        Assert.Equal(200, (await campaign.LookUp("email=ada@example.com").Json()).Number("counter"));
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteSignUpTests(LeadEngineApplication app) : SignUpTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresSignUpTests(PostgresLeadEngineApplication app) : SignUpTests(app);
