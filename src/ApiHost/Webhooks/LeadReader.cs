using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>Reads whom a delivery is about, as they are now.</summary>
internal sealed class LeadReader(CampaignCatalog campaigns, IGrainFactory grains, EngineCalls calls, Deadlines deadlines)
{
    /// <returns>Null when the lead or its campaign is gone.</returns>
    public async Task<(Lead Lead, CampaignSettings Settings)?> Find(Delivery delivery) =>
        await Read(delivery) is { } told ? (told.Lead, told.Campaign.Settings) : null;

    /// <returns>Null when the lead or its campaign is gone.</returns>
    /// <exception cref="StoreBusyException">Nobody can tell now.</exception>
    public async Task<ToldLead?> Read(Delivery delivery) =>
        delivery.LeadId is { } leadId && await ReadCampaign(delivery) is { } campaign && await Read(campaign.Id, leadId) is { Lead: { } lead, Standing: { } standing }
            ? new(campaign, lead, standing)
            : null;

    /// <returns>Null when it is none of the campaign's any more.</returns>
    /// <exception cref="StoreBusyException">Nobody can tell now.</exception>
    public async Task<LeadReply?> Read(long campaignId, long leadId)
    {
        var reply = await calls.UntilHeard(_ => grains.GetGrain<ILeadGrain>(leadId).Get(campaignId), deadlines.Start());
        if (reply.Succeeded) return reply;
        return reply.Refusal is LeadRefusal.LeadNotFound or LeadRefusal.CampaignNotFound
            ? null
            : throw new StoreBusyException($"The lead cannot be read now: {reply.Refusal}.");
    }

    /// <returns>Null when there is none.</returns>
    /// <exception cref="StoreBusyException">Nobody can tell now.</exception>
    public async Task<Campaign?> ReadCampaign(Delivery delivery)
    {
        if (delivery.CampaignId is not { } campaignId) return null;
        var reply = await campaigns.Find(campaignId);
        return reply.Refusal is null or LeadRefusal.CampaignNotFound
            ? reply.Campaign
            : throw new StoreBusyException($"The campaign cannot be read now: {reply.Refusal}.");
    }
}

/// <summary>Whom a delivery is about.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Lead">The lead.</param>
/// <param name="Standing">Where it stands.</param>
internal sealed record ToldLead(Campaign Campaign, Lead Lead, Standing Standing);
