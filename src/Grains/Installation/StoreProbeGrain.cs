using LeadEngine.Installation;
using LeadEngine.Storage;
using Orleans.Placement;

namespace LeadEngine.Grains.Installation;

[PreferLocalPlacement, GrainType("store-probe")]
internal sealed class StoreProbeGrain(ILeadStore store) : Grain, IStoreProbeGrain
{
    public async Task Ping()
    {
        DeactivateOnIdle();
        await store.Ping();
    }
}
