using LeadEngine.Cluster.Tests.Engine;
using LeadEngine.TestSupport;

namespace LeadEngine.Cluster.Tests;

/// <summary>Silos come and go while people sign up. Those that go have the campaign.</summary>
public sealed class MembershipTests
{
    private const int People = 200;

    [PostgresFact]
    public async Task SiloAdded_UnderLoad_LosesAndDoublesNothing()
    {
        await using var cluster = await EngineCluster.Start(silos: 2);
        var campaign = await cluster.CreateCampaign();
        var load = Load.Start(cluster, campaign);
        await load.Answered(People);

        await cluster.Add();
        await load.Answered(People);

        await Books.HoldEverybody(campaign, await load.Stop());
    }

    [PostgresFact]
    public Task SiloStopped_UnderLoad_LosesAndDoublesNothing() => WithoutTheCampaignsSilo((cluster, node) => cluster.Stop(node));

    [PostgresFact]
    public Task SiloKilled_UnderLoad_LosesAndDoublesNothing() => WithoutTheCampaignsSilo((cluster, node) => cluster.Kill(node));

    [PostgresFact]
    public Task SiloDeclaredDead_WhileItServes_LosesAndDoublesNothing() => WithoutTheCampaignsSilo((cluster, node) => cluster.DeclareDead(node));

    private static async Task WithoutTheCampaignsSilo(Func<EngineCluster, Node, Task> end)
    {
        await using var cluster = await EngineCluster.Start(silos: 3);
        var campaign = await cluster.CreateCampaign();
        var load = Load.Start(cluster, campaign);
        await load.Answered(People);
        var silo = Assert.Single(await cluster.Whereabouts(campaign.GrainId));
        var epoch = await cluster.Epoch(campaign.Id);

        await end(cluster, cluster.Nodes.Single(node => node.Address.Equals(silo)));
        await load.Answered(People);

        await Books.HoldEverybody(campaign, await load.Stop());
        Assert.True(await cluster.Epoch(campaign.Id) > epoch);
        Assert.NotEqual(silo, Assert.Single(await cluster.Whereabouts(campaign.GrainId)));
    }
}
