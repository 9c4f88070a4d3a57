using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Leads;

[Collection(EngineCollection.Name)]
public sealed class RemovalTests(EngineFixture engine)
{
    private const string Phone = "+12065550100";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Remove_Lead_IsGoneForEverybodyWhoAsks(bool leaveMember)
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com", Phone)).Lead!;
        var bob = (await campaign.Upsert("bob@example.com")).Lead!;

        Assert.Null(await campaign.Lead(ada.Id).Remove(campaign.Id, leaveMember));

        Assert.Equal(LeadRefusal.LeadNotFound, (await campaign.Find("ada@example.com")).Refusal);
        Assert.Equal(LeadRefusal.LeadNotFound, (await campaign.FindByPhone(Phone)).Refusal);
        Assert.Equal(LeadRefusal.LeadNotFound, (await campaign.Lead(ada.Id).Get(campaign.Id)).Refusal);
        Assert.Equal(bob.Id, Assert.Single(await campaign.Leads()).Id);
        Assert.Equal(1, (await campaign.Grain.Get()).Campaign!.LeadCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Remove_Twice_ChangesNothingMore(bool leaveMember)
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Upsert("bob@example.com");

        Assert.Null(await campaign.Lead(ada.Id).Remove(campaign.Id, leaveMember));
        Assert.Null(await campaign.Lead(ada.Id).Remove(campaign.Id, leaveMember));

        Assert.Equal(1, (await campaign.Grain.Get()).Campaign!.LeadCount);
    }

    [Fact]
    public async Task Remove_LeaveMember_ShowsItWithoutAPerson()
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Lead(ada.Id).Remove(campaign.Id, leaveMember: true);

        var member = Assert.Single(await campaign.Grain.ListMembers(new MemberQuery { Limit = 10 }));

        Assert.Equal((ada.Id, 1, MemberStatus.Removed, null), (member.LeadId, member.Rank, member.Status, member.Person));
    }

    [Fact]
    public async Task Remove_SamePersonSignsUpAgain_IsANewLeadWithTheNextRank()
    {
        var campaign = await engine.CreateCampaign();
        var first = (await campaign.Upsert("ada@example.com", Phone)).Lead!;
        await campaign.Lead(first.Id).Remove(campaign.Id, leaveMember: true);

        var second = await campaign.Upsert("ada@example.com", Phone);

        Assert.Equal((true, 2, 1, 1), (second.IsNew, second.Lead!.Rank, second.Lead.Counter, second.Standing!.LeadCount));
        Assert.NotEqual(first.Id, second.Lead.Id);
    }

    [Fact]
    public async Task Remove_LeadWithPoints_NobodyRanksBehindItAnyMore()
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com", change: command => command with { Points = 50 })).Lead!;
        await campaign.Upsert("bob@example.com", change: command => command with { Points = 10 });
        await campaign.Lead(ada.Id).Remove(campaign.Id, leaveMember: false);

        Assert.Equal(1, (await campaign.Find("bob@example.com")).Standing!.ScoreRank);
    }

    [Fact]
    public async Task Remove_Referrer_CreditsNobodyAnyMore()
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Lead(ada.Id).Remove(campaign.Id, leaveMember: true);

        var bob = await campaign.Upsert("bob@example.com", change: command => command with { ReferrerId = ada.Id });

        Assert.Null(bob.Lead!.ParentId);
        Assert.Equal(default, (await campaign.Grain.GetStanding(ada.Id)).Score);
    }

    [Fact]
    public async Task Remove_LockedCampaign_IsRefused()
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Grain.SetStatus(CampaignStatus.Locked);

        Assert.Equal(LeadRefusal.Locked, await campaign.Lead(ada.Id).Remove(campaign.Id, leaveMember: true));
        Assert.True((await campaign.Find("ada@example.com")).Succeeded);
    }

    [Fact]
    public async Task Remove_LeadOfAnotherCampaign_IsNotFound()
    {
        var (one, other) = (await engine.CreateCampaign(), await engine.CreateCampaign());
        var ada = (await one.Upsert("ada@example.com")).Lead!;

        Assert.Equal(LeadRefusal.LeadNotFound, await one.Lead(ada.Id).Remove(other.Id, leaveMember: false));
        Assert.True((await one.Find("ada@example.com")).Succeeded);
    }

    /// <summary>
    /// The identifier sends all of them to the lead that it remembers. None of them may be taken for a repeat because of that.
    /// </summary>
    [Fact]
    public async Task Remove_ManySignUpsOfThePersonRightAfter_MakeOneLeadAndCountEach()
    {
        var campaign = await engine.CreateCampaign();
        var first = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Lead(first.Id).Remove(campaign.Id, leaveMember: false);

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => campaign.Upsert("ada@example.com")));

        Assert.Equal(Enumerable.Range(1, 100).Select(count => (long)count), replies.Select(reply => reply.Lead!.Counter).Order());
        Assert.Equal(100, Assert.Single(await campaign.Leads()).Counter);
    }

    [Fact]
    public async Task Remove_DuringUpdates_EachIsOfTheOldLeadOrOfANewOne()
    {
        var campaign = await engine.CreateCampaign();
        var first = (await campaign.Upsert("ada@example.com")).Lead!;

        var updates = Enumerable.Range(0, 15).Select(_ => campaign.Upsert("ada@example.com")).ToList();
        var removal = campaign.Lead(first.Id).Remove(campaign.Id, leaveMember: false);
        updates.AddRange(Enumerable.Range(0, 15).Select(_ => campaign.Upsert("ada@example.com")));
        var replies = await Task.WhenAll(updates);

        Assert.Null(await removal);
        Assert.All(replies, reply => Assert.Null(reply.Refusal));
        Assert.Equal(LeadRefusal.LeadNotFound, (await campaign.Lead(first.Id).Get(campaign.Id)).Refusal);
        var ofTheNewOne = replies.Where(reply => reply.Lead!.Id != first.Id).ToArray();
        var left = await campaign.Leads();
        Assert.Equal(ofTheNewOne.Length, left.Sum(lead => lead.Counter));
        Assert.Equal(ofTheNewOne.Length > 0 ? 1 : 0, left.Length);
    }
}
