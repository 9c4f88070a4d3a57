using System.Net;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Dialects.Aktify;

/// <summary>The do-not-contact list, over HTTP on each store.</summary>
public abstract class DncTests(LeadEngineApplication app)
{
    [ContractFact]
    public async Task AddDncs_Numbers_AreAnsweredAsSent()
    {
        var aktify = await AktifyClient.Of(app, await app.CreateCampaign());
        using var response = await aktify.AddDncs("(509) 555-1234", "+442079460018", "(509) 555-1234");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(
            """[{"phoneNumber":"(509) 555-1234"},{"phoneNumber":"+442079460018"},{"phoneNumber":"(509) 555-1234"}]""",
            (await response.Json()).GetRawText());
    }

    [ContractFact]
    public async Task AddDncs_LeadsBeforeAndAfter_AreShownInAllCampaignsOfTheCompanyOnly()
    {
        var campaign = await app.CreateCampaign();
        var second = await app.CreateCampaignBeside(campaign);
        var stranger = await app.CreateCampaign();
        var clients = new[] { await AktifyClient.Of(app, campaign), await AktifyClient.Of(app, second), await AktifyClient.Of(app, stranger) };
        await clients[0].AddLead(new { phoneNumber = "(509) 555-1234", region = "CA" });
        await clients[0].AddLead(new { phoneNumber = "(206) 555-0100", region = "CA" });

        await clients[0].AddDncs("+1 509 555 1234");
        using var later = await clients[1].AddLead(new { phoneNumber = "509.555.1234", region = "CA" });
        await clients[2].AddLead(new { phoneNumber = "(509) 555-1234", region = "CA" });

        Assert.Equal(HttpStatusCode.Created, later.StatusCode);
        Assert.Equal("no contact, contact", await Marks(campaign));
        Assert.Equal("no contact", await Marks(second));
        Assert.Equal("contact", await Marks(stranger));
    }

    [ContractFact]
    public async Task AddDncs_LeadOfAnotherDialect_IsShownToo()
    {
        var campaign = await app.CreateCampaign();
        await campaign.SignUp(new { email = "ada@example.com", phone_number = "(509) 555-1234" });
        await (await AktifyClient.Of(app, campaign)).AddDncs("5095551234");
        Assert.Equal("no contact", await Marks(campaign));
    }

    [ContractFact]
    public async Task AddDncs_Again_ChangesNothing()
    {
        var aktify = await AktifyClient.Of(app, await app.CreateCampaign());
        using var first = await aktify.AddDncs("5095551234");
        using var second = await aktify.AddDncs("5095551234");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
    }

    [ContractFact]
    public async Task AddDncs_ManyNumbers_AreAllTaken()
    {
        var campaign = await app.CreateCampaign();
        var aktify = await AktifyClient.Of(app, campaign);
        using var response = await aktify.AddDncs([.. Enumerable.Range(0, 10_000).Select(number => $"+1206556{number:0000}")]);
        await aktify.AddLead(new { phoneNumber = "+12065569999", region = "WA" });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("no contact", await Marks(campaign));
    }

    [ContractFact]
    public async Task AddDncs_KeyOfTheAccount_IsGoodEnough()
    {
        var campaign = await app.CreateCampaign();
        using var response = await new AktifyClient(app.Client, campaign.ApiKey).AddDncs("5095551234");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [ContractFact]
    public async Task AddDncs_BadRequest_IsRefusedAndChangesNothing()
    {
        var campaign = await app.CreateCampaign();
        var aktify = await AktifyClient.Of(app, campaign);
        await aktify.AddLead(new { phoneNumber = "(509) 555-1234", region = "CA" });
        Assert.Equal(["phoneNumbers[1] invalid_phone_number"], await aktify.AddDncs("5095551234", "x").WrongFields());
        Assert.Equal(["phoneNumbers missing"], await aktify.Post("dncs", "{}").WrongFields());
        Assert.Equal("400 invalid_json", await aktify.Post("dncs", "[]").Error());
        Assert.Equal("415 unsupported_content_type", await aktify.Post("dncs", "{}", "text/plain").Error());
        Assert.Equal("401 missing_api_key", await new AktifyClient(app.Client, null).AddDncs("5095551234").Error());
        Assert.Equal("401 invalid_api_key", await new AktifyClient(app.Client, "x").AddDncs("5095551234").Error());
        Assert.Equal("contact", await Marks(campaign));
    }

    private static async Task<string> Marks(HttpCampaign campaign) => string.Join(
        ", ", (await campaign.Leads()).Select(lead => lead.GetProperty("do_not_contact").GetBoolean() ? "no contact" : "contact"));
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteDncTests(LeadEngineApplication app) : DncTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresDncTests(PostgresLeadEngineApplication app) : DncTests(app);
