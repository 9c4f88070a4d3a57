using System.Net;
using LeadEngine.ApiHost.Tests.Dialects.Aktify;
using LeadEngine.ApiHost.Tests.Dialects.SendKit;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Dialects;

/// <summary>Whoever comes through one dialect is the same person through the others.</summary>
public abstract class OnePersonTests(LeadEngineApplication app)
{
    private const string Phone = "+15095551234";

    [ContractFact]
    public async Task SignUp_ThroughKickoffLabs_IsALeadOfTheWorkspaceAndTheCampaign()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.Campaign.SignUpAsOwner(new { email = "Ada@Example.com", phone_number = Phone, first_name = "Ada", last_name = "Lovelace" });

        var lead = Assert.Single((await workspace.Get("/v1/leads").Data()).EnumerateArray());
        Assert.Equal(("ada@example.com", Phone, "Ada", "Lovelace"),
            (lead.Text("email"), lead.Text("phoneNumber"), lead.Text("firstName"), lead.Text("lastName")));
        Assert.Equal(lead.Text("_id"), Assert.Single(await workspace.CampaignLeads()).GetProperty("leadId").Text("_id"));
        Assert.Equal("""{"added":0,"skipped":1,"errors":[]}""", await workspace.AddEmails("ada@example.com").Raw());
        Assert.Contains(lead.Text("_id"), await workspace.Post("/v1/leads", new { email = "ada@example.com" }).Failure(), StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task Add_ThroughSendKit_IsFoundAndUpdatedThroughKickoffLabs()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.Add(new { leads = new[] { new { email = "ada@example.com", firstName = "Ada", phone = Phone } } }).Data();
        var found = await workspace.Campaign.LookUpAsOwner("email=ada@example.com").Json();
        Assert.Equal(("Ada", 1), (found.Text("first_name"), found.Number("rank")));
        Assert.Equal(found.Number("id"), (await workspace.Campaign.LookUpAsOwner("phone_number=%2B15095551234").Json()).Number("id"));

        var updated = await workspace.Campaign.SignUpAsOwner(new { email = "ada@example.com", last_name = "Lovelace" }).Json();
        Assert.Equal((found.Number("id"), 2), (updated.Number("id"), updated.Number("counter")));
        Assert.Equal("Lovelace", (await workspace.Get("/v1/leads").Data())[0].Text("lastName"));
    }

    [ContractFact]
    public async Task AddLead_ThroughAktify_IsALeadOfTheWorkspace()
    {
        var workspace = await HttpWorkspace.Create(app);
        var aktify = await AktifyClient.Of(app, workspace.Campaign);
        await aktify.AddLead(new { phoneNumber = "(509) 555-1234", region = "CA", email = "ada@example.com", firstName = "Ada" });
        var lead = Assert.Single((await workspace.Get("/v1/leads").Data()).EnumerateArray());
        Assert.Equal(("ada@example.com", Phone, "Ada"), (lead.Text("email"), lead.Text("phoneNumber"), lead.Text("firstName")));
        Assert.Equal("""{"added":0,"skipped":1,"matched":1}""", await workspace.Add(new { selectAll = true }).Raw());

        var id = lead.Text("_id");
        Assert.Equal("Lovelace", (await workspace.Patch($"/v1/leads/{id}", new { lastName = "Lovelace" }).Data()).Text("lastName"));
        Assert.Equal("Lovelace", (await workspace.Campaign.Leads()).Single().GetProperty("person").Text("last_name"));
    }

    // The same person in another campaign of the account: known by phone alone, then with an address.
    [ContractFact]
    public async Task AddLead_ThroughAktifyWithoutEmail_GainsTheAddressThatKickoffLabsBrings()
    {
        var workspace = await HttpWorkspace.Create(app);
        var aktify = await AktifyClient.Of(app, workspace.Campaign);
        await aktify.AddLead(new { phoneNumber = Phone, region = "CA" });
        var id = (await workspace.Get("/v1/leads").Data())[0].Text("_id");

        await workspace.Campaign.SignUpAsOwner(new { phone_number = Phone, email = "ada@example.com" });
        var lead = Assert.Single((await workspace.Get("/v1/leads").Data()).EnumerateArray());
        Assert.Equal((id, "ada@example.com", Phone), (lead.Text("_id"), lead.Text("email"), lead.Text("phoneNumber")));
        Assert.Single(await workspace.Campaign.Leads());
    }

