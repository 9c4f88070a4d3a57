using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Changes of one lead: what is written, what is claimed, what is refused.</summary>
public abstract class ChangeContract(TestDatabase database) : StoreContract(database)
{
    [ContractFact]
    public async Task Write_CurrentVersion_StoresTheLeadAndAnswersIt()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();
        var change = Make.Change(ann);

        var reply = await Write(change);

        SameLead.Assert(new StoredLead { Lead = change.After, Version = 2, Requests = change.Requests }, reply.Stored);
        SameLead.Assert(reply.Stored!, await Read(ann.Lead.Id));
    }

    [ContractFact]
    public async Task Write_RequestLog_IsKept()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();
        var log = new RequestLog { Recent = [.. Enumerable.Range(0, 32).Select(second => new SeenRequest(Guid.NewGuid(), Make.Noon.AddSeconds(second)))], ForgottenUntil = Make.Noon.AddSeconds(9) };

        await Write(Make.Change(ann) with { Requests = log });

        var stored = await Read(ann.Lead.Id);
        Assert.Equal(log.Recent.AsEnumerable(), stored!.Requests.Recent);
        Assert.Equal(log.ForgottenUntil, stored.Requests.ForgottenUntil);
    }

    [ContractFact]
    public async Task Write_EmptyRequestLog_IsKept()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();

        await Write(Make.Change(ann) with { Requests = new() });

        Assert.Empty((await Read(ann.Lead.Id))!.Requests.Recent);
    }

    [ContractFact]
    public async Task Write_OtherVersion_AsksAgain()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();
        var first = await Write(Make.Change(ann));

        var reply = await Write(Make.Change(ann));

        Assert.Equal(LeadRefusal.AskAgain, reply.Refusal);
        SameLead.Assert(first.Stored!, await Read(ann.Lead.Id));
    }

    [ContractFact]
    public async Task Write_LeadGone_AsksAgain()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();

        var reply = await Write(Make.Change(ann with { Lead = ann.Lead with { Id = 999_999_999 } }));

        Assert.Equal(LeadRefusal.AskAgain, reply.Refusal);
    }

    [ContractFact]
    public async Task Write_LeadOfAnotherCampaign_AsksAgain()
    {
        var other = await NewCampaign();
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();

        var reply = await Write(Make.Change(ann with { Lead = ann.Lead with { CampaignId = other } }));

        Assert.Equal(LeadRefusal.AskAgain, reply.Refusal);
        SameLead.Assert(ann, await Read(ann.Lead.Id));
    }

    [ContractFact]
    public async Task Write_LockedCampaign_IsRefused()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await SetStatus(unit, CampaignStatus.Locked);

        var reply = await Write(Make.Change(ann));

        Assert.Equal(LeadRefusal.Locked, reply.Refusal);
        SameLead.Assert(ann, await Read(ann.Lead.Id));
    }

    /// <summary>A repeat after a lost connection must learn that its first try counted, though the campaign was locked since.</summary>
    [ContractFact]
    public async Task Write_RepeatAfterTheLock_AsksAgainRatherThanLocked()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var change = Make.Change(ann);
        await Write(change);
        await SetStatus(unit, CampaignStatus.Locked);

        var reply = await Write(change);

        Assert.Equal(LeadRefusal.AskAgain, reply.Refusal);
    }

    [ContractFact]
    public async Task Write_EndedCampaign_IsApplied()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await SetStatus(unit, CampaignStatus.Ended);

        var reply = await Write(Make.Change(ann));

        Assert.Equal(2, reply.Stored!.Lead.Counter);
    }

    [ContractFact]
    public async Task Write_FreeIdentifiers_AreGained()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person("ann@x.org"), Make.Person(phone: "+15551230002"));

        var gainsPhone = await Write(Make.Change(stored[0]) with { ClaimPhone = "+15551230001" });
        var gainsEmail = await Write(Make.Change(stored[1]) with { ClaimEmail = "bob@x.org" });

        Assert.Equal("+15551230001", gainsPhone.Stored!.Lead.Phone);
        Assert.Equal("bob@x.org", gainsEmail.Stored!.Lead.Email);
        SameLead.Assert(gainsPhone.Stored!, await Read(stored[0].Lead.Id));
        SameLead.Assert(gainsEmail.Stored!, await Read(stored[1].Lead.Id));
        Assert.Equal(
            [stored[0].Lead.Id, stored[1].Lead.Id],
            await Driver.Find(
                [
                    new(unit.CampaignId, IdentifierKind.Phone, "+15551230001"),
                    new(unit.CampaignId, IdentifierKind.Email, "bob@x.org"),
                ],
                default));
    }

    [ContractFact]
    public async Task Write_EmailOfAnotherLead_AsksAgainAndWritesNothing()
    {
        var stored = await Add(await NewUnit(), Make.Person("ann@x.org"), Make.Person(phone: "+15551230002"));

        var reply = await Write(Make.Change(stored[1]) with { ClaimEmail = "ann@x.org" });

        Assert.Equal(LeadRefusal.AskAgain, reply.Refusal);
        SameLead.Assert(stored[1], await Read(stored[1].Lead.Id));
    }

    /// <summary>What came with an address belongs to whoever has that address, also if this lead would keep its own.</summary>
    [ContractFact]
    public async Task Write_LeadHasAnEmailAndTheClaimedOneIsAnothers_AsksAgainAndWritesNothing()
    {
        var stored = await Add(await NewUnit(), Make.Person("ann@x.org"), Make.Person("bob@x.org"));

        var reply = await Write(Make.Change(stored[1]) with { ClaimEmail = "ann@x.org" });

        Assert.Equal(LeadRefusal.AskAgain, reply.Refusal);
        SameLead.Assert(stored[1], await Read(stored[1].Lead.Id));
    }

    [ContractFact]
    public async Task Write_PhoneOfAnotherLead_StaysThereAndTheRestIsWritten()
    {
        var stored = await Add(await NewUnit(), Make.Person("ann@x.org"), Make.Person(phone: "+15551230002"));

        var reply = await Write(Make.Change(stored[0]) with { ClaimPhone = "+15551230002" });

        Assert.Null(reply.Stored!.Lead.Phone);
        Assert.Equal(2, reply.Stored.Lead.Counter);
        SameLead.Assert(reply.Stored, await Read(stored[0].Lead.Id));
    }

    [ContractFact]
    public async Task Write_LeadHasIdentifiers_KeepsItsOwn()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org", "+15551230001"))).Single();

        var reply = await Write(Make.Change(ann) with { ClaimEmail = "other@x.org", ClaimPhone = "+15551230009" });

        Assert.Equal("ann@x.org", reply.Stored!.Lead.Email);
        Assert.Equal("+15551230001", reply.Stored.Lead.Phone);
        SameLead.Assert(reply.Stored, await Read(ann.Lead.Id));
    }

    [ContractFact]
    public async Task Write_IdentifierOfAnotherCampaign_IsFreeHere()
    {
        await Add(await NewUnit(), Make.Person("bob@x.org"));
        var ann = (await Add(await NewUnit(), Make.Person(phone: "+15551230001"))).Single();

        var reply = await Write(Make.Change(ann) with { ClaimEmail = "bob@x.org" });

        Assert.Equal("bob@x.org", reply.Stored!.Lead.Email);
    }

    [ContractFact]
    public async Task Commit_ManyChanges_AnswersEachInOrder()
    {
        var stored = await Add(await NewUnit(), [.. Enumerable.Range(0, 200).Select(i => Make.Person($"{i}@x.org"))]);
        await Write(Make.Change(stored[100]));

        var reply = await Driver.Commit(Make.Batch() with { Changes = [.. stored.Select(Make.Change)] }, default);

        Assert.Equal(LeadRefusal.AskAgain, reply.Changes[100].Refusal);
        Assert.Equal(
            stored.Where((_, i) => i != 100).Select(lead => lead.Lead.Id),
            reply.Changes.Where(change => change.Stored is not null).Select(change => change.Stored!.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_UnitAndChangeInOneBatch_BothAreApplied()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var batch = Make.Batch() with { Units = [unit with { Adds = [Make.Person("bob@x.org")] }], Changes = [Make.Change(ann)] };

        var reply = await Driver.Commit(batch, default);

        Assert.Equal(2, reply.Units.Single().Adds.Single().Rank);
        Assert.Equal(2, reply.Changes.Single().Stored!.Version);
    }
}
