using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Campaigns;

[Collection(EngineCollection.Name)]
public sealed class CampaignGrainTests(EngineFixture engine)
{
    [Fact]
    public async Task Add_EndedCampaign_UpdatesOnlyWhoIsIn()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com");
        await campaign.Grain.SetStatus(CampaignStatus.Ended);

        var ada = await campaign.Upsert("ada@example.com", change: command => command with { Points = 50 });
        var bob = await campaign.Upsert("bob@example.com");

        Assert.Equal((2, 0), (ada.Lead!.Counter, ada.Standing!.Score.Points));
        Assert.Equal(LeadRefusal.Ended, bob.Refusal);
    }

    [Fact]
    public async Task Add_LockedCampaign_TakesNoWriteAtAll()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com");
        await campaign.Grain.SetStatus(CampaignStatus.Locked);

        Assert.Equal(LeadRefusal.Locked, (await campaign.Upsert("ada@example.com")).Refusal);
        Assert.Equal(LeadRefusal.Locked, (await campaign.Upsert("ada@example.com", change: command => command with { Points = 1 })).Refusal);
        Assert.Equal(LeadRefusal.Locked, (await campaign.Upsert("bob@example.com")).Refusal);
        Assert.Equal(1, (await campaign.Find("ada@example.com")).Lead!.Counter);
    }

    [Fact]
    public async Task Add_ReopenedCampaign_GoesOnWithTheNextRank()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com");
        await campaign.Grain.SetStatus(CampaignStatus.Locked);
        await campaign.Grain.SetStatus(CampaignStatus.Open);

        Assert.Equal(2, (await campaign.Upsert("bob@example.com")).Lead!.Rank);
    }

    [Fact]
    public async Task Add_Referrer_IsCreditedAndItsReferrerIndirectly()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", ReferralPoints = 3 });
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        var bob = (await campaign.Upsert("bob@example.com", change: command => command with { ReferrerId = ada.Id })).Lead!;
        var eve = await campaign.Upsert("eve@example.com", change: command => command with { ReferrerId = bob.Id });

        Assert.Equal((bob.Id, 3L), (eve.Lead!.ParentId, eve.Standing!.ScoreRank));
        var (first, second) = ((await campaign.Find("ada@example.com")).Standing!, (await campaign.Find("bob@example.com")).Standing!);
        Assert.Equal((new LeadScore { DirectReferrals = 1, IndirectReferrals = 1 }, 3), (first.Score, first.ContestScore));
        Assert.Equal((new LeadScore { DirectReferrals = 1 }, 3), (second.Score, second.ContestScore));
    }

    [Fact]
    public async Task Add_ReferrerElsewhereOrNowhere_IsIgnored()
    {
        var campaign = await engine.CreateCampaign();
        var stranger = (await (await engine.CreateCampaign()).Upsert("ada@example.com")).Lead!;

        var bob = await campaign.Upsert("bob@example.com", change: command => command with { ReferrerId = stranger.Id });
        var eve = await campaign.Upsert("eve@example.com", change: command => command with { ReferrerId = 123_456_789 });

        Assert.Null(bob.Lead!.ParentId);
        Assert.Null(eve.Lead!.ParentId);
    }

    [Fact]
    public async Task Add_KnownPersonWithAReferrer_CreditsNobody()
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Upsert("bob@example.com");

        await campaign.Upsert("bob@example.com", change: command => command with { ReferrerId = ada.Id });

        Assert.Equal(default, (await campaign.Find("ada@example.com")).Standing!.Score);
    }

    [Fact]
    public async Task Score_PointsAtOnce_AddUpAndRankFollows()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("bob@example.com", change: command => command with { Points = 150 });
        await campaign.Upsert("ada@example.com");

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => campaign.Upsert("ada@example.com", change: command => command with { Points = 1 })));

        var ada = await campaign.Find("ada@example.com");
        Assert.Equal((200, 1, 201), (ada.Standing!.Score.Points, ada.Standing.ScoreRank, ada.Lead!.Counter));
        Assert.Equal(2, (await campaign.Find("bob@example.com")).Standing!.ScoreRank);
    }

    [Fact]
    public async Task Score_BelowZero_StaysAtZero()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com", change: command => command with { Points = 5 });

        var reply = await campaign.Upsert("ada@example.com", change: command => command with { Points = -9 });

        Assert.Equal(0, reply.Standing!.Score.Points);
    }

    [Fact]
    public async Task Add_WaitlistCampaign_NewLeadsWait()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", Waitlist = true });

        Assert.True((await campaign.Upsert("ada@example.com")).Lead!.Profile.Waitlisted);
        Assert.True((await campaign.Find("ada@example.com")).Lead!.Profile.Waitlisted);
    }

    [Fact]
    public async Task List_Pages_InRankOrderUntilTheEnd()
    {
        var campaign = await engine.CreateCampaign();
        foreach (var name in new[] { "ada", "bob", "eve" }) await campaign.Upsert($"{name}@example.com");

        var first = await campaign.Grain.List(0, 2);
        var second = await campaign.Grain.List(first.Next!.Value, 2);

        Assert.Equal([1, 2], first.Leads.Select(lead => lead.Rank));
        Assert.Equal("eve@example.com", Assert.Single(second.Leads).Email);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Configure_ChangesSettingsAndNothingElse()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Grain.SetStatus(CampaignStatus.Ended);

        var known = (await campaign.Grain.Get()).Campaign!;
        var reply = await campaign.Grain.Configure(known.Revision, known.Settings with { Name = "Renamed" });

        Assert.Equal(("Renamed", CampaignStatus.Ended, campaign.Account.AccountId),
            (reply.Campaign!.Settings.Name, reply.Campaign.Status, reply.Campaign.AccountId));
    }

    [Fact]
    public async Task Configure_WhileSettingsAreBeingSaved_TakesBoth()
    {
        var campaign = await engine.CreateCampaign();
        for (var round = 1; round <= 50; round++)
        {
            await Task.WhenAll(
                Change(settings => settings with { JumpStart = round }),
                Change(settings => settings with { ReferralPoints = round }));

            var both = (await campaign.Grain.Get()).Campaign!.Settings;
            Assert.Equal((round, round), (both.JumpStart, both.ReferralPoints));
        }

        async Task Change(Func<CampaignSettings, CampaignSettings> change)
        {
            CampaignReply reply;
            do
            {
                var known = (await campaign.Grain.Get()).Campaign!;
                reply = await campaign.Grain.Configure(known.Revision, change(known.Settings));
            }
            while (reply.Refusal is LeadRefusal.AskAgain);
            Assert.True(reply.Succeeded);
        }
    }

    [Fact]
    public async Task Configure_FromOutdatedSettings_AsksAgain()
    {
        var campaign = await engine.CreateCampaign();
        var known = (await campaign.Grain.Get()).Campaign!;
        await campaign.Grain.Configure(known.Revision, known.Settings with { JumpStart = 100 });

        var reply = await campaign.Grain.Configure(known.Revision, known.Settings with { Name = "Renamed" });

        Assert.Equal(LeadRefusal.AskAgain, reply.Refusal);
        var settings = (await campaign.Grain.Get()).Campaign!.Settings;
        Assert.Equal((100, "Test"), (settings.JumpStart, settings.Name));
    }

    [Fact]
    public async Task Get_UnknownCampaign_IsRefused() =>
        Assert.Equal(LeadRefusal.CampaignNotFound, (await engine.Grains.GetGrain<ICampaignGrain>(987_654_321).Get()).Refusal);
}
