using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Histories of two connections, as when an activation goes on beside its successor.</summary>
public abstract class FenceContract(TestDatabase database) : StoreContract(database)
{
    [ContractFact]
    public async Task Commit_CampaignTakenOverByAnother_IsFenced()
    {
        var other = await Database.Connect();
        var stale = await NewUnit();
        var ann = (await Add(stale, Make.Person("ann@x.org"))).Single();
        var current = await TakeOver(stale.CampaignId, other);

        var reply = await Driver.Commit(
            Make.Batch() with
            {
                Units = [stale with { Adds = [Make.Person("bob@x.org", referrer: ann.Lead.Id)], Changes = [Make.Change(ann)] }],
            },
            default);

        Assert.True(reply.Units.Single().IsFenced);
        Assert.Single(await AllLeads(stale.CampaignId));
        SameLead.Assert(ann, await Read(ann.Lead.Id));
        Assert.Equal(default, await ScoreOf(current.CampaignId, ann.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_OneUnitFenced_TheRestOfTheBatchGoesOn()
    {
        var stale = await NewUnit();
        var current = await NewUnit();
        var ann = (await Add(current, Make.Person("ann@x.org"))).Single();
        await TakeOver(stale.CampaignId);
        var batch = Make.Batch() with
        {
            Units = [stale with { Adds = [Make.Person("a@x.org")] }, current with { Adds = [Make.Person("b@x.org")] }],
            Changes = [Make.Change(ann)],
            Answers = [new("key", Make.Answer(0))],
        };

        var reply = await Driver.Commit(batch, default);

        Assert.True(reply.Units[0].IsFenced);
        Assert.Equal(2, reply.Units[1].Adds.Single().Rank);
        Assert.NotNull(reply.Changes.Single().Stored);
        Assert.NotNull(await Driver.ReadAnswer("key", Make.Noon, default));
    }

    [ContractFact]
    public async Task Commit_UnknownCampaign_IsFenced()
    {
        var reply = await Commit(new() { CampaignId = 999_999_999, AccountId = Account, Epoch = 1 }, Make.Person("a@x.org"));

        Assert.True(reply.IsFenced);
    }

    [ContractFact]
    public async Task TakeOver_AfterCommits_ReadsWhatTheyLeft()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org", points: 4))).Single().Lead.Id;
        await Add(unit, Make.Person("bob@x.org", referrer: ann));
        await SetStatus(unit, CampaignStatus.Ended);
        var other = await Database.Connect();

        var tenure = await other.TakeOver(unit.CampaignId, default);

        Assert.Equal(unit.Epoch + 1, tenure!.Epoch);
        Assert.Equal(CampaignStatus.Ended, tenure.Status);
        Assert.Equal(2, tenure.LeadCount);
        Assert.Equal([new ScoreRow(ann, new() { Points = 4, DirectReferrals = 1 })], tenure.Scores.AsEnumerable());
    }

    [ContractFact]
    public async Task TakeOver_ManyAtOnce_EachGetsItsOwnEpoch()
    {
        var other = await Database.Connect();
        var campaign = await NewCampaign();

        var tenures = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? Driver : other).TakeOver(campaign, default)));

        Assert.Equal(Enumerable.Range(1, 20).Select(epoch => (long)epoch), tenures.Select(tenure => tenure!.Epoch).Order());
    }

    [ContractFact]
    public async Task TakeOver_UnknownCampaign_IsNull() => Assert.Null(await Driver.TakeOver(999_999_999, default));

    [ContractFact]
    public async Task SetStatus_StaleEpoch_ChangesNothing()
    {
        var stale = await NewUnit();
        var current = await TakeOver(stale.CampaignId, await Database.Connect());

        Assert.False(await Driver.SetStatus(stale.CampaignId, stale.Epoch, CampaignStatus.Locked, default));

        Assert.Equal(1, (await Commit(current, Make.Person("a@x.org"))).Adds.Single().Rank);
        Assert.False(await Driver.SetStatus(999_999_999, 1, CampaignStatus.Locked, default));
    }

    [ContractFact]
    public async Task Commit_EndOvertakesTheUnit_NothingLands()
    {
        var sender = await NewUnit();
        var ann = (await Add(sender, Make.Person("ann@x.org"))).Single().Lead.Id;
        var other = await Database.Connect();
        var successor = await TakeOver(sender.CampaignId, other);
        Assert.True(await other.SetStatus(successor.CampaignId, successor.Epoch, CampaignStatus.Ended, default));

        var late = await Commit(sender, Make.Person("late@x.org", referrer: ann));
        var later = await Commit(successor, Make.Person("later@x.org", referrer: ann));

        Assert.True(late.IsFenced);
        Assert.Equal([AddOutcome.Refused(LeadRefusal.Ended)], later.Adds.AsEnumerable());
        Assert.Single(await AllLeads(sender.CampaignId));
        Assert.Equal(default, await ScoreOf(sender.CampaignId, ann));
    }

    [ContractFact]
    public async Task Write_LockOvertakesTheChange_IsRefused()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var other = await Database.Connect();
        Assert.True(await other.SetStatus(unit.CampaignId, unit.Epoch, CampaignStatus.Locked, default));

        Assert.Equal(LeadRefusal.Locked, (await Write(Make.Change(ann))).Refusal);
    }

    [ContractFact]
    public async Task Write_TwoActivationsOfALead_OnlyOneChangeCounts()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();
        var other = await Database.Connect();

        var replies = await Task.WhenAll(Write(Make.Change(ann)), Write(Make.Change(ann), other));

        Assert.Single(replies, reply => reply.Refusal == LeadRefusal.AskAgain);
        SameLead.Assert(replies.Single(reply => reply.Stored is not null).Stored!, await Read(ann.Lead.Id));
    }

    /// <summary>Activations that overthrow each other, all adding the same people: each person gets in once, and no rank is lost.</summary>
    [ContractFact]
    public async Task Commit_ActivationsOverthrowEachOther_RanksStayExact()
    {
        var campaign = await NewCampaign();
        var other = await Database.Connect();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => AddEverybody(i % 2 == 0 ? Driver : other)));

        var leads = await AllLeads(campaign);
        Assert.Equal(Enumerable.Range(1, 200).Select(rank => (long)rank), leads.Select(lead => lead.Rank));
        Assert.Equal(200, leads.Select(lead => lead.Email).Distinct().Count());
        Assert.Equal(200, (await Driver.TakeOver(campaign, default))!.LeadCount);

        async Task AddEverybody(IStoreDriver driver)
        {
            for (var at = 0; at < 200;)
            {
                var unit = await TakeOver(campaign, driver);
                var people = Enumerable.Range(at, 10).Select(i => Make.Person($"{i}@x.org"));
                var reply = await driver.Commit(Make.Batch() with { Units = [unit with { Adds = [.. people] }] }, default);
                if (!reply.Units.Single().IsFenced) at += 10;
            }
        }
    }
}
