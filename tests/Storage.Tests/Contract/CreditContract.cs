using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>As what leads count for those who referred them: Ann referred Bob, and Bob referred Cleo.</summary>
public abstract class CreditContract(TestDatabase database) : StoreContract(database)
{
    private static readonly LeadScore Excluded = new() { IsExcluded = true };

    [ContractTheory]
    [InlineData(false, true, 0, 1)]
    [InlineData(true, false, 0, 0)]
    [InlineData(true, true, 0, 0)]
    [InlineData(false, false, 1, 0)]
    public async Task Commit_ReferredLead_CountsByItsProfile(bool isFraudulent, bool isVerified, int unverified, int verified)
    {
        var (campaign, ann, bob) = await Pair();

        await Do(campaign, adds: [Make.Person("cleo@x.org", referrer: bob) with { Profile = new() { Fraudulent = isFraudulent, VerifiedPhone = isVerified } }]);

        var scores = await Scores(campaign);
        Assert.Equal(new() { DirectReferrals = unverified, VerifiedReferrals = verified }, scores.GetValueOrDefault(bob, new()));
        Assert.Equal(new() { DirectReferrals = 1, IndirectReferrals = unverified, VerifiedIndirectReferrals = verified }, scores[ann]);
    }

    [ContractFact]
    public async Task Commit_Verified_MovesTheCreditUpwards()
    {
        var (campaign, ann, bob, cleo) = await Family();

        var reply = await Change(campaign, cleo, change => change with { CountsAs = ReferralClass.Verified });

        ScoreRow[] expected =
        [
            new(ann, new() { DirectReferrals = 1, VerifiedIndirectReferrals = 1 }),
            new(bob, new() { VerifiedReferrals = 1 }),
        ];
        Assert.Equal(expected, reply.Scores.OrderBy(row => row.LeadId));
        Assert.Equal(expected, (await Driver.TakeOver(campaign, default))!.Scores.OrderBy(row => row.LeadId));
    }

    [ContractFact]
    public async Task Commit_BlockedAndApprovedBackAndForth_CountsAccordingly()
    {
        var (campaign, ann, bob, cleo) = await Family();

        foreach (var (counts, verified) in new[] { (ReferralClass.Verified, 1), (ReferralClass.Verified, 1), (ReferralClass.Unverified, 0) })
        {
            var blocked = await Change(campaign, cleo, change => change with { CountsAs = ReferralClass.Nobody, IsReview = true });
            Assert.Equal(
                [new(ann, new() { DirectReferrals = 1 }), new(bob, new()), new(cleo, Excluded)], blocked.Scores.OrderBy(row => row.LeadId));

            var approved = await Change(campaign, cleo, change => change with { CountsAs = counts, IsReview = true });
            Assert.Equal(
                [
                    new(ann, new() { DirectReferrals = 1, IndirectReferrals = 1 - verified, VerifiedIndirectReferrals = verified }),
                    new(bob, new() { DirectReferrals = 1 - verified, VerifiedReferrals = verified }),
                    new(cleo, new()),
                ],
                approved.Scores.OrderBy(row => row.LeadId));
        }
    }

    [ContractFact]
    public async Task Commit_CountsAsBefore_ChangesNothing()
    {
        var (campaign, ann, bob, cleo) = await Family();

        var reply = await Change(campaign, cleo, change => change with { CountsAs = ReferralClass.Unverified });

        Assert.Equal(
            [new(ann, new() { DirectReferrals = 1, IndirectReferrals = 1 }), new(bob, new() { DirectReferrals = 1 })],
            reply.Scores.OrderBy(row => row.LeadId));
    }

    [ContractTheory]
    [InlineData(ReferralClass.Verified, false, 1, 0)]
    [InlineData(ReferralClass.Verified, true, 0, 1)]
    [InlineData(ReferralClass.Nobody, false, 0, 0)]
    [InlineData(ReferralClass.Nobody, true, 0, 0)]
    public async Task Commit_AfterTheEnd_CountsForLessOrByReview(ReferralClass counts, bool isReview, int unverified, int verified)
    {
        var (campaign, ann, bob, cleo) = await Family();
        await SetStatus(await TakeOver(campaign), CampaignStatus.Ended);

        await Change(campaign, cleo, change => change with { CountsAs = counts, IsReview = isReview });

        var scores = await Scores(campaign);
        Assert.Equal(new() { DirectReferrals = unverified, VerifiedReferrals = verified }, scores[bob]);
        Assert.Equal(new() { DirectReferrals = 1, IndirectReferrals = unverified, VerifiedIndirectReferrals = verified }, scores[ann]);
        Assert.Equal(counts is ReferralClass.Nobody, scores.GetValueOrDefault(cleo, new()).IsExcluded);
    }

