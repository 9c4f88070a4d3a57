using LeadEngine.Cluster.Tests.Engine;
using LeadEngine.Leads;
using LeadEngine.TestSupport;

namespace LeadEngine.Cluster.Tests;

[Collection(SharedClusterCollection.Name)]
public sealed class PlacementTests(SharedCluster shared)
{
    private readonly EngineCluster _cluster = shared.Cluster;

    [PostgresFact]
    public async Task Upsert_OfAKnownPerson_ActivatesIdentifierAndLeadAtTheSiloThatWasAsked()
    {
        var campaign = await _cluster.CreateCampaign();
        foreach (var node in _cluster.Nodes)
        {
            var email = $"p{_cluster.Nodes.IndexOf(node)}@example.com";
            await campaign.Send(campaign.SignUp(email), node);
            var lead = (await campaign.Send(campaign.SignUp(email), node)).Lead!;

            Assert.Equal(node.Address, Assert.Single(await _cluster.Whereabouts(campaign.Identifier(node, IdentifierKind.Email, email).GetGrainId())));
            Assert.Equal(node.Address, Assert.Single(await _cluster.Whereabouts(node.Grains.GetGrain<ILeadGrain>(lead.Id).GetGrainId())));
        }
    }

    [PostgresFact]
    public async Task Upsert_OfAKnownPersonAtEverySiloAtOnce_ActivatesIdentifierAndLeadOnce()
    {
        var campaign = await _cluster.CreateCampaign();
        var (asked, email) = (_cluster.Nodes[0], "ada@example.com");
        await campaign.Send(campaign.SignUp(email), asked);

        var replies = await Task.WhenAll(Enumerable.Range(0, 60)
            .Select(request => Task.Run(() => campaign.Send(campaign.SignUp(email), _cluster.Nodes[request % _cluster.Nodes.Length]))));

        var lead = asked.Grains.GetGrain<ILeadGrain>(replies[0].Lead!.Id).GetGrainId();
        var home = Assert.Single(await _cluster.Whereabouts(campaign.Identifier(asked, IdentifierKind.Email, email).GetGrainId()));
        Assert.Equal(home, Assert.Single(await _cluster.Whereabouts(lead)));
    }

    [PostgresFact]
    public async Task Campaigns_AskedForAtEverySiloAtOnce_AreActiveOnceEachAndSpread()
    {
        var campaigns = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _cluster.CreateCampaign()));
        await Task.WhenAll(campaigns.Select(campaign => _cluster.Deactivate(campaign.GrainId)));

        await Task.WhenAll(campaigns.SelectMany(campaign => _cluster.Nodes.Select(node => Task.Run(campaign.At(node).Get))));

        var homes = await Task.WhenAll(campaigns.Select(async campaign => Assert.Single(await _cluster.Whereabouts(campaign.GrainId))));
        Assert.True(homes.Distinct().Count() > 1);
    }
}
