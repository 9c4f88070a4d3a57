using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Campaigns;

[Collection(EngineCollection.Name)]
public sealed class ContestTests(EngineFixture engine)
{
    [Fact]
    public async Task GetLeaders_PointsThenOrderOfSignUp_FilledUpWithThoseWithoutPoints()
    {
        var campaign = await engine.CreateCampaign();
        foreach (var name in new[] { "ada", "bob", "eve", "kim", "lea" }) await campaign.Upsert($"{name}@example.com");
        await Give(campaign, "kim", 20);
        await Give(campaign, "bob", 20);
        await Give(campaign, "lea", 30);

        var leaders = await campaign.Grain.GetLeaders(4);

        Assert.Equal(
            [("lea@example.com", 30, 1L), ("bob@example.com", 20, 2L), ("kim@example.com", 20, 2L), ("ada@example.com", 0, 4L)],
            leaders.Select(leader => (leader.Lead.Email!, leader.ContestScore, leader.ScoreRank)));
    }

    [Fact]
    public async Task GetLeaders_BlockedLead_IsNotAmongThem()
    {
        var campaign = await engine.CreateCampaign();
        foreach (var name in new[] { "ada", "bob" }) await campaign.Upsert($"{name}@example.com");
        await Give(campaign, "ada", 5);

        await Do(campaign, "ada", LeadOrder.Block);

        Assert.Equal("bob@example.com", Assert.Single(await campaign.Grain.GetLeaders(50)).Lead.Email);
        Assert.Equal(1, (await campaign.Find("bob@example.com")).Standing!.ScoreRank);
    }

    [Fact]
    public async Task GetLeaders_LessThanForSigningUp_ComeLast()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", SignupPoints = 5 });
        foreach (var name in new[] { "ada", "bob" }) await campaign.Upsert($"{name}@example.com");

        await Give(campaign, "ada", -9);

        Assert.Equal([("bob@example.com", 5), ("ada@example.com", 0)], (await campaign.Grain.GetLeaders(50)).Select(one => (one.Lead.Email!, one.ContestScore)));
    }

    [Fact]
    public async Task GetStats_TellsOfReferralsScoresAndFraud()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", ReferralPoints = 2, VerifiedReferralPoints = 10 });
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        foreach (var name in new[] { "bob", "eve", "kim" })
        {
            await campaign.Upsert($"{name}@example.com", change: command => command with { ReferrerId = ada.Id });
        }

        await Do(campaign, "bob", LeadOrder.Verify);
        await Do(campaign, "kim", LeadOrder.Block);

        Assert.Equal(
            new CampaignStats { Leads = 4, Referred = 2, ReferredVerified = 1, Fraudulent = 1, HighestScore = 12, TotalScore = 12 },
            await campaign.Grain.GetStats());
    }

    [Fact]
    public async Task Configure_OtherPoints_CountForWhatLeadsHaveAlready()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", Tags = [new() { Name = "vip", Points = 3 }] });
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Upsert("bob@example.com", change: command => command with { ReferrerId = ada.Id });
        var settings = (await campaign.Grain.Get()).Campaign!.Settings;
        await campaign.Lead(ada.Id).Apply(campaign.Order(LeadOrder.Tag) with { Tag = settings.Tags[0] });
        Assert.Equal(4, (await campaign.Find("ada@example.com")).Standing!.ContestScore);

        var reply = await Configure(campaign, known => known with
        {
            SignupPoints = 100,
            ReferralPoints = 20,
            Tags = [known.Tags[0] with { Points = 7 }],
        });

        Assert.Null(reply.Campaign!.Rescoring);
        Assert.Equal(127, (await campaign.Find("ada@example.com")).Standing!.ContestScore);
        var bob = (await campaign.Find("bob@example.com")).Standing!;
        Assert.Equal((100, 2L), (bob.ContestScore, bob.ScoreRank));
    }

    [Fact]
    public async Task Apply_PointsTakenThatCameFromReferrals_DoNotGoBelowZero()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", ReferralPoints = 10 });
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Upsert("bob@example.com", change: command => command with { ReferrerId = ada.Id });

        await Give(campaign, "ada", -4);
        Assert.Equal(6, (await campaign.Find("ada@example.com")).Standing!.ContestScore);
        await Give(campaign, "ada", -50);
        Assert.Equal(0, (await campaign.Find("ada@example.com")).Standing!.ContestScore);
        await Give(campaign, "ada", 1);
        Assert.Equal(1, (await campaign.Find("ada@example.com")).Standing!.ContestScore);
    }

    [Fact]
    public async Task Upsert_Tags_AreGivenWithTheirPointsToNewAndKnownLeads()
    {
        LeadTag vip = new() { Id = 1, Name = "vip", Points = 9 }, press = new() { Id = 2, Name = "press", Points = 1 };
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", Tags = [vip, press] });

        var made = await campaign.Upsert("ada@example.com", change: command => command with { Tags = [vip] });
        var updated = await campaign.Upsert("ada@example.com", change: command => command with { Tags = [vip, press] });

        Assert.Equal(9, made.Standing!.ContestScore);
        Assert.Equal<string>(["vip", "press"], updated.Lead!.Profile.Tags);
        Assert.Equal(10, updated.Standing!.ContestScore);
    }

    [Fact]
    public void Assign_NewOnes_GetIdsThatWereNeverGiven()
    {
        var first = CampaignIds.Assign(new CampaignRecord { AccountId = 1 }, new CampaignSettings
        {
            Name = "Test",
            Actions = [new() { Name = "a" }],
            Tags = [new() { Name = "b" }, new() { Name = "c" }],
            RewardLevels = [new() { RequiredPoints = 1, Subject = "d" }],
        });
        var second = CampaignIds.Assign(first, first.Settings! with { Actions = [], Tags = [first.Settings.Tags[1], new() { Name = "e" }] });
        var third = CampaignIds.Assign(second, second.Settings! with { RewardLevels = [new() { RequiredPoints = 1, Subject = "f" }] });

        Assert.Equal([1, 2, 3, 4], IdsOf(first));
        Assert.Equal([3, 5, 4], IdsOf(second));
        Assert.Equal([3, 5, 6], IdsOf(third));
        Assert.Equal((1, 6), (third.AccountId, third.LastId));
    }

    private static IEnumerable<long> IdsOf(CampaignRecord record) =>
    [
        .. record.Settings!.Actions.Select(action => action.Id), .. record.Settings.Tags.Select(tag => tag.Id),
        .. record.Settings.RewardLevels.Select(level => level.Id),
    ];

    private static async Task<CampaignReply> Configure(TestCampaign campaign, Func<CampaignSettings, CampaignSettings> change)
    {
        var known = (await campaign.Grain.Get()).Campaign!;
        return await campaign.Grain.Configure(known.Revision, change(known.Settings));
    }

    private static Task<LeadReply> Give(TestCampaign campaign, string name, int points) =>
        Do(campaign, name, LeadOrder.GivePoints, command => command with { Points = points });

    private static async Task<LeadReply> Do(
        TestCampaign campaign, string name, LeadOrder order, Func<LeadCommand, LeadCommand>? change = null)
    {
        var lead = (await campaign.Find($"{name}@example.com")).Lead!;
        var command = campaign.Order(order);
        return await campaign.Lead(lead.Id).Apply(change?.Invoke(command) ?? command);
    }
}
