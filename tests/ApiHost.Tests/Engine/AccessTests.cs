using System.Net.Http.Json;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Engine;

/// <summary>Who may do and see what.</summary>
public abstract class AccessTests(LeadEngineApplication app)
{
    [ContractTheory]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "{0}")]
    [InlineData("Authorization", "Token  token= {0} ")]
    [InlineData("Authentication", "Bearer {0}")]
    public async Task SignUp_KeyInHeader_IsItsLastWord(string header, string form)
    {
        var campaign = await app.CreateCampaign();
        using var request = new HttpRequestMessage(HttpMethod.Post, campaign.Path) { Content = JsonContent.Create(new { email = "ada@example.com" }) };
        request.Headers.TryAddWithoutValidation(header, string.Format(null, form, campaign.ApiKey));
        Assert.Equal("ada@example.com", (await app.Client.SendAsync(request).Json()).Text("email"));
    }

    [ContractFact]
    public async Task SignUp_KeyAsParameter_IsNoCustomField()
    {
        var campaign = await app.CreateCampaign();
        var lead = await campaign.SignUp(new { email = "ada@example.com", api_key = campaign.ApiKey }).Json();
        Assert.Equal("ada@example.com", lead.Text("email"));
        Assert.Equal("{}", lead.GetProperty("custom_fields").GetRawText());
    }

    [ContractFact]
    public async Task SignUp_KeyOfAnotherAccount_IsInvalid()
    {
        var (campaign, other) = (await app.CreateCampaign(), await app.CreateCampaign());
        Assert.Equal("409 invalid_api_key", await campaign.SignUp(new { email = "ada@example.com", api_key = other.ApiKey }).Error());
        Assert.Equal("409 invalid_api_key", await campaign.LookUp($"email=ada@example.com&api_key={other.ApiKey}").Error());
        Assert.Empty(await campaign.Leads());
    }

    [ContractFact]
    public async Task SignUp_WrongKey_IsInvalid()
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal("409 invalid_api_key", await campaign.SignUp(new { email = "ada@example.com", api_key = campaign.ApiKey[..^1] + "!" }).Error());
        Assert.Equal("409 invalid_api_key", await campaign.SignUp(new { email = "ada@example.com", api_key = "sk_999999_00000000000000000000000000000000" }).Error());
    }

    [ContractFact]
    public async Task SignUp_KeyOfOneCampaign_IsGoodForThatOneOnly()
    {
        var campaign = await app.CreateCampaign();
        var sibling = await app.Admin.PostAsJsonAsync("/admin/campaigns", new { account_id = campaign.AccountId, name = "Sibling" }).Json();
        var bound = await app.Admin.PostAsJsonAsync($"/admin/campaigns/{campaign.Id}/keys", new { label = "site" }).Json();
        var body = new { email = "ada@example.com", api_key = bound.Text("api_key") };
        Assert.Equal("ada@example.com", (await campaign.SignUp(body).Json()).Text("email"));
        Assert.Equal("409 invalid_api_key", await app.Client.PostAsJsonAsync($"/v2/{sibling.Number("campaign_id")}", body).Error());
    }

    [ContractFact]
    public async Task SignUp_CampaignThatRequiresAKey_TakesNoStrangers()
    {
        var campaign = await app.CreateCampaign(new { require_api_key = true });
        Assert.Equal("409 missing_api_key", await campaign.SignUp(new { email = "ada@example.com" }).Error());
        Assert.Equal("409 missing_api_key", await campaign.LookUp("email=ada@example.com").Error());
        Assert.Equal(1, (await campaign.SignUpAsOwner(new { email = "ada@example.com" }).Json()).Number("rank"));
    }

    [ContractFact]
    public async Task SignUp_Stranger_LearnsNothingOfAnExistingLead()
    {
        var campaign = await app.CreateCampaign();
        await campaign.SignUpAsOwner(new
        {
            email = "ada@example.com",
            phone_number = "+12065550100",
            last_name = "Lovelace",
            __uid = "crm-1",
            salary = 1_234_567,
            utm_source = "secret-list",
        });
        var told = (await campaign.SignUp(new { email = "ada@example.com", plan = "pro" }).Json()).GetRawText()
            + (await campaign.LookUp("phone_number=%2B12065550100").Json()).GetRawText();
        Assert.Contains("""{"plan":"pro"}""", told, StringComparison.Ordinal);
        foreach (var secret in (string[])["ada@", "2065550100", "Lovelace", "crm-1", "1234567", "secret-list", "opt-out", "\"ip\"", "\"fraudulent\""])
        {
            Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase);
        }
    }

    [ContractFact]
    public async Task SignUp_CampaignThatHidesNothing_ShowsStrangersThePerson()
    {
        var campaign = await app.CreateCampaign(new { hide_pii = false });
        var lead = await campaign.SignUp(new { email = "ada@example.com", last_name = "Lovelace" }).Json();
        Assert.Equal(("ada@example.com", "Lovelace", "ada"), (lead.Text("email"), lead.Text("family_name"), lead.Text("display_name")));
        Assert.False(lead.TryGetProperty("ip", out _));
    }

    [ContractTheory]
    [InlineData("email=ADA@example.com")]
    [InlineData("phone_number=206-555-0100")]
    [InlineData("phone_number=2065550100&country_code=US")]
    [InlineData("email=nobody@example.com&phone_number=2065550100")]
    public async Task LookUp_Identifier_FindsTheLead(string query)
    {
        var campaign = await app.CreateCampaign();
        var ada = await campaign.SignUp(new { email = "ada@example.com", phone_number = "+12065550100" }).Json();
        var found = await campaign.LookUpAsOwner(query).Json();
        Assert.Equal((ada.Number("id"), 1), (found.Number("id"), found.Number("counter")));
    }

    [ContractTheory]
    [InlineData("kid")]
    [InlineData("social_id")]
    [InlineData("kolid")]
    public async Task LookUp_SocialId_FindsTheLead(string name)
    {
        var campaign = await app.CreateCampaign();
        var ada = await campaign.SignUp(new { email = "ada@example.com" }).Json();
        Assert.Equal(ada.Number("id"), (await campaign.LookUp($"{name}={ada.Text("social_id")}").Json()).Number("id"));
    }

    [ContractTheory]
    [InlineData("email=nobody@example.com", "404 lead_not_found")]
    [InlineData("kid=AAAAAAAA", "404 lead_not_found")]
    [InlineData("kid=nonsense-id", "404 lead_not_found")]
    [InlineData("email=nonsense", "406 invalid_email")]
    [InlineData("phone_number=1", "406 invalid_phone_number")]
    [InlineData("", "406 missing_identifier")]
    [InlineData("email=%FF", "400 invalid_query")]
    public async Task LookUp_NobodyOrNonsense_IsRefused(string query, string expected) =>
        Assert.Equal(expected, await (await app.CreateCampaign()).LookUp(query).Error());

    [ContractTheory]
    [InlineData("/v2/999999999")]
    [InlineData("/v2/0")]
    [InlineData("/v2/-1")]
    [InlineData("/v2/abc")]
    [InlineData("/v2/99999999999999999999999999")]
    [InlineData("/v2")]
    [InlineData("/v1/999999999/subscribe")]
    public async Task SignUp_NoSuchCampaign_IsNotFound(string path)
    {
        Assert.Equal("404 campaign_not_found", await app.Client.PostAsJsonAsync(path, new { email = "ada@example.com" }).Error());
        Assert.Equal("404 campaign_not_found", await app.Client.GetAsync($"{path}?email=ada@example.com").Error());
    }

    [ContractFact]
    public async Task Preflight_AnyOrigin_IsAllowed()
    {
        var campaign = await app.CreateCampaign();
        using var request = new HttpRequestMessage(HttpMethod.Options, campaign.Path);
        request.Headers.Add("Origin", "https://www.example.com");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type, x-anything");
        using var response = await app.Client.SendAsync(request);
        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("POST", response.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Equal("content-type, x-anything", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }

    [ContractFact]
    public async Task SignUp_FromAPage_MayBeReadByIt()
    {
        var campaign = await app.CreateCampaign();
        using var request = new HttpRequestMessage(HttpMethod.Post, campaign.Path) { Content = JsonContent.Create(new { email = "ada@example.com" }) };
        request.Headers.Add("Origin", "https://www.example.com");
        using var response = await app.Client.SendAsync(request);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Idempotency-Replayed", response.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteAccessTests(LeadEngineApplication app) : AccessTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresAccessTests(PostgresLeadEngineApplication app) : AccessTests(app);
