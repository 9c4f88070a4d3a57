using LeadEngine.Campaigns;
using LeadEngine.Cluster.Tests.Engine;
using LeadEngine.Leads;
using LeadEngine.TestSupport;

namespace LeadEngine.Cluster.Tests;

[Collection(SharedClusterCollection.Name)]
public sealed class LifecycleTests(SharedCluster shared)
{
    private const int People = 100;

    private readonly EngineCluster _cluster = shared.Cluster;

    [PostgresTheory]
    [InlineData(CampaignStatus.Ended, LeadRefusal.Ended)]
    [InlineData(CampaignStatus.Locked, LeadRefusal.Locked)]
    public Task SetStatus_AtOneSiloUnderLoad_HoldsAtEverySiloOnceAcknowledged(CampaignStatus status, LeadRefusal refusal) =>
        CloseUnderLoad(refusal, campaign => campaign.SetStatus(status, _cluster.Nodes[1]));

    [PostgresTheory]
    [InlineData(CampaignStatus.Ended, LeadRefusal.Ended)]
    [InlineData(CampaignStatus.Locked, LeadRefusal.Locked)]
    public Task SetStatus_WhileTheCampaignIsTakenOverUnderLoad_HoldsAtEverySiloOnceAcknowledged(CampaignStatus status, LeadRefusal refusal) =>
        CloseUnderLoad(refusal, async campaign =>
        {
            var takeovers = Enumerable.Range(0, 6).Select(time => _cluster.Nodes[time % _cluster.Nodes.Length].Store.TakeOver(campaign.Id));
            await Task.WhenAny(takeovers.ToArray());
            return await campaign.SetStatus(status, _cluster.Nodes[1]);
        });

    [PostgresFact]
    public async Task Upsert_AfterAnEndAtAnotherSilo_UpdatesWhoIsInAndAddsNobody()
    {
        var campaign = await _cluster.CreateCampaign();
        await SignUpAtEverySilo(campaign, "early");
        await campaign.At(_cluster.Nodes[0]).SetStatus(CampaignStatus.Ended);

        var updates = await SignUpAtEverySilo(campaign, "early");
        var additions = await SignUpAtEverySilo(campaign, "late");

        Assert.All(updates, reply => Assert.Equal(2, reply.Lead?.Counter));
        Assert.All(additions, reply => Assert.Equal(LeadRefusal.Ended, reply.Refusal));
    }

    [PostgresFact]
    public async Task Upsert_AfterALockAtAnotherSilo_WritesNothingUntilItIsOpened()
    {
        var campaign = await _cluster.CreateCampaign();
        await SignUpAtEverySilo(campaign, "early");
        await campaign.At(_cluster.Nodes[0]).SetStatus(CampaignStatus.Locked);

        Assert.All(await SignUpAtEverySilo(campaign, "early"), reply => Assert.Equal(LeadRefusal.Locked, reply.Refusal));
        Assert.All(await SignUpAtEverySilo(campaign, "late"), reply => Assert.Equal(LeadRefusal.Locked, reply.Refusal));
        Assert.All(await campaign.Leads(), lead => Assert.Equal(1, lead.Counter));

        await campaign.At(_cluster.Nodes[^1]).SetStatus(CampaignStatus.Open);
        Assert.All(await SignUpAtEverySilo(campaign, "early"), reply => Assert.Equal(2, reply.Lead?.Counter));
        Assert.All(await SignUpAtEverySilo(campaign, "late"), reply => Assert.True(reply.IsNew));
    }

    private async Task CloseUnderLoad(LeadRefusal refusal, Func<SignupCampaign, Task<CampaignReply>> close)
    {
        var campaign = await _cluster.CreateCampaign();
        var load = Load.Start(_cluster, campaign);
        await load.Answered(People);

        var ended = await close(campaign);
        load.Mark();
        await load.Answered(People);
        var receipts = await load.Stop();

        var late = receipts.Where(receipt => receipt.IsLate).SelectMany(receipt => receipt.Replies).ToArray();
        Assert.NotEmpty(late);
        Assert.All(late, reply => Assert.Equal(refusal, reply.Refusal));
        Assert.Equal(ended.Campaign!.LeadCount, (await campaign.Leads()).Length);
        await Books.HoldWhoGotIn(campaign, receipts);
    }

    private Task<LeadReply[]> SignUpAtEverySilo(SignupCampaign campaign, string name) =>
        Task.WhenAll(_cluster.Nodes.Select((node, index) => campaign.Send(campaign.SignUp($"{name}{index}@example.com"), node)));
}
