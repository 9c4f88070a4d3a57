using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Dialects.SendKit;

/// <summary>Leads of a workspace: listed, made, imported, changed and deleted.</summary>
public abstract class WorkspaceLeadsTests(LeadEngineApplication app)
{
    [ContractFact]
    public async Task Create_AllFields_AnswersTheLead()
    {
        var workspace = await HttpWorkspace.Create(app);
        using var response = await workspace.Post("/v1/leads", new
        {
            email = "John@ACME.com",
            firstName = "John",
            lastName = "Doe",
            companyName = "Acme Corp",
            jobTitle = "VP of Sales",
            phone = "+1 206-555-0100",
            linkedinUrl = "https://linkedin.com/in/johndoe",
            city = "San Francisco",
            state = "CA",
            country = "US",
            tags = new[] { "vip", "enterprise" },
            customFields = new { industry = "SaaS", revenue = "$10M" },
        });
        Assert.Equal(201, (int)response.StatusCode);
        var lead = (await response.Json()).GetProperty("data");
        Assert.Equal(
            ["_id", "email", "firstName", "lastName", "companyName", "jobTitle", "phoneNumber", "linkedinUrl", "city", "state", "country", "tags",
                "customFields", "emailVerified", "emailVerificationResult", "userId", "workspaceId", "createdAt", "updatedAt"],
            lead.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("john@acme.com", "+12065550100"), (lead.Text("email"), lead.Text("phoneNumber")));
        Assert.Matches("^[0-9a-f]{24}$", lead.Text("_id"));
        Assert.Matches("^[0-9a-f]{24}$", lead.Text("workspaceId"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", lead.Text("createdAt"));
        Assert.Equal("""{"industry":"SaaS","revenue":"$10M"}""", lead.GetProperty("customFields").GetRawText());
        Assert.Equal("""["vip","enterprise"]""", lead.GetProperty("tags").GetRawText());
        Assert.Equal(lead.GetRawText(), (await workspace.Get("/v1/leads").Data())[0].GetRawText());
    }

    [ContractFact]
    public async Task Create_EmailThatExists_ConflictsAndNamesTheLead()
    {
        var workspace = await HttpWorkspace.Create(app);
        var id = await workspace.CreateLead(new { email = "ada@example.com" });
        using var response = await workspace.Post("/v1/leads", new { email = " ADA@example.com", firstName = "Ada" });
        var error = (await response.Json()).GetProperty("error");
        Assert.Equal((409, "CONFLICT"), ((int)response.StatusCode, error.Text("code")));
        Assert.Contains(id, error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(id, error.GetProperty("details")[0].Text("message"));
        Assert.Equal(JsonValueKind.Null, (await workspace.Get("/v1/leads").Data())[0].GetProperty("firstName").ValueKind);
    }

    [ContractTheory]
    [InlineData("{}", "email is required")]
    [InlineData("""{"email":" "}""", "email is required")]
    [InlineData("""{"email":"invalid@"}""", "Invalid email format")]
    [InlineData("""{"email":7}""", "email must be a string")]
    [InlineData("""{"email":"a@example.com","tags":"vip"}""", "tags must be an array of strings of 1 to 255 characters")]
    public async Task Create_WrongValue_IsRefused(string json, string message)
    {
        var workspace = await HttpWorkspace.Create(app);
        Assert.Equal($"400 VALIDATION_ERROR: {message}", await workspace.PostText("/v1/leads", json).Failure());
        Assert.Empty(await workspace.Emails());
    }

    [ContractFact]
    public async Task List_Pages_GoThroughAllByCursor()
    {
        var workspace = await HttpWorkspace.Create(app);
        var leads = Enumerable.Range(0, 60).Select(i => new { email = $"lead{i:00}@example.com" });
        await workspace.Post("/v1/leads/bulk", new { leads }).Data();

        var (seen, cursor) = (new List<string>(), "");
        foreach (var expected in (int[])[25, 25, 10])
        {
            var page = await workspace.Get($"/v1/leads{cursor}").Json();
            var pagination = page.GetProperty("pagination");
            Assert.Equal((25, 60), (pagination.Number("limit"), pagination.Number("total")));
            Assert.False(pagination.TryGetProperty("page", out _));
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(lead => lead.Text("email")));
            Assert.Equal(expected, page.GetProperty("data").GetArrayLength());
            Assert.Equal(expected == 25, pagination.GetProperty("hasMore").GetBoolean());
            cursor = $"?cursor={pagination.GetProperty("nextCursor").GetString()}";
        }

        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"lead{59 - i:00}@example.com"), seen);
    }

