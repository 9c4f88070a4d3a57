using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Points and referral credit of a unit.</summary>
public abstract class ScoreContract(TestDatabase database) : StoreContract(database)
{
    [ContractFact]
    public async Task Commit_ReferredLead_CreditsParentAndGrandparent()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single().Lead.Id;
        var bob = (await Add(unit, Make.Person("bob@x.org", referrer: ann))).Single().Lead.Id;

        var reply = await Commit(unit, Make.Person("cleo@x.org", referrer: bob), Make.Person("dan@x.org", referrer: ann));

        Assert.Equal([bob, ann], reply.Adds.Select(added => added.ParentId!.Value));
        Assert.Equal(
            [
                new ScoreRow(ann, new() { DirectReferrals = 2, IndirectReferrals = 1 }),
                new ScoreRow(bob, new() { DirectReferrals = 1 }),
            ],
            reply.Scores.OrderBy(row => row.LeadId));
        Assert.Equal(bob, (await Read(reply.Adds[0].LeadId))!.Lead.ParentId);
        Assert.Equal(new() { DirectReferrals = 2, IndirectReferrals = 1 }, await ScoreOf(unit.CampaignId, ann));
    }

    [ContractFact]
    public async Task Commit_ReferrerNotInTheCampaign_IsIgnored()
    {
        var stranger = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single().Lead.Id;
        var unit = await NewUnit();

        var reply = await Commit(
            unit, Make.Person("bob@x.org", referrer: stranger), Make.Person("cleo@x.org", referrer: 999_999_999));

        Assert.All(reply.Adds, added => Assert.Null(added.ParentId));
        Assert.Equal([1L, 2], reply.Adds.Select(added => added.Rank));
        Assert.Empty(reply.Scores);
        Assert.Null((await Read(reply.Adds[0].LeadId))!.Lead.ParentId);
    }

    [ContractFact]
    public async Task Commit_ExistingLeadWithReferrer_CreditsNobody()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person("ann@x.org"), Make.Person("bob@x.org"));

        var reply = await Commit(unit, Make.Person("bob@x.org", referrer: stored[0].Lead.Id));

        Assert.Empty(reply.Scores);
        Assert.Equal(default, await ScoreOf(unit.CampaignId, stored[0].Lead.Id));
    }

    [ContractFact]
    public async Task Commit_EndedCampaign_CreditsNobody()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single().Lead.Id;
        await SetStatus(unit, CampaignStatus.Ended);

        await Commit(unit, Make.Person("bob@x.org", referrer: ann));

        Assert.Equal(default, await ScoreOf(unit.CampaignId, ann));
    }

    [ContractFact]
    public async Task Commit_LeadsWithPoints_StartWithThemButNeverBelowZero()
    {
        var unit = await NewUnit();

        var reply = await Commit(unit, Make.Person("ann@x.org", points: 7), Make.Person("bob@x.org", points: -7));

        Assert.Equal(new() { Points = 7 }, reply.Scores.Single(row => row.LeadId == reply.Adds[0].LeadId).Score);
        Assert.Equal(new() { Points = 7 }, await ScoreOf(unit.CampaignId, reply.Adds[0].LeadId));
        Assert.Equal(default, await ScoreOf(unit.CampaignId, reply.Adds[1].LeadId));
    }

    [ContractFact]
    public async Task Commit_ManyReferredByOne_CountsEach()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single().Lead.Id;

        var reply = await Commit(unit, [.. Enumerable.Range(0, 300).Select(i => Make.Person($"{i}@x.org", referrer: ann))]);

        Assert.Equal([new ScoreRow(ann, new() { DirectReferrals = 300 })], reply.Scores.AsEnumerable());
    }

    [ContractFact]
    public async Task Commit_RepeatedUnit_ChangesNothingAndTellsTheScoresAgain()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var bob = (await Add(unit, Make.Person("bob@x.org", referrer: ann.Lead.Id))).Single();
        var eve = (await Add(unit, Make.Person("eve@x.org"))).Single();
        var whole = unit with
        {
            Adds = [Make.Person("cleo@x.org", referrer: bob.Lead.Id, points: 5)],
            Changes = [Make.Change(eve) with { Points = 10 }],
        };

        var first = (await Driver.Commit(Make.Batch() with { Units = [whole] }, default)).Units.Single();
        var again = (await Driver.Commit(Make.Batch() with { Units = [whole] }, default)).Units.Single();

        Assert.Equal(AddOutcome.Exists(first.Adds[0].LeadId), again.Adds.Single());
        Assert.Equal(LeadRefusal.AskAgain, again.Changes.Single().Refusal);
        Assert.Equal(first.LeadCount, again.LeadCount);
        Assert.Equal(4, first.Scores.Length);
        Assert.Equal(first.Scores.OrderBy(row => row.LeadId), again.Scores.OrderBy(row => row.LeadId));
    }

    [ContractFact]
    public async Task Commit_ScoredChange_WritesLeadAndPointsTogether()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org", points: 1))).Single();

        var reply = await Score(unit, Make.Change(ann) with { Points = 10 });

        Assert.Equal([new ScoreRow(ann.Lead.Id, new() { Points = 11 })], reply.Scores.AsEnumerable());
        SameLead.Assert(reply.Changes.Single().Stored!, await Read(ann.Lead.Id));
        Assert.Equal(2, reply.Changes.Single().Stored!.Version);
    }

    [ContractTheory]
    [InlineData(5, -7, 0)]
    [InlineData(5, -3, 2)]
    [InlineData(5, int.MinValue, 0)]
    [InlineData(int.MaxValue - 1, 7, int.MaxValue)]
    public async Task Commit_ScoredChange_StaysBetweenZeroAndTheLargestNumber(int before, int points, int after)
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org", points: before))).Single();

        var reply = await Score(unit, Make.Change(ann) with { Points = points });

        Assert.Equal([new ScoreRow(ann.Lead.Id, new() { Points = after })], reply.Scores.AsEnumerable());
    }

    [ContractFact]
    public async Task Commit_ReferralOfALeadAtTheLargestScore_StaysThere()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org", points: int.MaxValue))).Single().Lead.Id;

        var reply = await Commit(unit, Make.Person("bob@x.org", referrer: ann));

        Assert.Equal([new ScoreRow(ann, new() { Points = int.MaxValue, DirectReferrals = 1 })], reply.Scores.AsEnumerable());
    }

    [ContractFact]
    public async Task Commit_CreditAndLossOfOneLead_PointsFallNoLowerThanTheyMay()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var whole = unit with
        {
            Adds = [Make.Person("bob@x.org", referrer: ann.Lead.Id)],
            Changes = [Make.Change(ann) with { Points = -7, LeastPoints = -2 }],
        };

        var reply = (await Driver.Commit(Make.Batch() with { Units = [whole] }, default)).Units.Single();

        Assert.Equal([new ScoreRow(ann.Lead.Id, new() { Points = -2, DirectReferrals = 1 })], reply.Scores.AsEnumerable());
    }

    [ContractFact]
    public async Task Commit_ScoredChangeOfEndedCampaign_WritesTheLeadWithoutPoints()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await SetStatus(unit, CampaignStatus.Ended);

        var reply = await Score(unit, Make.Change(ann) with { Points = 10 });

        Assert.Equal(2, reply.Changes.Single().Stored!.Lead.Counter);
        Assert.Equal(default, await ScoreOf(unit.CampaignId, ann.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_ScoredChangeOfLockedCampaign_IsRefused()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await SetStatus(unit, CampaignStatus.Locked);

        var reply = await Score(unit, Make.Change(ann) with { Points = 10 });

        Assert.Equal(LeadRefusal.Locked, reply.Changes.Single().Refusal);
        SameLead.Assert(ann, await Read(ann.Lead.Id));
        Assert.Equal(default, await ScoreOf(unit.CampaignId, ann.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_ScoredChangeOfAnotherCampaignsLead_AsksAgain()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();
        var unit = await NewUnit();

        var reply = await Score(unit, Make.Change(ann) with { Points = 10 });

        Assert.Equal(LeadRefusal.AskAgain, reply.Changes.Single().Refusal);
        Assert.Empty(reply.Scores);
        SameLead.Assert(ann, await Read(ann.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_StaleScoredChange_GivesNoPoints()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await Write(Make.Change(ann));

        var reply = await Score(unit, Make.Change(ann) with { Points = 10 });

        Assert.Equal(LeadRefusal.AskAgain, reply.Changes.Single().Refusal);
        Assert.Equal(default, await ScoreOf(unit.CampaignId, ann.Lead.Id));
    }

    [ContractTheory]
    [InlineData(0, -9, -4, -4)]
    [InlineData(0, -3, -4, -3)]
    [InlineData(6, -9, -4, -3)]
    [InlineData(0, int.MinValue, int.MinValue, int.MinValue)]
    public async Task Commit_PointsTaken_FallNoLowerThanTheyMay(int before, int points, int least, int after)
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org", points: before))).Single();

        var reply = await Score(unit, Make.Change(ann) with { Points = points, LeastPoints = least });

        Assert.Equal([new ScoreRow(ann.Lead.Id, new() { Points = after })], reply.Scores.AsEnumerable());
        Assert.Equal(new() { Points = after }, await ScoreOf(unit.CampaignId, ann.Lead.Id));
    }

    // The points that made up for what was taken are gone since, so the contest score is 0, not less: what is given counts from there.
    [ContractFact]
    public async Task Commit_PointsGivenToLessThanNothing_CountFromNothing()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var taken = await Score(unit, Make.Change(ann) with { Points = -5, LeastPoints = -5 });

        await Score(unit, Make.Change(taken.Changes.Single().Stored!) with { Points = 1, LeastPoints = 0 });

        Assert.Equal(new() { Points = 1 }, await ScoreOf(unit.CampaignId, ann.Lead.Id));
    }

    [ContractFact]
    public async Task Commit_NothingToTake_KeepsNoScore()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();

        Assert.Empty((await Score(unit, Make.Change(ann) with { Points = -5 })).Scores);

        Assert.Empty((await Driver.TakeOver(unit.CampaignId, default))!.Scores);
    }

    [ContractFact]
    public async Task Commit_EarnedAgain_CountsOnce()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org") with { Earned = [7, 9] })).Single();

        var first = await Score(unit, Make.Change(ann) with { Earned = [8, 7], Points = 2 });
        var second = await Score(unit, Make.Change((await Read(ann.Lead.Id))!) with { Earned = [9, 5] });

        Assert.Equal([new ScoreRow(ann.Lead.Id, new() { Points = 2, Earned = [7, 8, 9] })], first.Scores.AsEnumerable());
        Assert.Equal([new ScoreRow(ann.Lead.Id, new() { Points = 2, Earned = [5, 7, 8, 9] })], second.Scores.AsEnumerable());
        Assert.Equal<long>([5, 7, 8, 9], (await ScoreOf(unit.CampaignId, ann.Lead.Id)).Earned);
    }

    [ContractFact]
    public async Task Commit_NewLeadsWithAllTheyMayBring_EachStartsWithItsOwn()
    {
        var unit = await NewUnit();

        var reply = await Commit(
            unit,
            Make.Person("ann@x.org") with { Earned = [long.MaxValue] },
            Make.Person("bob@x.org", points: 3) with { Earned = [1, 2] },
            Make.Person("cleo@x.org"),
            Make.Person("dan@x.org") with { Profile = new() { Fraudulent = true } },
            Make.Person("eve@x.org") with { Profile = new() { VerifiedEmail = true } });

        var ids = reply.Adds.Select(added => added.LeadId).ToArray();
        ScoreRow[] expected =
        [
            new(ids[0], new() { Earned = [long.MaxValue] }),
            new(ids[1], new() { Points = 3, Earned = [1, 2] }),
            new(ids[3], new() { IsExcluded = true }),
        ];
        Assert.Equal(expected, reply.Scores.OrderBy(row => row.LeadId));
        Assert.Equal(expected, (await Driver.TakeOver(unit.CampaignId, default))!.Scores.OrderBy(row => row.LeadId));
        var again = await Commit(await TakeOver(unit.CampaignId), Make.Person("ann@x.org") with { Earned = [1] });
        Assert.Equal([expected[0]], again.Scores.AsEnumerable());
    }

    [ContractFact]
    public async Task Commit_EarnedInAnEndedCampaign_IsIgnored()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org", points: 1))).Single();
        await SetStatus(unit, CampaignStatus.Ended);

        var reply = await Score(unit, Make.Change(ann) with { Earned = [8], Points = 5 });

        Assert.NotNull(reply.Changes.Single().Stored);
        Assert.Equal([new ScoreRow(ann.Lead.Id, new() { Points = 1 })], reply.Scores.AsEnumerable());
    }

    [ContractFact]
    public async Task Write_ScoredChangeOutsideAUnit_LeavesScoresAlone()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org", points: 1))).Single();
        var bob = (await Add(unit, Make.Person("bob@x.org", referrer: ann.Lead.Id))).Single();

        var reply = await Write(Make.Change(bob) with { Points = 5, Earned = [8], CountsAs = ReferralClass.Nobody, IsReview = true });

        Assert.NotNull(reply.Stored);
        Assert.Equal(
            [new ScoreRow(ann.Lead.Id, new() { Points = 1, DirectReferrals = 1 })],
            (await Driver.TakeOver(unit.CampaignId, default))!.Scores.AsEnumerable());
    }
}
