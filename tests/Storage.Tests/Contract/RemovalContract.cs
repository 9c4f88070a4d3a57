using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Leads that are removed: with their row, or leaving a row without personal data.</summary>
public abstract class RemovalContract(TestDatabase database) : StoreContract(database)
{
    private const string Phone = "+15551230001";

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_Removal_NothingFindsTheLead(bool leaveMember)
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person("ann@x.org", Phone), Make.Person("bob@x.org"));
        var ann = stored[0].Lead.Id;
        var person = (await PersonOf(stored[0]))!;

        var reply = await Remove(unit, new LeadRemoval(ann, leaveMember));

        Assert.Equal([null], reply.Removals.AsEnumerable());
        Assert.Equal(1, reply.LeadCount);
        Assert.Null(await Read(ann));
        Assert.Equal([null, null], await Driver.Find(
            [new(unit.CampaignId, IdentifierKind.Email, "ann@x.org"), new(unit.CampaignId, IdentifierKind.Phone, Phone)], default));
        Assert.Equal([stored[1].Lead.Id], (await AllLeads(unit.CampaignId)).Select(lead => lead.Id));
        Assert.Equal([stored[1].Lead.Id], (await Driver.ListPosted(unit.CampaignId, PostingStrategy.EarliestFirst, null, 9, default)).Select(lead => lead.Id));
        Assert.Empty(await Driver.Directory.Memberships(Account, [person.Id], default));
        Assert.Equal(1, (await Driver.TakeOver(unit.CampaignId, default))!.LeadCount);
    }

    [ContractFact]
    public async Task Commit_RemovalThatLeavesAMember_ShowsItWithoutItsPerson()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single().Lead;

        await Remove(unit, new LeadRemoval(ann.Id, LeaveMember: true));

        var member = Assert.Single(await Driver.Directory.ListMembers(unit.CampaignId, new() { Limit = 9 }, default));
        Assert.Equal(new() { LeadId = ann.Id, Rank = 1, CreatedAt = ann.CreatedAt, Status = MemberStatus.Removed }, member);
        Assert.Equal([new MemberCount(MemberStatus.Removed, 1)], (await Driver.Directory.CountMembers(unit.CampaignId, default)).AsEnumerable());
        Assert.Single(await People());
    }

    [ContractFact]
    public async Task Commit_RemovalWithTheRow_LeavesNoMember()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single().Lead.Id;

        await Remove(unit, new LeadRemoval(ann, LeaveMember: false));

        Assert.Empty(await Driver.Directory.ListMembers(unit.CampaignId, new() { Limit = 9 }, default));
        Assert.Empty(await Driver.Directory.CountMembers(unit.CampaignId, default));
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_RepeatedRemoval_ChangesNothing(bool leaveMember)
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person("ann@x.org"), Make.Person("bob@x.org"));
        var removal = new LeadRemoval(stored[0].Lead.Id, leaveMember);
        await Remove(unit, removal);

        var reply = await Remove(unit, removal, new LeadRemoval(999_999_999, leaveMember));

        Assert.Equal([null, null], reply.Removals.AsEnumerable());
        Assert.Equal(1, reply.LeadCount);
        Assert.Equal(1, (await Driver.TakeOver(unit.CampaignId, default))!.LeadCount);
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_SignsUpAnewAfterTheRemoval_IsNewWithTheNextRank(bool leaveMember)
    {
        var unit = await NewUnit();
        var gone = (await Add(unit, Make.Person("ann@x.org", Phone))).Single();
        var person = (await PersonOf(gone))!;
        await Remove(unit, new LeadRemoval(gone.Lead.Id, leaveMember));

        var reply = await Commit(unit, Make.Person("ann@x.org", Phone));

        var added = reply.Adds.Single();
        Assert.Equal(AddOutcome.Added(added.LeadId, 2, null), added);
        Assert.NotEqual(gone.Lead.Id, added.LeadId);
        Assert.Equal(1, reply.LeadCount);
        SamePerson.Assert(person, await PersonOf((await Read(added.LeadId))!));
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_Removal_TakesScoresKeysAndLinksAlong(bool leaveMember)
    {
        var unit = await NewUnit();
        var stored = await Add(
            unit,
            Make.Person("ann@x.org", points: 4, claim: new("hers", "print")) with { ShortLink = new("annscode", "https://x.org/a") },
            Make.Person("bob@x.org", points: 5, claim: new("his", "print")) with { ShortLink = new("bobscode", "https://x.org/b") });

        var reply = await Remove(unit, new LeadRemoval(stored[0].Lead.Id, leaveMember));

        Assert.Empty(reply.Scores);
        var tenure = await Driver.TakeOver(unit.CampaignId, default);
        Assert.Equal([new ScoreRow(stored[1].Lead.Id, new() { Points = 5 })], tenure!.Scores.AsEnumerable());
        Assert.Null(await Driver.ReadAnswer("hers", Make.Noon, default));
        Assert.NotNull(await Driver.ReadAnswer("his", Make.Noon, default));
        Assert.Null(await Driver.Links.Read("annscode", default));
        Assert.NotNull(await Driver.Links.Read("bobscode", default));
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_Removal_TakesItsVerificationAlong(bool leaveMember)
    {
        var unit = await NewUnit();
        await Add(unit, [.. Enumerable.Range(0, 20).Select(i => Make.Person($"{i}@x.org"))]);
        var stored = await Add(unit, Make.Person("ann@x.org"), Make.Person("bob@x.org"));
        var (anns, bobs) = (LeadStates.KeyOf(stored[0].Lead.Id), LeadStates.KeyOf(stored[1].Lead.Id));
        var etag = await Driver.WriteState(LeadStates.Verification, anns, "{}", null, default);
        await Driver.WriteState(LeadStates.Verification, bobs, "{}", null, default);
        await Driver.WriteState("other", anns, "{}", null, default);

        await Remove(unit, new LeadRemoval(stored[0].Lead.Id, leaveMember));

        Assert.Null(await Driver.ReadState(LeadStates.Verification, anns, default));
        Assert.NotNull(await Driver.ReadState(LeadStates.Verification, bobs, default));
        Assert.NotNull(await Driver.ReadState("other", anns, default));
        Assert.Null(await Driver.WriteState(LeadStates.Verification, anns, "{}", etag, default));
        Assert.Null(await Driver.WriteState(LeadStates.Verification, anns, "{}", null, default));
        Assert.Null(await Driver.ReadState(LeadStates.Verification, anns, default));
    }

    [ContractFact]
    public async Task Commit_LockedCampaign_RefusesTheRemoval()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await SetStatus(unit, CampaignStatus.Locked);

        var reply = await Remove(unit, new LeadRemoval(ann.Lead.Id, false), new LeadRemoval(999_999_999, false));

        Assert.Equal([LeadRefusal.Locked, null], reply.Removals.AsEnumerable());
        Assert.Equal(1, reply.LeadCount);
        SameLead.Assert(ann, await Read(ann.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_EndedCampaign_Removes()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await SetStatus(unit, CampaignStatus.Ended);

        await Remove(unit, new LeadRemoval(ann.Lead.Id, false));

        Assert.Null(await Read(ann.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_LeadOfAnotherCampaign_IsNotRemoved()
    {
        var (unit, other) = (await NewUnit(), await NewUnit());
        var ann = (await Add(other, Make.Person("ann@x.org"))).Single();

        var reply = await Remove(unit, new LeadRemoval(ann.Lead.Id, false));

        Assert.Equal([null], reply.Removals.AsEnumerable());
        Assert.Equal(0, reply.LeadCount);
        SameLead.Assert(ann, await Read(ann.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_StaleEpoch_RemovesNothing()
    {
        var stale = await NewUnit();
        var ann = (await Add(stale, Make.Person("ann@x.org"))).Single();
        await TakeOver(stale.CampaignId);

        Assert.True((await Remove(stale, new LeadRemoval(ann.Lead.Id, false))).IsFenced);

        SameLead.Assert(ann, await Read(ann.Lead.Id));
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_ReferrerWasRemoved_RefersNobody(bool leaveMember)
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single().Lead.Id;
        var bob = (await Add(unit, Make.Person("bob@x.org", referrer: ann))).Single().Lead.Id;
        await Remove(unit, new LeadRemoval(ann, leaveMember));

        var reply = await Commit(unit, Make.Person("cleo@x.org", referrer: ann), Make.Person("dan@x.org", referrer: bob));

        Assert.Equal([null, bob], reply.Adds.Select(added => added.ParentId));
        Assert.Equal([new ScoreRow(bob, new() { DirectReferrals = 1 })], reply.Scores.AsEnumerable());
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_RemovalOfWhomTheSameUnitAddsAndCredits_ComesLast(bool leaveMember)
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single().Lead.Id;

        var reply = (await Driver.Commit(
            Make.Batch() with
            {
                Units =
                [
                    unit with
                    {
                        Adds = [Make.Person("ann@x.org", points: 2), Make.Person("bob@x.org", referrer: ann)],
                        Removals = [new LeadRemoval(ann, leaveMember)],
                    },
                ],
            },
            default)).Units.Single();

        Assert.Equal(AddOutcome.Exists(ann), reply.Adds[0]);
        Assert.Equal(ann, reply.Adds[1].ParentId);
        Assert.Equal([null], reply.Removals.AsEnumerable());
        Assert.Empty(reply.Scores);
        Assert.Equal(1, reply.LeadCount);
        Assert.Empty((await Driver.TakeOver(unit.CampaignId, default))!.Scores);
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_RemovedLead_AsksAgain(bool leaveMember)
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await Remove(unit, new LeadRemoval(ann.Lead.Id, leaveMember));

        Assert.Equal(LeadRefusal.AskAgain, (await Write(Make.Change(ann))).Refusal);
        Assert.Equal(LeadRefusal.AskAgain, (await Write(Make.Change(ann with { Version = 2 }))).Refusal);
        Assert.Empty(await AllLeads(unit.CampaignId));
    }

    [ContractFact]
    public async Task Commit_ManyRemovals_AnswersEachInOrder()
    {
        var unit = await NewUnit();
        var leads = await Add(unit, [.. Enumerable.Range(0, 300).Select(i => Make.Person($"{i}@x.org"))]);

        var reply = await Remove(unit, [.. leads.Where((_, i) => i % 3 != 0).Select((lead, i) => new LeadRemoval(lead.Lead.Id, i % 2 == 0))]);

        Assert.Equal(200, reply.Removals.Length);
        Assert.Equal(100, reply.LeadCount);
        Assert.Equal(leads.Where((_, i) => i % 3 == 0).Select(lead => lead.Lead.Id), (await AllLeads(unit.CampaignId)).Select(lead => lead.Id));
    }
}
