using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Dialects.SendKit;

/// <summary>The sentences of the vendor's page "Add leads to campaign", one by one, and what follows from them.</summary>
public abstract class AddLeadsTests(LeadEngineApplication app)
{
    private const string NobodyNamed = "Either leadId or email is required";

    [ContractFact]
    public async Task Add_ExampleOfThePage_HasItsAnswer()
    {
        var workspace = await HttpWorkspace.Create(app);
        var known = await workspace.CreateLead(new { email = "known@example.com" });
        var body = new
        {
            leads = new object[]
            {
                new { email = "john@acme.com", firstName = "John", lastName = "Doe", companyName = "Acme Corp" },
                new { email = "jane@example.com", firstName = "Jane" },
                new { leadId = known },
            },
        };
        Assert.Equal("""{"added":3,"skipped":0,"errors":[]}""", await workspace.Add(body).Raw());
        Assert.Equal(["jane@example.com", "john@acme.com", "known@example.com"], await workspace.CampaignEmails());
        var john = (await workspace.CampaignLeads())[0].GetProperty("leadId");
        Assert.Equal(("John", "Doe", "Acme Corp"), (john.Text("firstName"), john.Text("lastName"), john.Text("companyName")));
    }

    [ContractFact]
    public async Task Add_InvalidEntry_IsToldAsThePageSays()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("there@example.com");
        var answer = await workspace.PostText(
            workspace.LeadsPath,
            """{"leads":[{"email":"a@example.com"},{"email":"b@example.com"},{"email":"there@example.com"},{"email": "invalid@"}]}""").Raw();
        Assert.Equal($$"""{"added":2,"skipped":1,"errors":[{"entry":{"email": "invalid@"},"message":"{{NobodyNamed}}"}]}""", answer);
    }

    [ContractFact]
    public async Task Add_EntriesThatNameNobody_FailAlone()
    {
        var workspace = await HttpWorkspace.Create(app);
        var answer = await workspace.PostText(
            workspace.LeadsPath,
            """
            {"leads":[{},null,7,"x@example.com",[],{"email":null},{"email":5},{"leadId":"665d4e5f6a7b8c9d0e1f2a3b"},{"leadId":7},
            {"leadId":"nonsense","email":"good@example.com"},{"email":"x@example.com\u0000"},{"email":"\ud800@example.com"}]}
            """).Data();
        Assert.Equal((1, 0), (answer.Number("added"), answer.Number("skipped")));
        var errors = answer.GetProperty("errors").EnumerateArray().ToArray();
        Assert.Equal(11, errors.Length);
        Assert.All(errors, error => Assert.Equal(NobodyNamed, error.Text("message")));
        Assert.Equal(["good@example.com"], await workspace.CampaignEmails());
    }

    [ContractFact]
    public async Task Add_EntryWithAWrongValue_FailsAlone()
    {
        var workspace = await HttpWorkspace.Create(app);
        var answer = await workspace.PostText(
            workspace.LeadsPath, """{"leads":[{"email":"a@example.com","firstName":5},{"email":"b@example.com"}]}""").Raw();
        Assert.Equal(
            """{"added":1,"skipped":0,"errors":[{"entry":{"email":"a@example.com","firstName":5},"message":"firstName must be a string"}]}""",
            answer);
    }

    [ContractFact]
    public async Task Add_LeadOfAnotherWorkspaceOrDeleted_IsNotFound()
    {
        var (workspace, other) = (await HttpWorkspace.Create(app), await HttpWorkspace.Create(app));
        var foreign = await other.CreateLead(new { email = "a@example.com" });
        var gone = await workspace.CreateLead(new { email = "b@example.com" });
        await workspace.Delete("/v1/leads", new { leadIds = new[] { gone } }).Data();
        var answer = await workspace.Add(new { leads = new[] { new { leadId = foreign }, new { leadId = gone } } }).Data();
        Assert.Equal(0, answer.Number("added"));
        Assert.All(answer.GetProperty("errors").EnumerateArray(), error => Assert.Equal("Lead not found", error.Text("message")));
    }

    [ContractFact]
    public async Task Add_DuplicatesInOneRequest_AreSkipped()
    {
        var workspace = await HttpWorkspace.Create(app);
        var known = await workspace.CreateLead(new { email = "known@example.com" });
        var answer = await workspace.Add(new
        {
            leads = new object[]
            {
                new { email = "ada@example.com" }, new { email = " ADA@Example.com " }, new { leadId = known }, new { leadId = known },
                new { email = "known@example.com" },
            },
        }).Raw();
        Assert.Equal("""{"added":2,"skipped":3,"errors":[]}""", answer);
    }

    [ContractFact]
    public async Task Add_Again_SkipsAll()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("a@example.com", "b@example.com");
        Assert.Equal("""{"added":0,"skipped":2,"errors":[]}""", await workspace.AddEmails("b@example.com", "A@example.com").Raw());
        Assert.Equal(2, (await workspace.CampaignLeads()).Length);
    }

    [ContractFact]
    public async Task Add_ActiveCampaign_IsActiveElsePending()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("a@example.com");
        Assert.Equal("active", (await workspace.CampaignLeads()).Single().Text("status"));

        var draft = await workspace.Post("/v1/campaigns", new { name = "Draft" }).Data();
        var path = $"/v1/campaigns/{draft.Text("_id")}/leads";
        await workspace.Post(path, new { leads = new[] { new { email = "a@example.com" } } }).Data();
        Assert.Equal("pending", (await workspace.Get(path).Data())[0].Text("status"));
    }

    [ContractFact]
    public async Task Add_FiveThousand_AreAddedAndOneMoreIsRefused()
    {
        var workspace = await HttpWorkspace.Create(app);
        object Leads(int count) => new { leads = Enumerable.Range(0, count).Select(i => new { email = $"lead{i}@example.com" }) };
        Assert.Equal(
            "400 VALIDATION_ERROR: A request can hold 5000 leads at most", await workspace.Add(Leads(5_001)).Failure());
        Assert.Equal("""{"added":5000,"skipped":0,"errors":[]}""", await workspace.Add(Leads(5_000)).Raw());
        Assert.Equal("""{"added":0,"skipped":5000,"errors":[]}""", await workspace.Add(Leads(5_000)).Raw());
        var counts = (await workspace.Get($"/v1/campaigns/{workspace.CampaignId}").Data()).GetProperty("leadCounts");
        Assert.Equal((5_000, 5_000), (counts.Number("total"), counts.Number("active")));
    }

    [ContractFact]
    public async Task Add_ColleaguesWithOnePhone_AreLeadsOfTheirOwn()
    {
        var workspace = await HttpWorkspace.Create(app);
        var leads = Enumerable.Range(0, 500).Select(i => new { email = $"colleague{i}@example.com", phone = "+1 206 555 0100" });
        Assert.Equal("""{"added":500,"skipped":0,"errors":[]}""", await workspace.Add(new { leads }).Raw());
        var more = new { leads = new[] { new { email = "late@example.com", phone = "(206) 555-0100" } } };
        Assert.Equal("""{"added":1,"skipped":0,"errors":[]}""", await workspace.Add(more).Raw());
        var listed = await workspace.Get("/v1/leads?limit=100").Data();
        Assert.All(listed.EnumerateArray(), lead => Assert.Equal("+12065550100", lead.Text("phoneNumber")));
    }

    [ContractFact]
    public async Task Add_PhoneThatCannotBeRead_FailsNothing()
    {
        var workspace = await HttpWorkspace.Create(app);
        Assert.Equal(
            """{"added":1,"skipped":0,"errors":[]}""",
            await workspace.Add(new { leads = new[] { new { email = "a@example.com", phone = "ask Jo" } } }).Raw());
        Assert.Equal("ask Jo", (await workspace.Get("/v1/leads").Data())[0].Text("phoneNumber"));
    }

    [ContractFact]
    public async Task Add_SomebodyTheWorkspaceKnows_LeavesTheLeadAsItIs()
    {
        var workspace = await HttpWorkspace.Create(app);
        var id = await workspace.CreateLead(new { email = "ada@example.com", firstName = "Ada" });
        await workspace.Add(new { leads = new[] { new { email = "ada@example.com", firstName = "Augusta" } } }).Data();
        var lead = (await workspace.Get("/v1/leads").Data()).EnumerateArray().Single();
        Assert.Equal((id, "Ada"), (lead.Text("_id"), lead.Text("firstName")));
        Assert.Equal(id, (await workspace.CampaignLeads()).Single().GetProperty("leadId").Text("_id"));
    }

    [ContractFact]
    public async Task Add_Filters_AddThoseTheyDescribe()
    {
        var workspace = await HttpWorkspace.Create(app);
        var ada = await workspace.CreateLead(
            new { email = "ada@acme.com", firstName = "Ada", tags = new[] { "vip" }, country = "GB", emailVerified = true });
        await workspace.CreateLead(new { email = "bob@example.com", firstName = "Bob", tags = new[] { "VIP", "old" }, country = "US" });
        await workspace.CreateLead(new { email = "cyd@example.com", firstName = "Cyd", tags = new[] { "old" }, country = "us" });
        await workspace.EmailsOnceIndexed("tags=vip,old", "ada@acme.com", "bob@example.com", "cyd@example.com");

        await AddsBy(new { tags = new[] { "vip" } }, "ada@acme.com", "bob@example.com");
        await AddsBy(new { tags = new[] { "vip", "old" } }, "ada@acme.com", "bob@example.com", "cyd@example.com");
        await AddsBy(new { search = "ada" }, "ada@acme.com");
        await AddsBy(new { search = "EXAMPLE" }, "bob@example.com", "cyd@example.com");
        await AddsBy(new { emailVerified = true }, "ada@acme.com");
        await AddsBy(new { emailVerified = false }, "bob@example.com", "cyd@example.com");
        await AddsBy(new { country = "US" }, "bob@example.com", "cyd@example.com");
        await AddsBy(new { leadIds = new[] { ada } }, "ada@acme.com");
        await AddsBy(new { leadIds = new[] { "665d4e5f6a7b8c9d0e1f2a3b" } });
        await AddsBy(new { tags = new[] { "old" }, country = "US", search = "b" }, "bob@example.com");

        async Task AddsBy(object filters, params string[] expected)
        {
            var campaign = (await workspace.Post("/v1/campaigns", new { name = "By filter" }).Data()).Text("_id");
            var path = $"/v1/campaigns/{campaign}/leads";
            Assert.Equal(
                $$"""{"added":{{expected.Length}},"skipped":0,"matched":{{expected.Length}}}""", await workspace.Post(path, new { filters }).Raw());
            var emails = (await workspace.Get(path).Data()).EnumerateArray().Select(lead => lead.GetProperty("leadId").Text("email"));
            Assert.Equal(expected, emails.Order(StringComparer.Ordinal));
        }
    }

    [ContractFact]
    public async Task Add_SelectAll_AddsAllButTheExcluded()
    {
        var workspace = await HttpWorkspace.Create(app);
        var excluded = await workspace.CreateLead(new { email = "excluded@example.com" });
        var leads = Enumerable.Range(0, 50).Select(i => new { email = $"lead{i:00}@example.com" });
        await workspace.Post("/v1/leads/bulk", new { leads }).Data();
        await workspace.AddEmails("lead07@example.com", "lead08@example.com");

        Assert.Equal(
            """{"added":48,"skipped":2,"matched":50}""", await workspace.Add(new { selectAll = true, excludeIds = new[] { excluded } }).Raw());
        Assert.DoesNotContain("excluded@example.com", await workspace.CampaignEmails());
        Assert.Equal("""{"added":1,"skipped":50,"matched":51}""", await workspace.Add(new { selectAll = true }).Raw());
    }

    [ContractFact]
    public async Task Add_SelectAllOfMoreThanAPage_AddsEverybodyOnce()
    {
        var workspace = await HttpWorkspace.Create(app);
        for (var batch = 0; batch < 3; batch++)
        {
            var leads = Enumerable.Range(0, 4_000).Select(i => new { email = $"lead{batch}-{i}@example.com" });
            Assert.Equal(4_000, (await workspace.Post("/v1/leads/bulk", new { leads }).Data()).Number("imported"));
        }

        Assert.Equal("""{"added":12000,"skipped":0,"matched":12000}""", await workspace.Add(new { selectAll = true }).Raw());
        Assert.Equal("""{"added":0,"skipped":12000,"matched":12000}""", await workspace.Add(new { selectAll = true }).Raw());
    }

    [ContractFact]
    public async Task Add_SelectAll_LeavesOtherWorkspacesAlone()
    {
        var (workspace, other) = (await HttpWorkspace.Create(app), await HttpWorkspace.Create(app));
        await other.CreateLead(new { email = "theirs@example.com" });
        await workspace.CreateLead(new { email = "ours@example.com" });
        Assert.Equal("""{"added":1,"skipped":0,"matched":1}""", await workspace.Add(new { selectAll = true }).Raw());
        Assert.Equal(["ours@example.com"], await workspace.CampaignEmails());
    }

    [ContractFact]
    public async Task Add_DoNotContact_IsSkippedUnlessTheCampaignSaysOtherwise()
    {
        var workspace = await HttpWorkspace.Create(app);
        var entries = new object[] { new { email = "Bounced@example.com" }, new { email = "BadCompany.com", type = "domain", reason = "manual" } };
        Assert.Equal("""{"imported":2,"skipped":0}""", await workspace.Post("/v1/dnc/import", new { entries }).Raw());
        var emails = new[] { "good@example.com", "bounced@example.com", "info@badcompany.com" };
        Assert.Equal("""{"added":1,"skipped":2,"errors":[]}""", await workspace.AddEmails(emails).Raw());
        Assert.Equal(["good@example.com"], await workspace.CampaignEmails());

        var careless = (await workspace.Post("/v1/campaigns", new { name = "All", settings = new { skipDNC = false } }).Data()).Text("_id");
        var leads = emails.Select(email => new { email });
        Assert.Equal("""{"added":3,"skipped":0,"errors":[]}""", await workspace.Post($"/v1/campaigns/{careless}/leads", new { leads }).Raw());
    }

    [ContractFact]
    public async Task Add_NoMode_IsToldWordByWord()
    {
        var workspace = await HttpWorkspace.Create(app);
        const string expected = "400 VALIDATION_ERROR: Provide leads array, filters, or selectAll: true";
        Assert.Equal(expected, await workspace.Add(new { }).Failure());
        Assert.Equal(expected, await workspace.Send(HttpMethod.Post, workspace.LeadsPath, null).Failure());
    }

    [ContractFact]
    public async Task Add_NoSuchCampaign_IsToldWordByWord()
    {
        var (workspace, other) = (await HttpWorkspace.Create(app), await HttpWorkspace.Create(app));
        var body = new { leads = new[] { new { email = "a@example.com" } } };
        string[] nowhere =
            ["example_string", "665a1b2c3d4e5f6a7b8c9d0e", $"{workspace.Campaign.Id}", other.CampaignId, await workspace.CreateLead(new { email = "b@example.com" })];
        foreach (var id in nowhere)
        {
            Assert.Equal("404 NOT_FOUND: Campaign not found", await workspace.Post($"/v1/campaigns/{id}/leads", body).Failure());
        }
    }

    [ContractFact]
    public async Task Add_EndedOrLockedCampaign_TakesNobody()
    {
        var workspace = await HttpWorkspace.Create(app);
        await workspace.AddEmails("there@example.com");
        await workspace.Campaign.Change(new { status = "ended" });
        Assert.Equal(
            "423 LOCKED: The campaign has ended and no longer accepts new leads", await workspace.AddEmails("a@example.com").Failure());
        Assert.Equal("""{"added":0,"skipped":1,"errors":[]}""", await workspace.AddEmails("there@example.com").Raw());
        await workspace.Campaign.Change(new { status = "locked" });
        Assert.Equal("423 LOCKED: The campaign is locked", await workspace.AddEmails("a@example.com").Failure());
        Assert.Single(await workspace.CampaignLeads());
    }

    [ContractFact]
    public async Task Add_SameIdempotencyKey_GetsTheFirstAnswer()
    {
        var workspace = await HttpWorkspace.Create(app);
        var body = new { leads = new[] { new { email = "a@example.com" } } };
        var first = await workspace.Add(body, "key-1").Raw();
        using var second = await workspace.Add(body, "key-1");
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(first, (await second.Json()).GetProperty("data").GetRawText());
        Assert.StartsWith("422 IDEMPOTENCY_KEY_REUSED", await workspace.Add(new { selectAll = true }, "key-1").Failure(), StringComparison.Ordinal);
        Assert.Equal("""{"added":0,"skipped":1,"errors":[]}""", await workspace.Add(body, "key-2").Raw());
    }

    [ContractFact]
    public async Task Add_TheSameByManyAtOnce_MakesEachLeadOnce()
    {
        var workspace = await HttpWorkspace.Create(app);
        var emails = Enumerable.Range(0, 100).Select(i => $"lead{i:000}@example.com").ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => workspace.AddEmails(emails).Data()));
        Assert.Equal(100, answers.Sum(answer => answer.Number("added")));
        Assert.Equal(1_900, answers.Sum(answer => answer.Number("skipped")));
        Assert.Equal(emails, await workspace.CampaignEmails());
    }

    [ContractFact]
    public async Task Add_KeyOfTheCampaign_IsGoodForItAlone()
    {
        var workspace = await HttpWorkspace.Create(app);
        var bound = workspace.WithKey(await workspace.Campaign.CreateKey());
        Assert.Equal("""{"added":1,"skipped":0,"errors":[]}""", await bound.AddEmails("a@example.com").Raw());

        var sibling = (await workspace.Post("/v1/campaigns", new { name = "Sibling" }).Data()).Text("_id");
        const string expected = "403 FORBIDDEN: The API key is good for one campaign alone.";
        Assert.Equal(expected, await bound.Post($"/v1/campaigns/{sibling}/leads", new { leads = new[] { new { email = "a@example.com" } } }).Failure());
        Assert.Equal(expected, await bound.Add(new { selectAll = true }).Failure());
        Assert.Equal(expected, await bound.Get("/v1/leads").Failure());
        Assert.Equal(expected, await bound.Get("/v1/campaigns").Failure());
        Assert.Equal(expected, await bound.Post("/v1/leads", new { email = "b@example.com" }).Failure());
        Assert.Equal(expected, await bound.Post("/v1/leads/bulk", new { }).Failure());
        Assert.Equal(expected, await bound.Delete("/v1/leads", new { deleteAll = true }).Failure());
        Assert.Equal(expected, await bound.Post("/v1/dnc/import", new { }).Failure());
        Assert.Equal(expected, await bound.Patch("/v1/leads/665d4e5f6a7b8c9d0e1f2a3b", new { }).Failure());
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteAddLeadsTests(LeadEngineApplication app) : AddLeadsTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresAddLeadsTests(PostgresLeadEngineApplication app) : AddLeadsTests(app);
