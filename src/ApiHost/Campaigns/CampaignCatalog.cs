using LeadEngine.ApiHost.Caching;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Campaigns;

/// <summary>
/// The settings and owners of campaigns, remembered for a moment. Never ask it for the status or the number of leads: only the campaign
/// itself knows those.
/// </summary>
internal sealed class CampaignCatalog(IGrainFactory grains, EngineCalls calls, Deadlines deadlines, TimeProvider clock)
{
    /// <summary>How long a changed setting may go unnoticed on another host.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private const int MaxCampaigns = 10_000;

    private readonly ShortLivedCache<long, CampaignReply> _campaigns = new(Memory, MaxCampaigns, clock);

    public ValueTask<CampaignReply> Find(long campaignId) =>
        _campaigns.TryGet(campaignId, out var reply) ? new(reply) : Ask(campaignId);

    /// <summary>Asks anew next time: the campaign was just changed.</summary>
    public void Forget(long campaignId) => _campaigns.Forget(campaignId);

    private ValueTask<CampaignReply> Ask(long campaignId) => _campaigns.Load(
        campaignId,
        () => calls.UntilHeard(_ => grains.GetGrain<ICampaignGrain>(campaignId).Get(), deadlines.Start()),
        keep: static reply => reply.Refusal is null or LeadRefusal.CampaignNotFound);
}
