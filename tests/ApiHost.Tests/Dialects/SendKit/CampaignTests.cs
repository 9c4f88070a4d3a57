using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Dialects.SendKit;

/// <summary>Campaigns, what can be done with their leads, and the do-not-contact list.</summary>
public abstract class CampaignTests(LeadEngineApplication app)
{
    private const string Unknown = "665d4e5f6a7b8c9d0e1f2a3b";

    [ContractFact]
    public async Task Create_Campaign_IsADraft()
    {
        var workspace = await HttpWorkspace.Create(app);
        using var response = await workspace.Post("/v1/campaigns", new { name = "Q1 Outreach", settings = new { skipDNC = false, trackOpens = true } });
        var made = (await response.Json()).GetProperty("data");
        Assert.Equal((201, "Q1 Outreach", "draft"), ((int)response.StatusCode, made.Text("name"), made.Text("status")));
        Assert.False(made.GetProperty("settings").GetProperty("skipDNC").GetBoolean());

        var shown = await workspace.Get($"/v1/campaigns/{made.Text("_id")}").Data();
        Assert.Equal("""{"total":0,"active":0,"pending":0,"paused":0,"removed":0}""", shown.GetProperty("leadCounts").GetRawText());
        Assert.Equal(0, shown.GetProperty("stats").Number("sent"));
        Assert.Equal(made.Text("workspaceId"), shown.Text("workspaceId"));
    }

    [ContractFact]
    public async Task Create_WithoutSettings_SkipsDoNotContact() =>
        Assert.True((await (await HttpWorkspace.Create(app)).Post("/v1/campaigns", new { name = "Q1" }).Data())
            .GetProperty("settings").GetProperty("skipDNC").GetBoolean());

    [ContractTheory]
    [InlineData("{}", "name must have 1 to 255 characters")]
    [InlineData("""{"name":""}""", "name must have 1 to 255 characters")]
    [InlineData("""{"name":7}""", "name must have 1 to 255 characters")]
    [InlineData("""{"name":"a\u0000"}""", "name must have 1 to 255 characters")]
    [InlineData("""{"name":"Q1","settings":[]}""", "settings must be an object, and its skipDNC true or false")]
    [InlineData("""{"name":"Q1","settings":{"skipDNC":"yes"}}""", "settings must be an object, and its skipDNC true or false")]
    public async Task Create_WrongBody_IsRefused(string json, string message)
    {
        var workspace = await HttpWorkspace.Create(app);
        Assert.Equal($"400 VALIDATION_ERROR: {message}", await workspace.PostText("/v1/campaigns", json).Failure());
    }

    [ContractFact]
    public async Task List_Campaigns_AreFoundByStatusAndName()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.Post("/v1/campaigns", new { name = "Spring sale" }).Data();
        await workspace.Post("/v1/campaigns", new { name = "Summer sale" }).Data();
        Assert.Equal(["Summer sale", "Spring sale", "Launch"], await Names(""));
        Assert.Equal(["Summer sale", "Spring sale"], await Names("?status=draft"));
        Assert.Equal(["Launch"], await Names("?status=active"));
        Assert.Equal(["Spring sale"], await Names("?search=SPRING"));
        Assert.Empty(await Names("?status=completed"));
        await workspace.Campaign.Change(new { status = "ended" });
        Assert.Equal(["Launch"], await Names("?status=completed"));

        var first = await workspace.Get("/v1/campaigns?limit=2").Json();
        Assert.Equal((3, true), (first.GetProperty("pagination").Number("total"), first.GetProperty("pagination").GetProperty("hasMore").GetBoolean()));
        Assert.Equal(["Launch"], await Names($"?limit=2&cursor={first.GetProperty("pagination").Text("nextCursor")}"));
        Assert.Equal("400 VALIDATION_ERROR: status must be draft, active, completed or locked", await workspace.Get("/v1/campaigns?status=x").Failure());

