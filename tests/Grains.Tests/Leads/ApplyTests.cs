using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Leads;

[Collection(EngineCollection.Name)]
public sealed class ApplyTests(EngineFixture engine)
{
    [Fact]
    public async Task Apply_Points_AreGivenAndTakenButNeverBelowZero()
    {
        var (campaign, lead) = await SignUp();

        Assert.Equal(50, (await Points(campaign, lead, 50)).Standing!.ContestScore);
        Assert.Equal(0, (await Points(campaign, lead, -80)).Standing!.ContestScore);
        Assert.Equal(7, (await Points(campaign, lead, 7)).Standing!.ContestScore);
    }

    [Fact]
    public async Task Apply_PointsAtOnceFromMany_AddUp()
    {
        var (campaign, lead) = await SignUp();

        await Task.WhenAll(Enumerable.Range(1, 100).Select(points => Points(campaign, lead, points)));

        Assert.Equal(5050, (await campaign.Lead(lead).Get(campaign.Id)).Standing!.ContestScore);
    }

    [Fact]
    public async Task Apply_SameRequestAgain_HasOneEffect()
    {
        var (campaign, lead) = await SignUp();
        var command = campaign.Order(LeadOrder.GivePoints) with { Points = 50 };
        await campaign.Lead(lead).Apply(command);

        var again = await campaign.Lead(lead).Apply(command with { Request = command.Request with { IsRepeat = true } });

        Assert.Equal(50, again.Standing!.ContestScore);
    }

    [Fact]
    public async Task Apply_EndedCampaign_RefusesPointsAndActionsAndNothingElse()
    {
        var (campaign, lead) = await SignUp();
        await campaign.Grain.SetStatus(CampaignStatus.Ended);

        var replies = await Task.WhenAll(
            Points(campaign, lead, 50),
            campaign.Lead(lead).Apply(campaign.Order(LeadOrder.CompleteAction) with { ActionId = 1 }),
            campaign.Lead(lead).Apply(campaign.Order(LeadOrder.OptOut)),
            campaign.Lead(lead).Apply(campaign.Order(LeadOrder.Tag) with { Tag = new() { Id = 2, Name = "vip", Points = 5 } }));

        Assert.Equal([LeadRefusal.Ended, LeadRefusal.Ended, null, null], replies.Select(reply => reply.Refusal));
        var reply = await campaign.Lead(lead).Get(campaign.Id);
        Assert.Equal((true, 0), (reply.Lead!.Profile.OptedOut, reply.Standing!.ContestScore));
        Assert.Equal<string>(["vip"], reply.Lead.Profile.Tags);
        Assert.Empty(reply.Lead.Profile.CompletedActions);
    }

    [Fact]
    public async Task Apply_RepeatOfPointsThatWereGivenBeforeTheEnd_Succeeds()
    {
        var (campaign, lead) = await SignUp();
        var command = campaign.Order(LeadOrder.GivePoints) with { Points = 50 };
        await campaign.Lead(lead).Apply(command);
        await campaign.Grain.SetStatus(CampaignStatus.Ended);

        Assert.Equal(50, (await campaign.Lead(lead).Apply(command)).Standing!.ContestScore);
    }

    [Fact]
    public async Task Apply_LockedCampaign_RefusesChanges()
    {
        var (campaign, lead) = await SignUp();
        await campaign.Grain.SetStatus(CampaignStatus.Locked);

        foreach (var order in new[] { LeadOrder.OptOut, LeadOrder.Block, LeadOrder.Verify, LeadOrder.Waitlist })
        {
            Assert.Equal(LeadRefusal.Locked, (await campaign.Lead(lead).Apply(campaign.Order(order))).Refusal);
        }

        Assert.Equal(LeadRefusal.Locked, (await Points(campaign, lead, 1)).Refusal);
    }

    [Fact]
    public async Task Apply_UnknownLeadOrOtherCampaign_IsNotFound()
    {
        var (campaign, _) = await SignUp();
        var (other, stranger) = await SignUp();

        Assert.Equal(LeadRefusal.LeadNotFound, (await campaign.Lead(stranger).Apply(campaign.Order(LeadOrder.OptOut))).Refusal);
        Assert.Equal(LeadRefusal.LeadNotFound, (await campaign.Lead(999_999_999).Apply(campaign.Order(LeadOrder.OptOut))).Refusal);
        Assert.False((await other.Lead(stranger).Get(other.Id)).Lead!.Profile.OptedOut);
    }

    private async Task<(TestCampaign Campaign, long LeadId)> SignUp()
    {
        var campaign = await engine.CreateCampaign();
        return (campaign, (await campaign.Upsert("ada@example.com")).Lead!.Id);
    }

    private static Task<LeadReply> Points(TestCampaign campaign, long lead, int points) =>
        campaign.Lead(lead).Apply(campaign.Order(LeadOrder.GivePoints) with { Points = points });
}