    [ContractFact]
    public async Task Commit_BlockedLeadAfterTheEnd_CountsAgainOnlyByReview()
    {
        var (campaign, _, bob, cleo) = await Family();
        await Change(campaign, cleo, change => change with { CountsAs = ReferralClass.Nobody });
        await SetStatus(await TakeOver(campaign), CampaignStatus.Ended);

        await Change(campaign, cleo, change => change with { CountsAs = ReferralClass.Verified });
        Assert.Equal((0, true), ((await Scores(campaign))[bob].VerifiedReferrals, (await Scores(campaign))[cleo].IsExcluded));

        await Change(campaign, cleo, change => change with { CountsAs = ReferralClass.Verified, IsReview = true });
        Assert.Equal((1, false), ((await Scores(campaign))[bob].VerifiedReferrals, (await Scores(campaign))[cleo].IsExcluded));
    }

    [ContractFact]
    public async Task Commit_LockedCampaign_CountsAsBefore()
    {
        var (campaign, _, bob, cleo) = await Family();
        await SetStatus(await TakeOver(campaign), CampaignStatus.Locked);

        var reply = await Change(campaign, cleo, change => change with { CountsAs = ReferralClass.Nobody, IsReview = true });

        Assert.Equal(LeadRefusal.Locked, reply.Changes.Single().Refusal);
        Assert.Equal(new() { DirectReferrals = 1 }, (await Scores(campaign))[bob]);
    }

    [ContractFact]
    public async Task Commit_StaleReview_CountsAsBefore()
    {
        var (campaign, _, bob, cleo) = await Family();
        var stale = (await Read(cleo))!;
        await Write(Make.Change(stale));

        var reply = await Do(campaign, changes: [Make.Change(stale) with { CountsAs = ReferralClass.Nobody, IsReview = true }]);

        Assert.Equal(LeadRefusal.AskAgain, reply.Changes.Single().Refusal);
        Assert.Equal(new() { DirectReferrals = 1 }, (await Scores(campaign))[bob]);
    }

    [ContractFact]
    public async Task Commit_BlockedLead_KeepsItsOwnParts()
    {
        var (campaign, _, bob, _) = await Family();
        await Change(campaign, bob, change => change with { Points = 5, Earned = [3] });

        await Change(campaign, bob, change => change with { CountsAs = ReferralClass.Nobody, IsReview = true });

        Assert.Equal(new() { Points = 5, DirectReferrals = 1, Earned = [3], IsExcluded = true }, (await Scores(campaign))[bob]);
    }

