using LeadEngine.Cluster.Tests.Engine;
using LeadEngine.Leads;
using LeadEngine.TestSupport;

namespace LeadEngine.Cluster.Tests;

/// <summary>Activations end, move and are overtaken while requests wait at them.</summary>
[Collection(SharedClusterCollection.Name)]
public sealed class MovingTests(SharedCluster shared)
{
    private const int Times = 6;
    private const int People = 60;

    private readonly EngineCluster _cluster = shared.Cluster;

    [PostgresFact]
    public Task Campaign_DeactivatedUnderLoad_GoesOnInTheNextEpoch() =>
        DisturbUnderLoad((campaign, _, _) => _cluster.Deactivate(campaign.GrainId));

    [PostgresFact]
    public Task Campaign_MovedFromSiloToSiloUnderLoad_GoesOnInTheNextEpoch() => DisturbUnderLoad(async (campaign, load, _) =>
    {
        var home = Assert.Single(await _cluster.Whereabouts(campaign.GrainId));
        var target = _cluster.Nodes.First(node => !node.Address.Equals(home));
        await _cluster.Move(campaign.GrainId, target);
        await load.Answered(People);
        Assert.Equal(target.Address, Assert.Single(await _cluster.Whereabouts(campaign.GrainId)));
    });

    [PostgresFact]
    public Task Campaign_TakenOverElsewhereUnderLoad_GoesOnInTheNextEpoch() => DisturbUnderLoad(async (campaign, load, time) =>
    {
        var tenure = await _cluster.Nodes[time % _cluster.Nodes.Length].Store.TakeOver(campaign.Id);
        await load.Answered(People);
        Assert.True(await _cluster.Epoch(campaign.Id) > tenure!.Epoch);
    });

    [PostgresFact]
    public async Task Upsert_IdentifierAndLeadMoveMeanwhile_CountsEachRequestOnce()
    {
        var campaign = await _cluster.CreateCampaign();
        var (node, email) = (_cluster.Nodes[0], "ada@example.com");
        var first = await campaign.Send(campaign.SignUp(email), node);
        GrainId[] grains =
        [
            campaign.Identifier(node, IdentifierKind.Email, email).GetGrainId(),
            node.Grains.GetGrain<ILeadGrain>(first.Lead!.Id).GetGrainId(),
        ];
        const int Rounds = 12, RequestsARound = 60;

        List<Task<LeadReply>> requests = [];
        for (var round = 0; round < Rounds; round++)
        {
            var sent = Enumerable.Range(0, RequestsARound)
                .Select(request => campaign.Send(campaign.SignUp(email), _cluster.Nodes[request % _cluster.Nodes.Length]))
                .ToArray();
            requests.AddRange(sent);
            await Task.WhenAny(sent);
            await _cluster.Deactivate(grains[round % grains.Length]);
        }

        Assert.All(await Task.WhenAll(requests), reply => Assert.Equal(first.Lead.Id, reply.Lead?.Id));
        Assert.Equal(1 + (Rounds * RequestsARound), Assert.Single(await campaign.Leads()).Counter);
    }

    private async Task DisturbUnderLoad(Func<SignupCampaign, Load, int, Task> disturb)
    {
        var campaign = await _cluster.CreateCampaign();
        var load = Load.Start(_cluster, campaign);
        await load.Answered(People);
        List<long> epochs = [await _cluster.Epoch(campaign.Id)];
        for (var time = 0; time < Times; time++)
        {
            await disturb(campaign, load, time);
            await load.Answered(People);
            epochs.Add(await _cluster.Epoch(campaign.Id));
        }

        await Books.HoldEverybody(campaign, await load.Stop());
        Assert.Equal(epochs.Distinct().Order(), epochs);
    }
}
