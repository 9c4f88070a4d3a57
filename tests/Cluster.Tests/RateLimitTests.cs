using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Limits;
using LeadEngine.Cluster.Tests.Engine;
using LeadEngine.Limits;
using LeadEngine.TestSupport;
using Microsoft.Extensions.Options;

namespace LeadEngine.Cluster.Tests;

/// <summary>Limits that several hosts keep together. All of a test happens within a minute, so no window moves on.</summary>
[Collection(SharedClusterCollection.Name)]
public sealed class RateLimitTests(SharedCluster shared)
{
    private readonly EngineCluster _cluster = shared.Cluster;

    [PostgresFact]
    public async Task Ask_OneClientAtAllHosts_AsManyPassAsTheLimit()
    {
        var rule = new RateRule { Limits = [new(10, 600), new(20, 600)] };
        var (one, all) = (new RateSubject(RateKind.CampaignPosts, 42, 4), new RateSubject(RateKind.ClientPosts, 42, 0));
        var ask = new RateAsk { Counters = [new(one, rule), new(all, rule)] };
        RateKeepers[] hosts = [.. _cluster.Nodes.Select(Keepers)];

        var replies = await Task.WhenAll(Enumerable.Range(0, 300).Select(request => Task.Run(() => hosts[request % hosts.Length].Ask(ask))));

        Assert.Equal(10, replies.Count(reply => reply.Granted == 1));
        Assert.All(replies.Where(reply => reply.Granted == 0), reply => Assert.InRange(reply.WaitMilliseconds, 1, 600_000));
    }

    [PostgresFact]
    public async Task Take_OneAccountAtAllHosts_HoldsWithinTenPercent()
    {
        const int Limit = 3_000;
        var subject = new RateSubject(RateKind.AccountRequests, 7, 0);
        Allowance[] hosts = [.. _cluster.Nodes.Select(node => new Allowance(subject, Keepers(node).Ask, TimeProvider.System))];

        // One after the other at each of twenty clients, until the limit has been refused to all: hosts come to take more than one at a
        // time.
        var served = await Task.WhenAll(Enumerable.Range(0, 20 * hosts.Length).Select(client => Task.Run(() => Serve(hosts[client % hosts.Length]))));

        Assert.InRange(served.Sum(), Limit * 9 / 10, Limit);

        static async Task<int> Serve(Allowance host)
        {
            var served = 0;
            while (await host.Take(Limit) is null) served++;
            return served;
        }
    }

    private static RateKeepers Keepers(Node node) => new(
        node.Grains,
        new EngineCalls(TimeProvider.System, Random.Shared),
        new Deadlines(Options.Create(new HttpOptions()), TimeProvider.System));
}
