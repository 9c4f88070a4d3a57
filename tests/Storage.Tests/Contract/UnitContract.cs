using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>New leads of a unit: who is new, who exists, who is refused, and with which ranks.</summary>
public abstract class UnitContract(TestDatabase database) : StoreContract(database)
{
    [ContractFact]
    public async Task Commit_NewLeads_RanksFollowTheOrderOfTheUnit()
    {
        var unit = await NewUnit();

        var reply = await Commit(unit, Make.Person("a@x.org"), Make.Person("b@x.org"), Make.Person(phone: "+15551230001"));

        Assert.Equal([1L, 2, 3], reply.Adds.Select(added => added.Rank));
        Assert.Equal(3, reply.Adds.Select(added => added.LeadId).Distinct().Count());
        Assert.Equal(3, reply.LeadCount);
        Assert.Empty(reply.Scores);
    }

    [ContractFact]
    public async Task Commit_SecondUnit_ContinuesTheRanks()
    {
        var unit = await NewUnit();
        await Commit(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));

        var reply = await Commit(unit, Make.Person("b@x.org"), Make.Person("c@x.org"));

        Assert.Equal([0L, 3], reply.Adds.Select(added => added.Rank));
        Assert.Equal(3, reply.LeadCount);
    }

    [ContractFact]
    public async Task Commit_UnitsOfSeveralCampaigns_RankEachOnItsOwn()
    {
        var units = new[] { await NewUnit(), await NewUnit() };
        var batch = Make.Batch() with
        {
            Units = [.. units.Select(unit => unit with { Adds = [Make.Person("a@x.org"), Make.Person("b@x.org")] })],
        };

        var reply = await Driver.Commit(batch, default);

        Assert.All(reply.Units, unit => Assert.Equal([1L, 2], unit.Adds.Select(added => added.Rank)));
        Assert.Equal(4, reply.Units.SelectMany(unit => unit.Adds).Select(added => added.LeadId).Distinct().Count());
    }

    [ContractFact]
    public async Task Commit_NewLead_IsStoredWhole()
    {
        var unit = await NewUnit();
        var person = Make.Person("a@x.org", "+15551230001") with { Request = Make.Request(receivedAt: Make.Noon.AddMilliseconds(1.234)) };

        var added = (await Commit(unit, person)).Adds.Single();

        var expected = new StoredLead
        {
            Lead = new()
            {
                Id = added.LeadId,
                CampaignId = unit.CampaignId,
                Rank = 1,
                CreatedAt = person.Request.ReceivedAt,
                Counter = 1,
                Email = "a@x.org",
                Phone = "+15551230001",
                Profile = person.Profile,
            },
            Version = 1,
            Requests = new() { Recent = [person.Request.Id] },
        };
        SameLead.Assert(expected, await Read(added.LeadId));
    }

    [ContractFact]
    public async Task Commit_EmailExists_AnswersThatLead()
    {
        var unit = await NewUnit();
        var first = (await Add(unit, Make.Person("a@x.org"))).Single();

        var reply = await Commit(unit, Make.Person("a@x.org", "+15551230001"));

        Assert.Equal([AddOutcome.Exists(first.Lead.Id)], reply.Adds.AsEnumerable());
        Assert.Equal(1, reply.LeadCount);
        SameLead.Assert(first, await Read(first.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_PhoneExists_AnswersThatLead()
    {
        var unit = await NewUnit();
        var first = (await Add(unit, Make.Person(phone: "+15551230001"))).Single();

        var reply = await Commit(unit, Make.Person("a@x.org", "+15551230001"));

        Assert.Equal([AddOutcome.Exists(first.Lead.Id)], reply.Adds.AsEnumerable());
        Assert.Null(await FindEmail(unit.CampaignId, "a@x.org"));
    }

    [ContractFact]
    public async Task Commit_EmailAndPhoneOfTwoLeads_EmailDecides()
    {
        var unit = await NewUnit();
        var byPhone = Make.Person(phone: "+15551230001");
        var byEmail = Make.Person("a@x.org");
        var stored = await Add(unit, byPhone, byEmail);

        var reply = await Commit(unit, Make.Person("a@x.org", "+15551230001"));

        Assert.Equal([AddOutcome.Exists(stored[1].Lead.Id)], reply.Adds.AsEnumerable());
    }

    [ContractFact]
    public async Task Commit_SamePersonInAnotherCampaign_IsNewThere()
    {
        var first = (await Add(await NewUnit(), Make.Person("a@x.org", "+15551230001"))).Single();

        var second = (await Add(await NewUnit(), Make.Person("a@x.org", "+15551230001"))).Single();

        Assert.NotEqual(first.Lead.Id, second.Lead.Id);
        Assert.Equal(1, second.Lead.Rank);
    }

    [ContractTheory]
    [InlineData(CampaignStatus.Ended, LeadRefusal.Ended)]
    [InlineData(CampaignStatus.Locked, LeadRefusal.Locked)]
    public async Task Commit_CampaignNotOpen_RefusesNewLeadsOnly(CampaignStatus status, LeadRefusal why)
    {
        var unit = await NewUnit();
        var first = (await Add(unit, Make.Person("a@x.org", "+15551230001"))).Single();
        await SetStatus(unit, status);

        var reply = await Commit(
            unit,
            Make.Person("new@x.org"),
            Make.Person("a@x.org"),
            Make.Person("b@x.org", "+15551230001"),
            Make.Person(phone: "+15551230002"));

        var exists = AddOutcome.Exists(first.Lead.Id);
        Assert.Equal([AddOutcome.Refused(why), exists, exists, AddOutcome.Refused(why)], reply.Adds.AsEnumerable());
        Assert.Equal(1, reply.LeadCount);
        Assert.Single(await AllLeads(unit.CampaignId));
    }

    [ContractFact]
    public async Task Commit_CampaignReopened_ContinuesTheRanks()
    {
        var unit = await NewUnit();
        await Add(unit, Make.Person("a@x.org"));
        await SetStatus(unit, CampaignStatus.Ended);
        await Commit(unit, Make.Person("b@x.org"));
        await SetStatus(unit, CampaignStatus.Open);

        var reply = await Commit(unit, Make.Person("b@x.org"));

        Assert.Equal([2L], reply.Adds.Select(added => added.Rank));
    }

    [ContractFact]
    public async Task Commit_Thousands_AreAllThereWithExactRanks()
    {
        var unit = await NewUnit();
        for (var round = 0; round < 3; round++)
        {
            await Commit(unit, [.. Enumerable.Range(0, 1000).Select(i => Make.Person($"p{round}.{i}@x.org"))]);
        }

        var leads = await AllLeads(unit.CampaignId);

        Assert.Equal(Enumerable.Range(1, 3000).Select(rank => (long)rank), leads.Select(lead => lead.Rank));
        Assert.Equal("p1.0@x.org", leads[1000].Email);
        Assert.Equal("p2.999@x.org", leads[2999].Email);
    }

    private async Task<long?> FindEmail(long campaignId, string email) =>
        (await Driver.Find([new(campaignId, IdentifierKind.Email, email)], default)).Single();
}
