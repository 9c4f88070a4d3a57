using System.Net;

namespace LeadEngine.Durability.Cluster;

/// <summary>A campaign of its own under load, while something happens to the cluster.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private long _fault;
    private long _repair;

    private FaultRun(LocalCluster cluster, long campaignId)
    {
        (Cluster, CampaignId) = (cluster, campaignId);
        Load = new SteadyLoad(cluster.Hosts, campaignId, Ledger);
    }

    public LocalCluster Cluster { get; }

    public long CampaignId { get; }

    public Ledger Ledger { get; } = new();

    public SteadyLoad Load { get; }

    public Recovery Recovery => Recovery.Of(Load, _fault, _repair);

    /// <summary>
    /// What may be answered: that it was done, that nothing changed, that it is not known; after the end, that it is over.
    /// </summary>
    public IReadOnlyCollection<HttpStatusCode?> Expected { get; private set; } =
        [HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    public static async Task<FaultRun> Start(LocalCluster cluster) => new(cluster, await cluster.Api.CreateCampaign());

    /// <summary>The silo that holds the campaign.</summary>
    public Task<string> Holder() => Cluster.HolderOf(CampaignId);

    /// <summary>The fault happens now.</summary>
    public void Fault() => _fault = _repair = TimeProvider.System.GetTimestamp();

    /// <summary>Without help it would last: help comes now.</summary>
    public void Repair() => _repair = TimeProvider.System.GetTimestamp();

    /// <summary>Waits until clients have noticed the fault.</summary>
    public Task UntilNoticed() => Load.UntilNoticed(_fault);

    /// <summary>Waits until every client is served again.</summary>
    public Task UntilBack() => Load.UntilAllServed(_repair);

    /// <summary>Ends the campaign, and tells the ledger once that is acknowledged.</summary>
    public async Task End()
    {
        Expected = [.. Expected, HttpStatusCode.Locked];
        await Cluster.Api.EndCampaign(CampaignId);
        Ledger.End();
    }

    public ValueTask DisposeAsync() => Load.DisposeAsync();
}
