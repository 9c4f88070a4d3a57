using System.Net;
using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Dialects.Aktify;

/// <summary>
/// The sentences of the vendor's page (aktify-add-lead.txt), over HTTP on each store. docs/aktify.md says which is held where.
/// </summary>
public abstract class AddLeadTests(LeadEngineApplication app)
{
    private const string Phone = "(509) 555-1234";

    private static readonly object John = new { phoneNumber = Phone, region = "CA" };

    [ContractFact]
    public async Task AddLead_AllFields_AreAnsweredAsSent()
    {
        var (_, aktify) = await NewCampaign();
        const string Lead =
            """
            {"phoneNumber":"(509) 555-1234","region":"CA","zipCode":"90210","email":"Someone@Example.com","externalCreated":"2022-11-15T21:04:28-0600","externalLeadId":"myCustomLeadId","firstName":"John","lastName":"Smith","source":"myCustomSource","link":"https://www.aktify.com","metadata":{"customField1":"value1","customField2":"value2"}}
            """;
        using var response = await aktify.Post("leads", Lead);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Lead, (await response.Json()).GetRawText());
    }

    [ContractFact]
    public async Task AddLead_AllFields_AreKept()
    {
        var (campaign, aktify) = await NewCampaign();
        await aktify.AddLead(new
        {
            phoneNumber = Phone,
            zipCode = "90210-1234",
            email = "Someone@Example.com",
            externalCreated = "2022-11-15T21:04:28.5-0600",
            externalLeadId = "myCustomLeadId",
            firstName = "John",
            lastName = "Smith",
            source = "myCustomSource",
            link = "https://www.aktify.com",
            metadata = new { customField1 = "value1", Plan = "\"pro\" – ü" },
        });
        var lead = Assert.Single(await campaign.Leads());
        Assert.Equal(("+15095551234", Phone), (lead.Text("phone_number"), lead.Text("phone_as_sent")));
        Assert.Equal(("CA", "90210-1234"), (lead.Text("region"), lead.Text("zip_code")));
        Assert.Equal(("someone@example.com", "someone@example.com"), (lead.Text("email"), lead.Text("contact_email")));
        Assert.Equal(new DateTimeOffset(2022, 11, 16, 3, 4, 28, 500, TimeSpan.Zero), lead.GetProperty("external_created_at").GetDateTimeOffset());
        Assert.Equal(("myCustomLeadId", "John", "Smith"), (lead.Text("uid"), lead.Text("first_name"), lead.Text("last_name")));
        Assert.Equal(("myCustomSource", "https://www.aktify.com"), (lead.Text("source"), lead.Text("link")));
        Assert.Equal("""{"customField1":"value1","Plan":"\"pro\" – ü"}""", lead.GetProperty("custom_fields").GetRawText());
        var person = lead.GetProperty("person");
        Assert.Equal(("someone@example.com", "+15095551234"), (person.Text("email"), person.Text("phone_number")));
        Assert.Equal(("John", "Smith"), (person.Text("first_name"), person.Text("last_name")));
    }

    [ContractFact]
    public async Task AddLead_OnlyWhatIsRequired_IsAnsweredAlone()
    {
        var (campaign, aktify) = await NewCampaign();
        Assert.Equal("""{"phoneNumber":"5095551234","region":"ca"}""", (await aktify.AddLead(new { phoneNumber = "5095551234", region = "ca" }).Json()).GetRawText());
        var lead = Assert.Single(await campaign.Leads());
        Assert.Equal(("CA", null, null), (lead.Text("region"), lead.TextOrNull("email"), lead.TextOrNull("link")));
        Assert.Equal("{}", lead.GetProperty("custom_fields").GetRawText());
    }

    [ContractFact]
    public async Task AddLead_KeyOfACampaign_AddsToThatCampaign()
    {
        var (campaign, other) = (await app.CreateCampaign(), await app.CreateCampaign());
        var aktify = await AktifyClient.Of(app, campaign);
        await aktify.AddLead(John);
        Assert.Single(await campaign.Leads());
        Assert.Empty(await other.Leads());
    }

    [ContractFact]
    public async Task AddLead_WithoutAKeyOfACampaign_IsUnauthorized()
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal("401 missing_api_key", await new AktifyClient(app.Client, null).AddLead(John).Error());
        Assert.Equal("401 missing_api_key", await new AktifyClient(app.Client, "").AddLead(John).Error());
        Assert.Equal("401 invalid_api_key", await new AktifyClient(app.Client, "wrong").AddLead(John).Error());
        Assert.Equal("401 invalid_api_key", await new AktifyClient(app.Client, $"sk_{campaign.AccountId}_{new string('0', 32)}").AddLead(John).Error());
        Assert.Equal("401 key_without_campaign", await new AktifyClient(app.Client, campaign.ApiKey).AddLead(John).Error());
        Assert.Equal("401 missing_api_key", await new AktifyClient(app.Client, null).Post("leads", "no JSON at all").Error());
        Assert.Empty(await campaign.Leads());
    }

    [ContractTheory]
    [InlineData("""{}""", "phoneNumber missing", "region missing", "zipCode missing")]
    [InlineData("""{"phoneNumber":"(509) 555-1234"}""", "region missing", "zipCode missing")]
    [InlineData("""{"region":"CA"}""", "phoneNumber missing")]
    [InlineData("""{"phoneNumber":"555","region":"XX","email":"x"}""", "phoneNumber invalid_phone_number", "region invalid_region", "email invalid_email")]
    [InlineData("""{"phoneNumber":"+442079460018","zipCode":"00000"}""", "phoneNumber invalid_phone_number", "zipCode invalid_zip_code")]
    [InlineData("""{"phoneNumber":"(509) 555-1234","region":"CA","externalCreated":"yesterday","metadata":{"a":1}}""", "metadata.a not_a_string", "externalCreated invalid_time")]
    [InlineData(
        """{"phoneNumber":"(509) 555-1234","region":"CA","link":"https://a.example","linkToShorten":"https://b.example"}""",
        "link mutually_exclusive", "linkToShorten mutually_exclusive")]
    public async Task AddLead_MissingOrInvalidFields_AreNamedAndNothingIsAdded(string body, params string[] wrong)
    {
        var (campaign, aktify) = await NewCampaign();
        Assert.Equal(wrong, await aktify.Post("leads", body).WrongFields());
        Assert.Empty(await campaign.Leads());
    }

    [ContractTheory]
    [InlineData("", "400 invalid_json")]
    [InlineData("{", "400 invalid_json")]
    [InlineData("[]", "400 invalid_json")]
    [InlineData("null", "400 invalid_json")]
    [InlineData("\"x\"", "400 invalid_json")]
    [InlineData("""{"phoneNumber":"(509) 555-1234","region":"CA"} x""", "400 invalid_json")]
    [InlineData("""{"phoneNumber":"(509) 555-1234","region":"CA","region":"WA"}""", "400 invalid_json")]
    [InlineData("""{"phoneNumber":"(509) 555-1234","region":"CA","firstName":"\ud800"}""", "400 invalid_json")]
    [InlineData("""{"phoneNumber":"(509) 555-1234","region":"CA","\ud800":"x"}""", "400 invalid_json")]
    public async Task AddLead_NoJsonObject_IsRefused(string body, string expected)
    {
        var (_, aktify) = await NewCampaign();
        Assert.Equal(expected, await aktify.Post("leads", body).Error());
    }

    [ContractFact]
    public async Task AddLead_TooDeep_IsRefused()
    {
        var (_, aktify) = await NewCampaign();
        var nested = new string('[', 100) + new string(']', 100);
        Assert.Equal("400 invalid_json", await aktify.Post("leads", $$"""{"phoneNumber":"{{Phone}}","region":"CA","x":{{nested}}}""").Error());
    }

    [ContractFact]
    public async Task AddLead_OtherContentType_IsRefused()
    {
        var (_, aktify) = await NewCampaign();
        Assert.Equal("415 unsupported_content_type", await aktify.Post("leads", "phoneNumber=5095551234&region=CA", "application/x-www-form-urlencoded").Error());
        Assert.Equal("415 unsupported_content_type", await aktify.Post("leads", content: null).Error());
    }

    [ContractFact]
    public async Task AddLead_TooLarge_IsRefused()
    {
        var (_, aktify) = await NewCampaign();
        var body = JsonSerializer.Serialize(new { phoneNumber = Phone, region = "CA", unknown = new string('x', 1024 * 1024) });
        Assert.Equal("413 body_too_large", await aktify.Post("leads", body).Error());
    }

    [ContractFact]
    public async Task AddLead_UnknownFields_AreIgnoredAndNotInTheAnswer()
    {
        var (_, aktify) = await NewCampaign();
        var answer = await aktify.AddLead(new { phoneNumber = Phone, region = "CA", nickname = "Jack", Source = 5 }).Json();
        Assert.Equal(["phoneNumber", "region"], answer.EnumerateObject().Select(member => member.Name));
    }

    [ContractTheory]
    [InlineData("06390", "NY")]
    [InlineData("06389", "CT")]
    [InlineData("96799", "AS")]
    [InlineData("02108-1512", "MA")]
    public async Task AddLead_ZipCode_DeterminesTheRegion(string zip, string state)
    {
        var (campaign, aktify) = await NewCampaign();
        await aktify.AddLead(new { phoneNumber = Phone, zipCode = zip });
        Assert.Equal(state, Assert.Single(await campaign.Leads()).Text("region"));
    }

    [ContractFact]
    public async Task AddLead_RegionAndZipCodeThatDisagree_RegionWins()
    {
        var (campaign, aktify) = await NewCampaign();
        await aktify.AddLead(new { phoneNumber = Phone, region = "WA", zipCode = "90210" });
        Assert.Equal("WA", Assert.Single(await campaign.Leads()).Text("region"));
    }

    [ContractTheory]
    [InlineData("509-555-1234")]
    [InlineData("+15095551234")]
    [InlineData("1.509.555.1234")]
    public async Task AddLead_PhoneAlreadySubmitted_IsAConflictInAnyForm(string again)
    {
        var (campaign, aktify) = await NewCampaign();
        await aktify.AddLead(new { phoneNumber = Phone, region = "CA", email = "john@example.com", firstName = "John" });
        Assert.Equal(
            "409 phone_number_already_submitted",
            await aktify.AddLead(new { phoneNumber = again, region = "WA", email = "jane@example.com", firstName = "Jane" }).Error());
        var lead = Assert.Single(await campaign.Leads());
        Assert.Equal((1, "John", "CA", "john@example.com"), (lead.Number("counter"), lead.Text("first_name"), lead.Text("region"), lead.Text("email")));
    }

    [ContractFact]
    public async Task AddLead_PhoneOfAnotherCampaign_IsNoConflict()
    {
        var (_, aktify) = await NewCampaign();
        var (_, other) = await NewCampaign();
        await aktify.AddLead(John);
        using var response = await other.AddLead(John);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [ContractFact]
    public async Task AddLead_EmailOfAnotherLead_IsContactDataAndOnePerson()
    {
        var (campaign, aktify) = await NewCampaign();
        await aktify.AddLead(new { phoneNumber = Phone, region = "CA", email = "john@example.com" });
        using var response = await aktify.AddLead(new { phoneNumber = "(206) 555-0100", region = "WA", email = "JOHN@example.com" });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var leads = await campaign.Leads();
        Assert.Equal(["john@example.com", null], leads.Select(lead => lead.TextOrNull("email")));
        Assert.Equal(["john@example.com", "john@example.com"], leads.Select(lead => lead.Text("contact_email")));
        Assert.Single(leads.Select(lead => lead.GetProperty("person").Number("id")).Distinct());
    }

    [ContractFact]
    public async Task AddLead_ThousandAtOnceInMixedForms_ExactlyOneIsCreated()
    {
        string[] forms = [Phone, "+1 509 555 1234", "509.555.1234", "1-509-555-1234", " 5095551234 "];
        var (campaign, aktify) = await NewCampaign();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async number =>
        {
            using var response = await aktify.AddLead(new { phoneNumber = forms[number % 5], region = "CA", email = $"p{number % 7}@example.com" });
            return response.StatusCode;
        }));

        Assert.Equal(1, statuses.Count(status => status is HttpStatusCode.Created));
        Assert.Equal(999, statuses.Count(status => status is HttpStatusCode.Conflict));
        Assert.Equal(1, Assert.Single(await campaign.Leads()).Number("counter"));
    }

    [ContractFact]
    public async Task AddLead_ManyWithOneEmailAtOnce_AreAllCreatedAndOneHasTheEmail()
    {
        var (campaign, aktify) = await NewCampaign();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 300).Select(async number =>
        {
            using var response = await aktify.AddLead(new { phoneNumber = $"+1206556{number:0000}", region = "WA", email = "desk@example.com" });
            return response.StatusCode;
        }));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.Created, status));
        var leads = await campaign.Leads();
        Assert.Equal(Enumerable.Range(1, 300).Select(rank => (long)rank), leads.Select(lead => lead.Number("rank")));
        Assert.Single(leads, lead => lead.TextOrNull("email") is not null);
        Assert.Single(leads.Select(lead => lead.GetProperty("person").Number("id")).Distinct());
    }

    [ContractFact]
    public async Task AddLead_SignedUpThroughKickoffLabs_IsTheSamePerson()
    {
        var (campaign, aktify) = await NewCampaign();
        var ada = await campaign.SignUpAsOwner(new { email = "ada@example.com", phone_number = Phone }).Json();
        Assert.Equal("409 phone_number_already_submitted", await aktify.AddLead(John).Error());

        await aktify.AddLead(new { phoneNumber = "(206) 555-0100", region = "WA", email = "bob@example.com" });
        var bob = await campaign.SignUpAsOwner(new { email = "bob@example.com", first_name = "Bob" }).Json();
        Assert.Equal((2, 2, "+12065550100"), (bob.Number("rank"), bob.Number("counter"), bob.Text("phone_number")));
        Assert.Equal(bob.Number("id"), (await campaign.LookUpAsOwner("phone_number=2065550100").Json()).Number("id"));
        Assert.NotEqual(ada.Number("id"), bob.Number("id"));
    }

    [ContractTheory]
    [InlineData("ended", "423 campaign_ended")]
    [InlineData("locked", "423 campaign_locked")]
    public async Task AddLead_CampaignThatTakesNone_IsRefused(string status, string expected)
    {
        var (campaign, aktify) = await NewCampaign();
        await campaign.Change(new { status });
        Assert.Equal(expected, await aktify.AddLead(John).Error());
        await campaign.Change(new { status = "open" });
        Assert.Empty(await campaign.Leads());
    }

    [ContractFact]
    public async Task AddLead_RepeatedUnderAKey_GetsTheFirstAnswer()
    {
        var (campaign, aktify) = await NewCampaign();
        var lead = new { phoneNumber = Phone, region = "CA", linkToShorten = "https://www.aktify.com" };
        using var first = await aktify.AddLead(lead, "k1");
        using var second = await aktify.AddLead(lead, "k1");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal("409 phone_number_already_submitted", await aktify.AddLead(lead).Error());
        Assert.Equal("409 phone_number_already_submitted", await aktify.AddLead(lead, "k2").Error());
        Assert.Equal("422 idempotency_key_reused", await aktify.AddLead(new { phoneNumber = Phone, region = "WA" }, "k1").Error());
        Assert.Equal("400 invalid_idempotency_key", await aktify.AddLead(lead, "not visible").Error());
        Assert.Single(await campaign.Leads());
    }

    [ContractTheory]
    [InlineData("GET", "/api/v1/leads", "405 method_not_allowed")]
    [InlineData("PUT", "/api/v1/dncs", "405 method_not_allowed")]
    [InlineData("POST", "/api/v1/nothing", "404 route_not_found")]
    [InlineData("POST", "/api/v1", "404 route_not_found")]
    public async Task Any_OtherRouteOrMethod_IsAnsweredInItsShape(string method, string path, string expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await app.Client.SendAsync(request);
        var body = await response.Json();
        Assert.Equal(expected, $"{(int)response.StatusCode} {body.Text("code")}");
        Assert.Equal(["code", "message"], body.EnumerateObject().Select(member => member.Name));
    }

    private async Task<(HttpCampaign Campaign, AktifyClient Aktify)> NewCampaign()
    {
        var campaign = await app.CreateCampaign();
        return (campaign, await AktifyClient.Of(app, campaign));
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteAddLeadTests(LeadEngineApplication app) : AddLeadTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresAddLeadTests(PostgresLeadEngineApplication app) : AddLeadTests(app);