    /// <summary>The repeat of a unit whose reply was lost tells everybody whose score the first one changed.</summary>
    [ContractFact]
    public async Task Commit_RepeatedUnit_TellsTheScoresAgain()
    {
        var (campaign, ann, bob, cleo) = await Family();
        var unit = (await TakeOver(campaign)) with
        {
            Changes = [Make.Change((await Read(cleo))!) with { CountsAs = ReferralClass.Nobody, Earned = [4], Points = 2 }],
        };

        var first = (await Driver.Commit(Make.Batch() with { Units = [unit] }, default)).Units.Single();
        var again = (await Driver.Commit(Make.Batch() with { Units = [unit] }, default)).Units.Single();

        Assert.Equal(
            [new(ann, new() { DirectReferrals = 1 }), new(bob, new()), new(cleo, new() { Points = 2, Earned = [4], IsExcluded = true })],
            first.Scores.OrderBy(row => row.LeadId));
        Assert.Equal(LeadRefusal.AskAgain, again.Changes.Single().Refusal);
        Assert.Equal(first.Scores.OrderBy(row => row.LeadId), again.Scores.OrderBy(row => row.LeadId));
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_ParentAndChildInOneUnit_BothCount(bool childFirst)
    {
        var (campaign, ann, bob, cleo) = await Family();
        ImmutableArray<LeadChange> changes =
        [
            Make.Change((await Read(bob))!) with { CountsAs = ReferralClass.Nobody, Points = 4 },
            Make.Change((await Read(cleo))!) with { CountsAs = ReferralClass.Verified, Points = 6 },
        ];

        var reply = await Do(campaign, changes: childFirst ? [.. changes.Reverse()] : changes);

        ScoreRow[] expected =
        [
            new(ann, new() { VerifiedIndirectReferrals = 1 }),
            new(bob, new() { Points = 4, VerifiedReferrals = 1, IsExcluded = true }),
            new(cleo, new() { Points = 6 }),
        ];
        Assert.Equal(expected, reply.Scores.OrderBy(row => row.LeadId));
        Assert.Equal(expected, (await Driver.TakeOver(campaign, default))!.Scores.OrderBy(row => row.LeadId));
    }

    [ContractFact]
    public async Task Commit_NewLeadAndChangesInOneUnit_AllCount()
    {
        var (campaign, ann, bob, cleo) = await Family();

        var reply = await Do(
            campaign,
            adds: [Make.Person("dan@x.org", referrer: cleo) with { Profile = new() { VerifiedEmail = true } }],
            changes: [Make.Change((await Read(cleo))!) with { CountsAs = ReferralClass.Verified }]);

        Assert.Equal(
            [
                new(ann, new() { DirectReferrals = 1, VerifiedIndirectReferrals = 1 }),
                new(bob, new() { VerifiedReferrals = 1, VerifiedIndirectReferrals = 1 }),
                new(cleo, new() { VerifiedReferrals = 1 }),
            ],
            reply.Scores.OrderBy(row => row.LeadId));
    }

    [ContractTheory]
    [InlineData(ReferralClass.Unverified, false)]
    [InlineData(ReferralClass.Unverified, true)]
    [InlineData(ReferralClass.Verified, false)]
    [InlineData(ReferralClass.Nobody, true)]
    public async Task Commit_Removal_CountsNoMore(ReferralClass counted, bool leaveMember)
    {
        var (campaign, ann, bob, cleo) = await Family();
        await Change(campaign, cleo, change => change with { CountsAs = counted });

        var reply = await Do(campaign, removals: [new(cleo, leaveMember)]);

        ScoreRow[] expected = [new(ann, new() { DirectReferrals = 1 }), new(bob, new())];
        if (counted is not ReferralClass.Nobody) Assert.Equal(expected, reply.Scores.OrderBy(row => row.LeadId));
        Assert.Equal(expected, (await Driver.TakeOver(campaign, default))!.Scores.OrderBy(row => row.LeadId));
    }

    [ContractFact]
    public async Task Commit_RemovalAfterTheEnd_CountsNoMore()
    {
        var (campaign, ann, bob, cleo) = await Family();
        await SetStatus(await TakeOver(campaign), CampaignStatus.Ended);

        await Do(campaign, removals: [new(cleo, LeaveMember: false)]);

        var scores = await Scores(campaign);
        Assert.Equal((new LeadScore(), new() { DirectReferrals = 1 }), (scores[bob], scores[ann]));
    }

    /// <summary>
    /// Those whom somebody referred count for nobody above when he is gone; and what becomes of them later changes nothing there.
    /// </summary>
    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_RemovalOfTheOneBetween_LeavesNothingAbove(bool leaveMember)
    {
        var (campaign, ann, bob, cleo) = await Family();
        await Do(campaign, adds: [Make.Person("dan@x.org", referrer: bob) with { Profile = new() { VerifiedEmail = true } }]);
        await Do(campaign, adds: [Make.Person("eve@x.org", referrer: ann)]);

        var reply = await Do(campaign, removals: [new(bob, leaveMember)]);
        Assert.Equal([new ScoreRow(ann, new() { DirectReferrals = 1 })], reply.Scores.AsEnumerable());

        await Change(campaign, cleo, change => change with { CountsAs = ReferralClass.Verified });
        await Do(campaign, removals: [new(cleo, leaveMember)]);
        Assert.Equal(new() { DirectReferrals = 1 }, (await Scores(campaign))[ann]);
    }

    [ContractTheory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Commit_RemovalOfParentAndChildInOneUnit_CountsBothOnce(bool childFirst, bool leaveMember)
    {
        var (campaign, ann, bob, cleo) = await Family();
        await Do(campaign, adds: [Make.Person("dan@x.org", referrer: bob), Make.Person("eve@x.org", referrer: ann)]);
        await Do(campaign, adds: [Make.Person("fay@x.org", referrer: (await Find(campaign, "eve@x.org"))!.Value)]);
        ImmutableArray<LeadRemoval> removals = [new(bob, leaveMember), new(cleo, leaveMember)];

        var reply = await Do(campaign, removals: childFirst ? [.. removals.Reverse()] : removals);

        var expected = new ScoreRow(ann, new() { DirectReferrals = 1, IndirectReferrals = 1 });
        Assert.Equal([expected], reply.Scores.AsEnumerable());
        Assert.Equal(expected.Score, (await Scores(campaign))[ann]);
        Assert.Equal(2, (await Scores(campaign)).Count);
    }

    [ContractFact]
    public async Task Commit_ParentRemovedInTheUnitThatCountsTheChild_LeavesNothing()
    {
        var (campaign, ann, bob, cleo) = await Family();

        var reply = await Do(
            campaign,
            changes: [Make.Change((await Read(cleo))!) with { CountsAs = ReferralClass.Verified }],
            removals: [new(bob, LeaveMember: false)]);

        Assert.Equal([new ScoreRow(ann, new())], reply.Scores.AsEnumerable());
        Assert.Equal(new(), (await Scores(campaign))[ann]);
        Assert.DoesNotContain(bob, (await Scores(campaign)).Keys);
    }

    [ContractFact]
    public async Task Commit_ManyOfOneParentInOneUnit_CountsEach()
    {
        var (campaign, ann, bob) = await Pair();
        var reply = await Do(campaign, adds: [.. Enumerable.Range(0, 300).Select(i => Make.Person($"{i}@x.org", referrer: bob))]);
        var leads = (await Driver.Read([.. reply.Adds.Select(added => added.LeadId)], default)).Select(lead => lead!).ToArray();

        await Do(
            campaign,
            changes:
            [
                .. leads[..100].Select(lead => Make.Change(lead) with { CountsAs = ReferralClass.Verified }),
                .. leads[100..150].Select(lead => Make.Change(lead) with { CountsAs = ReferralClass.Nobody }),
            ],
            removals: [.. leads[150..160].Select(lead => new LeadRemoval(lead.Lead.Id, LeaveMember: false))]);

        var scores = await Scores(campaign);
        Assert.Equal(new() { DirectReferrals = 140, VerifiedReferrals = 100 }, scores[bob]);
        Assert.Equal(new() { DirectReferrals = 1, IndirectReferrals = 140, VerifiedIndirectReferrals = 100 }, scores[ann]);
    }

    [ContractFact]
    public async Task Commit_OneWhoReferredHerself_CannotBe()
    {
        var (campaign, ann, _) = await Pair();

        await Do(campaign, adds: [Make.Person("ann@x.org", referrer: ann)]);

        Assert.Equal(new() { DirectReferrals = 1 }, (await Scores(campaign))[ann]);
        Assert.Null((await Read(ann))!.Lead.ParentId);
    }

    private async Task<(long Campaign, long Ann, long Bob)> Pair()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single().Lead.Id;
        return (unit.CampaignId, ann, (await Add(unit, Make.Person("bob@x.org", referrer: ann))).Single().Lead.Id);
    }

    private async Task<(long Campaign, long Ann, long Bob, long Cleo)> Family()
    {
        var (campaign, ann, bob) = await Pair();
        var reply = await Do(campaign, adds: [Make.Person("cleo@x.org", referrer: bob)]);
        return (campaign, ann, bob, reply.Adds.Single().LeadId);
    }

    private async Task<UnitReply> Change(long campaign, long lead, Func<LeadChange, LeadChange> change) =>
        await Do(campaign, changes: [change(Make.Change((await Read(lead))!))]);

    private async Task<UnitReply> Do(
        long campaign, ImmutableArray<NewLead> adds = default, ImmutableArray<LeadChange> changes = default, ImmutableArray<LeadRemoval> removals = default)
    {
        var unit = (await TakeOver(campaign)) with
        {
            Adds = adds.IsDefault ? [] : adds,
            Changes = changes.IsDefault ? [] : changes,
            Removals = removals.IsDefault ? [] : removals,
        };
        return (await Driver.Commit(Make.Batch() with { Units = [unit] }, default)).Units.Single();
    }

    private async Task<Dictionary<long, LeadScore>> Scores(long campaign) =>
        (await Driver.TakeOver(campaign, default))!.Scores.ToDictionary(row => row.LeadId, row => row.Score);

    private async Task<long?> Find(long campaign, string email) =>
        (await Driver.Find([new(campaign, IdentifierKind.Email, email)], default)).Single();
}
