using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Campaigns;

[Collection(EngineCollection.Name)]
public sealed class QueueTests(EngineFixture engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Queue_LeadsByAddressAndId_EachOnceAndOnlyThoseOfTheCampaign()
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        var bob = (await campaign.Upsert("bob@example.com")).Lead!;
        var stranger = (await (await engine.CreateCampaign()).Upsert("eve@example.com")).Lead!;

        var reply = await campaign.Grain.Queue(Command(LeadOrder.OptOut) with
        {
            Identifiers = [Email(campaign, "ada@example.com"), Email(campaign, "nobody@example.com")],
            LeadIds = [ada.Id, bob.Id, bob.Id, stranger.Id, 999_999_999],
        });

        Assert.Equal(new QueueReply(2, null), reply);
        await Until(async () => (await campaign.Leads()).All(lead => lead.Profile.OptedOut));
        Assert.False((await campaign.Lead(stranger.Id).Get(stranger.CampaignId)).Lead!.Profile.OptedOut);
    }

    [Fact]
    public async Task Queue_NobodyIsNamed_QueuesNothing() => Assert.Equal(
        new QueueReply(0, null),
        await (await engine.CreateCampaign()).Grain.Queue(Command(LeadOrder.OptOut) with { LeadIds = [999_999_999] }));

    [Fact]
    public async Task Queue_UnknownCampaign_IsRefused() => Assert.Equal(
        new QueueReply(0, LeadRefusal.CampaignNotFound),
        await engine.Grains.GetGrain<ICampaignGrain>(987_654_321).Queue(Command(LeadOrder.OptOut) with { LeadIds = [1] }));

    [Fact]
    public async Task Queue_Delete_RemovesTheLeadsAndTheirPersonsMaySignUpAnew()
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Upsert("bob@example.com");

        await campaign.Grain.Queue(Command(LeadOrder.Delete) with { LeadIds = [ada.Id] });

        await Until(async () => (await campaign.Leads()).Length == 1);
        var again = await campaign.Upsert("ada@example.com");
        Assert.Equal((true, 3L), (again.IsNew, again.Lead!.Rank));
    }

    [Fact]
    public async Task Queue_Tag_GivesItWithItsPointsOnce()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", Tags = [new() { Name = "vip", Points = 9 }] });
        var tag = Assert.Single((await campaign.Grain.Get()).Campaign!.Settings.Tags);
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;

        for (var times = 0; times < 3; times++) await campaign.Grain.Queue(Command(LeadOrder.Tag) with { Subject = tag.Id, LeadIds = [ada.Id] });

        await Until(async () => (await campaign.Lead(ada.Id).Get(campaign.Id)).Standing!.ContestScore > 0);
        var reply = await campaign.Lead(ada.Id).Get(campaign.Id);
        Assert.Equal(9, reply.Standing!.ContestScore);
        Assert.Equal<string>(["vip"], reply.Lead!.Profile.Tags);
    }

    [Fact]
    public async Task Queue_LockedCampaign_WaitsUntilItIsOpened()
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        await campaign.Grain.SetStatus(CampaignStatus.Locked);

        Assert.Equal(1, (await campaign.Grain.Queue(Command(LeadOrder.Block) with { LeadIds = [ada.Id] })).Matched);

        await campaign.Grain.SetStatus(CampaignStatus.Ended);
        await Until(async () => (await campaign.Lead(ada.Id).Get(campaign.Id)).Lead!.Profile.Fraudulent);
    }

    private static BulkCommand Command(LeadOrder order) =>
        new() { Request = new RequestStamp { Id = Guid.NewGuid(), ReceivedAt = TimeProvider.System.GetUtcNow() }, Order = order };

    private static IdentifierKey Email(TestCampaign campaign, string email) => new(campaign.Id, IdentifierKind.Email, email);

    private static async Task Until(Func<Task<bool>> isSo)
    {
        var clock = TimeProvider.System;
        for (var started = clock.GetUtcNow(); !await isSo();)
        {
            Assert.True(clock.GetUtcNow() - started < Patience, "It did not happen.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), clock);
        }
    }
}