    [ContractFact]
    public async Task List_PagesByNumber_TellHowManyThereAre()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.Post("/v1/leads/bulk", new { leads = Enumerable.Range(0, 7).Select(i => new { email = $"lead{i}@example.com" }) }).Data();
        var page = await workspace.Get("/v1/leads?page=2&limit=3").Json();
        Assert.Equal(["lead3@example.com", "lead2@example.com", "lead1@example.com"],
            page.GetProperty("data").EnumerateArray().Select(lead => lead.Text("email")));
        var pagination = page.GetProperty("pagination");
        Assert.Equal((2, 3, 7), (pagination.Number("page"), pagination.Number("pages"), pagination.Number("total")));
        foreach (var (number, found) in ((int, int)[])[(3, 1), (4, 0)])
        {
            page = await workspace.Get($"/v1/leads?page={number}&limit=3").Json();
            Assert.Equal((found, 7), (page.GetProperty("data").GetArrayLength(), page.GetProperty("pagination").Number("total")));
        }
    }

    [ContractFact]
    public async Task List_Filters_ShowThoseTheyDescribe()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.CreateLead(new { email = "ada@acme.com", firstName = "Ada", tags = new[] { "vip" }, emailVerified = true });
        await workspace.CreateLead(new { email = "bob@example.com", companyName = "Acme Corp", tags = new[] { "old" } });
        Assert.Equal(["ada@acme.com", "bob@example.com"],
            await workspace.EmailsOnceIndexed("search=acme", "ada@acme.com", "bob@example.com"));
        Assert.Equal(["ada@acme.com"], await workspace.Emails("search=ada"));
        Assert.Equal(["ada@acme.com"], await workspace.Emails("tags=VIP,none"));
        Assert.Equal(["ada@acme.com", "bob@example.com"], await workspace.Emails("tags=vip,%20old"));
        Assert.Equal(["ada@acme.com"], await workspace.Emails("emailVerified=true"));
        Assert.Equal(["bob@example.com"], await workspace.Emails("emailVerified=false"));
        Assert.Empty(await workspace.Emails("search=nobody"));
    }

    [ContractTheory]
    [InlineData("limit=0", "limit must be from 1 to 100")]
    [InlineData("limit=101", "limit must be from 1 to 100")]
    [InlineData("limit=x", "limit must be from 1 to 100")]
    [InlineData("limit=99999999999999999999", "limit must be from 1 to 100")]
    [InlineData("page=0", "page must be from 1 to 1000; use cursor to go further")]
    [InlineData("cursor=nonsense", "cursor is not one that a page of this list came with")]
    [InlineData("cursor=665d4e5f6a7b8c9d0e1f2a3b", "cursor is not one that a page of this list came with")]
    [InlineData("cursor=x&page=1", "Use cursor or page, not both")]
    [InlineData("emailVerified=yes", "emailVerified must be true or false")]
    [InlineData("search=!", "search must have a letter or a digit")]
    [InlineData("hasPhone=true", "hasPhone is not known here")]
    [InlineData("search=%FF", "The query could not be read. Please verify its encoding.")]
    public async Task List_WrongQuery_IsRefused(string query, string message)
    {
        var workspace = await HttpWorkspace.Create(app);
        Assert.Equal($"400 VALIDATION_ERROR: {message}", await workspace.Get($"/v1/leads?{query}").Failure());
    }

    [ContractFact]
    public async Task Import_Mixed_IsCounted()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.CreateLead(new { email = "there@example.com", firstName = "There" });
        var answer = await workspace.PostText(
            "/v1/leads/bulk",
            """
            {"leads":[{"email":"a@example.com","industry":"SaaS"},{"email":"there@example.com","firstName":"Other"},{"email":"A@example.com"},
            {"email":"not-an-email"},{"firstName":"Nobody"},7,{"email":"b@example.com","tags":["x"],"city":5}],"tag":"batch-2025-06"}
            """).Data();
        Assert.Equal((1, 0, 2, 4),
            (answer.Number("imported"), answer.Number("updated"), answer.Number("skipped"), answer.Number("failed")));
        Assert.Equal(
            """
            [{"email":"not-an-email","error":"Invalid email format"},{"email":null,"error":"Email is required"},{"email":null,"error":"A lead must be an object"},{"email":"b@example.com","error":"city must be a string"}]
            """.Trim(),
            answer.GetProperty("errors").GetRawText());
        var lead = (await workspace.Get("/v1/leads").Data())[0];
        Assert.Equal(lead.Text("_id"), answer.GetProperty("importedLeadIds").EnumerateArray().Single().GetString());
        Assert.Equal("""{"industry":"SaaS"}""", lead.GetProperty("customFields").GetRawText());
        Assert.Equal("""["batch-2025-06"]""", lead.GetProperty("tags").GetRawText());
        Assert.Equal("There", (await workspace.Get("/v1/leads").Data())[1].Text("firstName"));
    }

    [ContractFact]
    public async Task Import_WithoutSkipping_UpdatesThoseWhoAreThere()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.CreateLead(new { email = "ada@example.com", firstName = "Ada", city = "London", customFields = new { a = 1 } });
        var answer = await workspace.Post("/v1/leads/bulk", new
        {
            leads = new[] { new { email = "ada@example.com", firstName = "Augusta", b = 2 } },
            skipDuplicates = false,
        }).Raw();
        Assert.Equal("""{"imported":0,"updated":1,"skipped":0,"failed":0,"importedLeadIds":[],"errors":[]}""", answer);
        var lead = (await workspace.Get("/v1/leads").Data())[0];
        Assert.Equal(("Augusta", "London"), (lead.Text("firstName"), lead.Text("city")));
        Assert.Equal("""{"a":1,"b":2}""", lead.GetProperty("customFields").GetRawText());
    }

    [ContractFact]
    public async Task Import_CleanUp_CanBeTurnedOff()
    {
        var workspace = await HttpWorkspace.Create(app);
        var leads = new[] { new { email = "a@example.com", firstName = "★ José" } };
        await workspace.Post("/v1/leads/bulk", new { leads, dataCleanup = false }).Data();
        leads = [new { email = "b@example.com", firstName = "★ José" }];
        await workspace.Post("/v1/leads/bulk", new { leads }).Data();
        Assert.Equal(["José", "★ José"], (await workspace.Get("/v1/leads").Data()).EnumerateArray().Select(lead => lead.Text("firstName")));
    }

    [ContractFact]
    public async Task Import_FiveThousand_AreImportedAndOneMoreIsRefused()
    {
        var workspace = await HttpWorkspace.Create(app);
        object Leads(int count) => new { leads = Enumerable.Range(0, count).Select(i => new { email = $"lead{i}@example.com" }) };
        Assert.Equal("400 VALIDATION_ERROR: A request must hold 1 to 5000 leads", await workspace.Post("/v1/leads/bulk", Leads(5_001)).Failure());
        var answer = await workspace.Post("/v1/leads/bulk", Leads(5_000)).Data();
        Assert.Equal((5_000, 5_000), (answer.Number("imported"), answer.GetProperty("importedLeadIds").GetArrayLength()));
        Assert.Equal(5_000, (await workspace.Post("/v1/leads/bulk", Leads(5_000)).Data()).Number("skipped"));
        var pagination = (await workspace.Get("/v1/leads?limit=1").Json()).GetProperty("pagination");
        Assert.Equal((1_000, true), (pagination.Number("total"), pagination.GetProperty("totalIsCapped").GetBoolean()));
    }

    [ContractTheory]
    [InlineData("{}", "leads must be an array")]
    [InlineData("""{"leads":{}}""", "leads must be an array")]
    [InlineData("""{"leads":[]}""", "A request must hold 1 to 5000 leads")]
    [InlineData("""{"leads":[{}],"skipDuplicates":"no"}""", "skipDuplicates must be true or false")]
    [InlineData("""{"leads":[{}],"dataCleanup":1}""", "dataCleanup must be true or false")]
    [InlineData("""{"leads":[{}],"tag":[]}""", "tag must be a name")]
    public async Task Import_WrongBody_IsRefused(string json, string message)
    {
        var workspace = await HttpWorkspace.Create(app);
        Assert.Equal($"400 VALIDATION_ERROR: {message}", await workspace.PostText("/v1/leads/bulk", json).Failure());
    }

    [ContractFact]
    public async Task Change_Fields_MergesCustomFields()
    {
        var workspace = await HttpWorkspace.Create(app);
        var id = await workspace.CreateLead(new { email = "ada@example.com", firstName = "Ada", city = "London", customFields = new { a = 1, b = 2 } });
        var lead = await workspace.Patch($"/v1/leads/{id}", new
        {
            lastName = "Lovelace",
            city = (string?)null,
            tags = new[] { "vip" },
            customFields = new { b = (int?)null, c = 3 },
        }).Data();
        Assert.Equal(("Ada", "Lovelace"), (lead.Text("firstName"), lead.Text("lastName")));
        Assert.Equal(JsonValueKind.Null, lead.GetProperty("city").ValueKind);
        Assert.Equal("""{"a":1,"c":3}""", lead.GetProperty("customFields").GetRawText());
        Assert.Equal(lead.GetRawText(), (await workspace.Get("/v1/leads").Data())[0].GetRawText());
    }

    [ContractFact]
    public async Task Change_Email_IsRefused()
    {
        var workspace = await HttpWorkspace.Create(app);
        var id = await workspace.CreateLead(new { email = "ada@example.com" });
        Assert.Equal("400 VALIDATION_ERROR: email cannot be changed",
            await workspace.Patch($"/v1/leads/{id}", new { email = "eve@example.com", firstName = "Eve" }).Failure());
        Assert.Equal("Ada", (await workspace.Patch($"/v1/leads/{id}", new { email = "ADA@example.com", firstName = "Ada" }).Data()).Text("firstName"));
    }

    [ContractFact]
    public async Task Change_UnknownLead_IsNotFound()
    {
        var (workspace, other) = (await HttpWorkspace.Create(app), await HttpWorkspace.Create(app));
        var foreign = await other.CreateLead(new { email = "a@example.com" });
        foreach (var id in (string[])[foreign, "665d4e5f6a7b8c9d0e1f2a3b", "nonsense", workspace.CampaignId])
        {
            Assert.Equal("404 NOT_FOUND: Lead not found", await workspace.Patch($"/v1/leads/{id}", new { firstName = "Eve" }).Failure());
        }
    }

    [ContractFact]
    public async Task Delete_Ids_CountsThoseWhoWent()
    {
        var workspace = await HttpWorkspace.Create(app);
        var (a, b) = (await workspace.CreateLead(new { email = "a@example.com" }), await workspace.CreateLead(new { email = "b@example.com" }));
        var leadIds = new[] { a, a, "665d4e5f6a7b8c9d0e1f2a3b", "nonsense" };
        Assert.Equal("""{"deletedCount":1}""", await workspace.Delete("/v1/leads", new { leadIds }).Raw());
        Assert.Equal("""{"deletedCount":0}""", await workspace.Delete("/v1/leads", new { leadIds }).Raw());
        Assert.Equal(["b@example.com"], await workspace.Emails());
        Assert.Equal("404 NOT_FOUND: Lead not found", await workspace.Patch($"/v1/leads/{a}", new { }).Failure());
        Assert.NotEqual(a, await workspace.CreateLead(new { email = "a@example.com" }));
        Assert.Equal(b, (await workspace.Get("/v1/leads").Data())[1].Text("_id"));
    }

    [ContractFact]
    public async Task Delete_AllButTheExcluded_LeavesThose()
    {
        var workspace = await HttpWorkspace.Create(app);
        var kept = await workspace.CreateLead(new { email = "kept@example.com" });
        await workspace.Post("/v1/leads/bulk", new { leads = Enumerable.Range(0, 30).Select(i => new { email = $"lead{i}@example.com" }) }).Data();
        Assert.Equal("""{"deletedCount":30}""", await workspace.Delete("/v1/leads", new { deleteAll = true, excludeIds = new[] { kept } }).Raw());
        Assert.Equal(["kept@example.com"], await workspace.Emails());
    }

    [ContractFact]
    public async Task Delete_Filtered_DeletesThoseTheyDescribe()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.CreateLead(new { email = "a@example.com", tags = new[] { "old" } });
        await workspace.CreateLead(new { email = "b@example.com" });
        await workspace.EmailsOnceIndexed("tags=old", "a@example.com");
        Assert.Equal("""{"deletedCount":1}""", await workspace.Delete("/v1/leads", new { deleteAll = true, filters = new { tags = new[] { "old" } } }).Raw());
        Assert.Equal(["b@example.com"], await workspace.Emails());
    }

    [ContractFact]
    public async Task Delete_MemberOfAnActiveCampaign_NeedsForce()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("ada@example.com", "bob@example.com");
        var free = await workspace.CreateLead(new { email = "free@example.com" });
        var ada = (await workspace.Get("/v1/leads").Data()).EnumerateArray().First(lead => lead.Text("email") == "ada@example.com").Text("_id");
        var leadIds = new[] { ada, free };
        var failure = await workspace.Delete("/v1/leads", new { leadIds }).Failure();
        Assert.Equal(
            $"400 VALIDATION_ERROR: Leads are in active campaigns: Launch ({workspace.CampaignId}). Use force: true to delete them.", failure);
        Assert.Equal(3, (await workspace.Emails()).Length);

        Assert.Equal("""{"deletedCount":2}""", await workspace.Delete("/v1/leads", new { leadIds, force = true }).Raw());
        Assert.Equal(["bob@example.com"], await workspace.Emails());
        Assert.Equal(["bob@example.com"], await workspace.CampaignEmails());
        var removed = Assert.Single(await workspace.CampaignLeads("&status=removed"));
        Assert.Equal(JsonValueKind.Null, removed.GetProperty("leadId").ValueKind);
        Assert.Equal("""{"added":1,"skipped":0,"errors":[]}""", await workspace.AddEmails("ada@example.com").Raw());
    }

    [ContractFact]
    public async Task Delete_MemberOfADraft_NeedsNoForce()
    {
        var workspace = await HttpWorkspace.Create(app, new { draft = true });
        await workspace.AddEmails("ada@example.com");
        Assert.Equal("""{"deletedCount":1}""", await workspace.Delete("/v1/leads", new { deleteAll = true }).Raw());
        Assert.Empty(await workspace.Emails());
    }

    [ContractTheory]
    [InlineData("{}", "Provide leadIds array or deleteAll: true")]
    [InlineData("""{"leadIds":[],"deleteAll":true}""", "Provide leadIds array or deleteAll: true")]
    [InlineData("""{"deleteAll":false}""", "Provide leadIds array or deleteAll: true")]
    [InlineData("""{"deleteAll":"true"}""", "deleteAll must be true or false")]
    [InlineData("""{"leadIds":[]}""", "leadIds must be an array of 1 to 5000 ids")]
    [InlineData("""{"leadIds":"x"}""", "leadIds must be an array of 1 to 5000 ids")]
    [InlineData("""{"deleteAll":true,"force":1}""", "force must be true or false")]
    [InlineData("""{"deleteAll":true,"filters":{"tag":"x"}}""", "filters can hold tags, search, emailVerified, country and leadIds")]
    [InlineData("""{"deleteAll":true,"excludeIds":["x"]}""", "excludeIds holds something that is no id")]
    public async Task Delete_WrongBody_DeletesNobody(string json, string message)
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.CreateLead(new { email = "a@example.com" });
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        Assert.Equal($"400 VALIDATION_ERROR: {message}", await workspace.Send(HttpMethod.Delete, "/v1/leads", body).Failure());
        Assert.Single(await workspace.Emails());
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteWorkspaceLeadsTests(LeadEngineApplication app) : WorkspaceLeadsTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresWorkspaceLeadsTests(PostgresLeadEngineApplication app) : WorkspaceLeadsTests(app);
