using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>Reads whom a delivery to the lead itself is for, as they are now.</summary>
internal sealed class LeadReader(CampaignCatalog campaigns, IGrainFactory grains, EngineCalls calls, Deadlines deadlines)
{
    /// <returns>Null when the lead or its campaign is gone.</returns>
    public async Task<(Lead Lead, CampaignSettings Settings)?> Find(Delivery delivery)
    {
        if (delivery is not { CampaignId: { } campaignId, LeadId: { } leadId }) return null;
        var campaign = await campaigns.Find(campaignId);
        var reply = await calls.UntilHeard(_ => grains.GetGrain<ILeadGrain>(leadId).Get(campaignId), deadlines.Start());
        return campaign.Campaign is { Settings: var settings } && reply.Succeeded ? (reply.Lead, settings) : null;
    }
}