        async Task<string[]> Names(string query) =>
            [.. (await workspace.Get($"/v1/campaigns{query}").Data()).EnumerateArray().Select(campaign => campaign.Text("name"))];
    }

    [ContractFact]
    public async Task Get_UnknownCampaign_IsNotFound()
    {
        var (workspace, other) = (await HttpWorkspace.Create(app), await HttpWorkspace.Create(app));
        foreach (var id in (string[])[other.CampaignId, Unknown, "nonsense", $"{workspace.Campaign.Id}"])
        {
            foreach (var path in (string[])["", "/leads"])
            {
                Assert.Equal("404 NOT_FOUND: Campaign not found", await workspace.Get($"/v1/campaigns/{id}{path}").Failure());
            }
        }
    }

    [ContractFact]
    public async Task List_Leads_GoByCursorAndStatus()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails([.. Enumerable.Range(0, 5).Select(i => $"lead{i}@example.com")]);
        var first = await workspace.Get($"{workspace.LeadsPath}?limit=3").Json();
        Assert.Equal(["lead0@example.com", "lead1@example.com", "lead2@example.com"], EmailsOf(first));
        Assert.Equal(5, first.GetProperty("pagination").Number("total"));
        var second = await workspace.Get($"{workspace.LeadsPath}?limit=3&cursor={first.GetProperty("pagination").Text("nextCursor")}").Json();
        Assert.Equal(["lead3@example.com", "lead4@example.com"], EmailsOf(second));
        Assert.Equal(["lead3@example.com", "lead4@example.com"], EmailsOf(await workspace.Get($"{workspace.LeadsPath}?limit=3&page=2").Json()));

        var lead = first.GetProperty("data")[0];
        Assert.Equal(["_id", "campaignId", "leadId", "status", "aiTag", "addedAt"], lead.EnumerateObject().Select(member => member.Name));
        Assert.Equal(workspace.CampaignId, lead.Text("campaignId"));
        Assert.NotEqual(lead.Text("_id"), lead.GetProperty("leadId").Text("_id"));

        await Act(workspace, "pause", lead.Text("_id"));
        Assert.Equal(["lead0@example.com"], EmailsOf(await workspace.Get($"{workspace.LeadsPath}?status=paused").Json()));
        Assert.Equal(4, (await workspace.Get($"{workspace.LeadsPath}?status=active").Json()).GetProperty("pagination").Number("total"));
        Assert.Empty(await workspace.CampaignLeads("&status=pending"));
        Assert.Empty(await workspace.CampaignLeads("&status=completed"));
        Assert.Equal(
            "400 VALIDATION_ERROR: status must be pending, active, paused, completed or removed",
            await workspace.Get($"{workspace.LeadsPath}?status=x").Failure());
    }

    [ContractFact]
    public async Task Act_PauseAndResume_CountWhatChanged()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("a@example.com", "b@example.com");
        var ids = (await workspace.CampaignLeads()).Select(lead => lead.Text("_id")).ToArray();
        Assert.Equal("""{"action":"pause","modifiedCount":2}""", await Act(workspace, "pause", [.. ids, Unknown, "nonsense"]));
        Assert.Equal("""{"action":"pause","modifiedCount":0}""", await Act(workspace, "pause", ids));
        Assert.All(await workspace.CampaignLeads(), lead => Assert.Equal("paused", lead.Text("status")));
        Assert.Equal("""{"action":"resume","modifiedCount":1}""", await Act(workspace, "resume", ids[0]));
        Assert.Equal(["active", "paused"], (await workspace.CampaignLeads()).Select(lead => lead.Text("status")));
        var counts = (await workspace.Get($"/v1/campaigns/{workspace.CampaignId}").Data()).GetProperty("leadCounts").GetRawText();
        Assert.Equal("""{"total":2,"active":1,"pending":0,"paused":1,"removed":0}""", counts);
    }

    [ContractFact]
    public async Task Act_Remove_TakesLeadsOutForGood()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("a@example.com", "b@example.com", "c@example.com");
        var first = (await workspace.CampaignLeads())[0].Text("_id");
        Assert.Equal("""{"action":"remove","modifiedCount":1}""", await Act(workspace, "remove", first));
        Assert.Equal("""{"action":"remove","modifiedCount":0}""", await Act(workspace, "remove", first));
        Assert.Equal(["b@example.com", "c@example.com"], await workspace.CampaignEmails());
        Assert.Equal(["a@example.com", "b@example.com", "c@example.com"], await workspace.Emails());
        Assert.Empty(await workspace.CampaignLeads("&status=removed"));
        Assert.Equal("""{"added":1,"skipped":2,"matched":3}""", await workspace.Add(new { selectAll = true }).Raw());
    }

    [ContractFact]
    public async Task Act_SelectAll_ActsOnAllButTheExcluded()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.Add(new { leads = Enumerable.Range(0, 30).Select(i => new { email = $"lead{i:00}@example.com", tags = new[] { i < 10 ? "low" : "high" } }) });
        await workspace.EmailsOnceIndexed("tags=low", [.. Enumerable.Range(0, 10).Select(i => $"lead{i:00}@example.com")]);
        var excluded = (await workspace.CampaignLeads())[0].Text("_id");
        Assert.Equal("""{"action":"pause","modifiedCount":9}""",
            await workspace.Post($"{workspace.LeadsPath}/action", new
            {
                action = "pause",
                selectAll = true,
                filters = new { tags = new[] { "low" } },
                excludeIds = new[] { excluded },
            }).Raw());
        Assert.Equal("""{"action":"remove","modifiedCount":29}""",
            await workspace.Post($"{workspace.LeadsPath}/action", new { action = "remove", selectAll = true, excludeIds = new[] { excluded } }).Raw());
        Assert.Equal(["lead00@example.com"], await workspace.CampaignEmails());
    }

    [ContractTheory]
    [InlineData("{}", "action must be pause, resume or remove")]
    [InlineData("""{"action":"delete","selectAll":true}""", "action must be pause, resume or remove")]
    [InlineData("""{"action":"pause"}""", "Provide leadIds array or selectAll: true")]
    [InlineData("""{"action":"pause","leadIds":["x"],"selectAll":true}""", "Provide leadIds array or selectAll: true")]
    [InlineData("""{"action":"pause","leadIds":[]}""", "leadIds must be an array of 1 to 5000 ids")]
    [InlineData("""{"action":"pause","selectAll":1}""", "selectAll must be true or false")]
    [InlineData("""{"action":"pause","selectAll":true,"filters":{"x":1}}""", "filters can hold tags, search, emailVerified, country and leadIds")]
    [InlineData("""{"action":"pause","selectAll":true,"excludeIds":["x"]}""", "excludeIds holds something that is no id")]
    public async Task Act_WrongBody_ChangesNothing(string json, string message)
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("a@example.com");
        Assert.Equal($"400 VALIDATION_ERROR: {message}", await workspace.PostText($"{workspace.LeadsPath}/action", json).Failure());
        Assert.Equal("active", (await workspace.CampaignLeads()).Single().Text("status"));
    }

    [ContractFact]
    public async Task Act_LockedCampaign_IsRefused()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("a@example.com");
        await workspace.Campaign.Change(new { status = "locked" });
        foreach (var action in (string[])["pause", "resume", "remove"])
        {
            Assert.Equal("423 LOCKED: The campaign is locked", await workspace.Post($"{workspace.LeadsPath}/action", new { action, selectAll = true }).Failure());
        }
    }

    [ContractFact]
    public async Task Change_CampaignLead_IsPausedAndResumed()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("a@example.com");
        var path = $"{workspace.LeadsPath}/{(await workspace.CampaignLeads()).Single().Text("_id")}";
        Assert.Equal("paused", (await workspace.Patch(path, new { status = "paused" }).Data()).Text("status"));
        Assert.Equal("active", (await workspace.Patch(path, new { status = "active" }).Data()).Text("status"));
        Assert.Equal("active", (await workspace.Patch(path, new { }).Data()).Text("status"));
        foreach (var status in (object[])["removed", "pending", "completed", 7])
        {
            Assert.Equal("400 VALIDATION_ERROR: status must be active or paused", await workspace.Patch(path, new { status }).Failure());
        }

        Assert.Equal(
            "400 VALIDATION_ERROR: aiTag must be the name of an existing AI tag", await workspace.Patch(path, new { status = "paused", aiTag = "Interested" }).Failure());
        Assert.Equal("active", (await workspace.CampaignLeads()).Single().Text("status"));
    }

    [ContractFact]
    public async Task Change_UnknownCampaignLead_IsNotFound()
    {
        var (workspace, other) = (await HttpWorkspace.Create(app), await HttpWorkspace.Create(app));
        await workspace.AddEmails("a@example.com");
        await other.AddEmails("a@example.com");
        var foreign = (await other.CampaignLeads()).Single().Text("_id");
        var person = (await workspace.CampaignLeads()).Single().GetProperty("leadId").Text("_id");
        foreach (var id in (string[])[foreign, person, Unknown, "nonsense"])
        {
            Assert.Equal("404 NOT_FOUND: Campaign lead not found", await workspace.Patch($"{workspace.LeadsPath}/{id}", new { status = "paused" }).Failure());
        }
    }

    [ContractFact]
    public async Task Import_DoNotContact_SkipsWhatIsThere()
    {
        var workspace = await HttpWorkspace.Create(app);
        const string entries = """
            {"entries":[{"email":"Bounce1@Example.com","type":"email","reason":"bounce"},{"email":"bounce1@example.com"},
            {"email":"BadCompany.com","type":"domain"},{"email":"@badcompany.com","type":"domain"}]}
            """;
        Assert.Equal("""{"imported":2,"skipped":2}""", await workspace.PostText("/v1/dnc/import", entries).Raw());
        Assert.Equal("""{"imported":0,"skipped":4}""", await workspace.PostText("/v1/dnc/import", entries).Raw());
    }

    [ContractFact]
    public async Task Import_DoNotContactEntryThatIsWrong_FailsAlone()
    {
        var workspace = await HttpWorkspace.Create(app);
        var answer = await workspace.PostText(
            "/v1/dnc/import",
            """
            {"entries":[{"email":"a@example.com"},{"email":"invalid@"},{"email":"no domain","type":"domain"},{"email":"b@example.com","type":"phone"},7,{},
            {"email":"c@example.com","reason":7}]}
            """).Data();
        Assert.Equal((1, 0, 6), (answer.Number("imported"), answer.Number("skipped"), answer.Number("failed")));
        Assert.Equal(
            ["Invalid email format", "Invalid domain", "type must be email or domain", "An entry must be an object", "email is required",
                "reason must be a text of at most 255 characters"],
            answer.GetProperty("errors").EnumerateArray().Select(error => error.Text("error")));
    }

    [ContractFact]
    public async Task Import_DoNotContact_TakesTenThousand()
    {
        var workspace = await HttpWorkspace.Create(app);
        object Entries(int count) => new { entries = Enumerable.Range(0, count).Select(i => new { email = $"lead{i}@example.com" }) };
        Assert.Equal("400 VALIDATION_ERROR: A request must hold 1 to 10000 entries", await workspace.Post("/v1/dnc/import", Entries(10_001)).Failure());
        Assert.Equal("""{"imported":10000,"skipped":0}""", await workspace.Post("/v1/dnc/import", Entries(10_000)).Raw());
        Assert.Equal("400 VALIDATION_ERROR: entries must be an array", await workspace.Post("/v1/dnc/import", new { }).Failure());
    }

    private static Task<string> Act(HttpWorkspace workspace, string action, params string[] leadIds) =>
        workspace.Post($"{workspace.LeadsPath}/action", new { action, leadIds }).Raw();

    private static IEnumerable<string> EmailsOf(JsonElement page) =>
        page.GetProperty("data").EnumerateArray().Select(lead => lead.GetProperty("leadId").Text("email"));
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteCampaignTests(LeadEngineApplication app) : CampaignTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresCampaignTests(PostgresLeadEngineApplication app) : CampaignTests(app);
