using LeadEngine.Campaigns;
using LeadEngine.Webhooks;

namespace LeadEngine.Grains.Tests.Campaigns;

/// <summary>The subscriptions that come and go with a campaign's settings.</summary>
[Collection(EngineCollection.Name)]
public sealed class ProofRequestTests(EngineFixture engine)
{
    [Fact]
    public async Task Configure_OptInSwitched_SubscribesOnceAndUnsubscribes()
    {
        var campaign = await engine.CreateCampaign();
        Assert.Empty(await Subscriptions(campaign));

        foreach (var name in (string[])["First", "Second"])
        {
            await Configure(campaign, settings => settings with { Name = name, DoubleOptIn = true, PhoneVerification = true });
            Assert.Equal([Channel.Mail, Channel.Text], (await Subscriptions(campaign)).Select(one => one.Channel));
        }

        await Configure(campaign, settings => settings with { DoubleOptIn = false });
        Assert.Equal([Channel.Text], (await Subscriptions(campaign)).Select(one => one.Channel));
        await Configure(campaign, settings => settings with { PhoneVerification = false });
        Assert.Empty(await Subscriptions(campaign));
    }

    [Fact]
    public async Task Create_WithOptIn_SubscribesToItsSignUps()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Launch", DoubleOptIn = true });
        var subscription = Assert.Single(await Subscriptions(campaign));
        Assert.Equal((campaign.Id, Channel.Mail), (subscription.CampaignId, subscription.Channel));
        Assert.True(subscription.Wants(EventKind.Signup) && subscription.Wants(EventKind.RepeatSignup));
        Assert.False(subscription.Wants(EventKind.ScoreChange));
    }

    [Fact]
    public async Task Configure_OneOfTwoCampaigns_LeavesTheOtherAlone()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Launch", DoubleOptIn = true });
        var other = await engine.CreateCampaign(campaign.Account, new CampaignSettings { Name = "Other", DoubleOptIn = true });
        await Configure(campaign, settings => settings with { DoubleOptIn = false });
        Assert.Equal(other.Id, Assert.Single(await Subscriptions(campaign)).CampaignId);
    }

    private async Task Configure(TestCampaign campaign, Func<CampaignSettings, CampaignSettings> change)
    {
        var grain = engine.Grains.GetGrain<ICampaignGrain>(campaign.Id);
        var before = (await grain.Get()).Campaign!;
        Assert.True((await grain.Configure(before.Revision, change(before.Settings))).Succeeded);
    }

    private async Task<IEnumerable<Subscription>> Subscriptions(TestCampaign campaign) =>
        await engine.Grains.GetGrain<IWebhookGrain>(campaign.Account.AccountId).List();
}