    [ContractFact]
    public async Task Send_SamePersonThroughAllThree_IsOneLead()
    {
        var workspace = await HttpWorkspace.Create(app);
        var aktify = await AktifyClient.Of(app, workspace.Campaign);
        await workspace.Campaign.SignUpAsOwner(new { email = "ada@example.com", phone_number = Phone });
        using var conflict = await aktify.AddLead(new { phoneNumber = "509.555.1234", region = "CA", email = "other@example.com" });
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Equal("""{"added":0,"skipped":1,"errors":[]}""", await workspace.AddEmails("ADA@example.com").Raw());
        Assert.Equal(1, Assert.Single(await workspace.Campaign.Leads()).Number("counter"));
        Assert.Single(await workspace.Emails());
    }

    [ContractFact]
    public async Task Send_SamePeopleToAllThreeAtOnce_AreOnePersonEach()
    {
        var workspace = await HttpWorkspace.Create(app);
        var aktify = await AktifyClient.Of(app, workspace.Campaign);
        var people = Enumerable.Range(0, 40).Select(i => (Email: $"lead{i:00}@example.com", Phone: $"+1509555{1000 + i}")).ToArray();

        var requests = people.SelectMany(person => (Func<Task<HttpResponseMessage>>[])
        [
            () => workspace.Campaign.SignUpAsOwner(new { email = person.Email, phone_number = person.Phone }),
            () => aktify.AddLead(new { phoneNumber = person.Phone, region = "CA", email = person.Email }),
            () => workspace.Add(new { leads = new[] { new { email = person.Email, phone = person.Phone } } }),
        ]);
        var answers = await Task.WhenAll(requests.Select(send => send()));
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode || answer.StatusCode is HttpStatusCode.Conflict, $"{answer.StatusCode}"));

        Assert.Equal(people.Select(person => person.Email), await workspace.Emails());
        var leads = await workspace.Campaign.Leads();
        Assert.Equal(Enumerable.Range(1, leads.Length).Select(rank => (long)rank), leads.Select(lead => lead.Number("rank")));
        // Aktify knows people by their phone number and SendKit by their address, so both may be first; nobody is there twice by either.
        Assert.Distinct(leads.Select(lead => lead.TextOrNull("email")).OfType<string>());
        Assert.Distinct(leads.Select(lead => lead.TextOrNull("phone_number")).OfType<string>());
        Assert.Equal(people.Select(person => person.Email), (await workspace.CampaignEmails()).Distinct());
    }

    // SendKit's lead holds the number as contact data only: somebody else has it as identifier.
    [ContractFact]
    public async Task Add_ColleagueWithAPhoneThatAktifyKnows_IsALeadOfItsOwn()
    {
        var workspace = await HttpWorkspace.Create(app);
        var aktify = await AktifyClient.Of(app, workspace.Campaign);
        await aktify.AddLead(new { phoneNumber = Phone, region = "CA", email = "boss@example.com" });
        Assert.Equal(
            """{"added":1,"skipped":0,"errors":[]}""",
            await workspace.Add(new { leads = new[] { new { email = "colleague@example.com", phone = Phone } } }).Raw());
        Assert.Equal(["boss@example.com", "colleague@example.com"], await workspace.Emails());
        Assert.Equal("boss@example.com", (await workspace.Campaign.LookUpAsOwner("phone_number=%2B15095551234").Json()).Text("email"));
    }

    [ContractFact]
    public async Task Act_RemoveThroughSendKit_IsGoneForKickoffLabsAndMayComeBack()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.Campaign.SignUpAsOwner(new { email = "ada@example.com" });
        await workspace.Post($"{workspace.LeadsPath}/action", new { action = "remove", selectAll = true }).Data();
        Assert.Equal("404 lead_not_found", await workspace.Campaign.LookUpAsOwner("email=ada@example.com").Error());
        Assert.Equal(2, (await workspace.Campaign.SignUpAsOwner(new { email = "ada@example.com" }).Json()).Number("rank"));
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteOnePersonTests(LeadEngineApplication app) : OnePersonTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresOnePersonTests(PostgresLeadEngineApplication app) : OnePersonTests(app);
