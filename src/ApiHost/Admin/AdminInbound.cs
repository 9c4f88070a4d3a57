using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Installation;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Withdraws addresses to which other systems post leads.</summary>
internal static class AdminInbound
{
    /// <summary>How many addresses of a campaign can be withdrawn.</summary>
    public const int MaxWithdrawn = 200;

    private static readonly Fault TooMany = new(
        StatusCodes.Status409Conflict, "too_many_withdrawn", $"A campaign can have {MaxWithdrawn} withdrawn inbound webhooks at most.");

    public static async Task<IResult> Withdraw(
        long id, string code, IGrainFactory grains, InstallationKeyring keyring, CampaignCatalog catalog)
    {
        var links = (await keyring.Get()).InboundLinks;
        if (links.Read(code) is not { } link || link.CampaignId != id) return new FaultResult(AdminWebhooks.NotFound);

        var campaign = grains.GetGrain<ICampaignGrain>(id);
        var changed = await AdminCampaigns.Settle(() => Withdraw(campaign, links.IdOf(link)));
        catalog.Forget(id);
        if (!changed.IsGood) return new FaultResult(changed.Fault);
        return changed.Value.Refusal is { } refusal ? new FaultResult(AdminFaults.Of(refusal)) : TypedResults.NoContent();
    }

    private static async Task<Checked<CampaignReply>> Withdraw(ICampaignGrain campaign, string linkId)
    {
        var reply = await campaign.Get();
        if (!reply.Succeeded) return reply;
        var settings = reply.Campaign.Settings;
        if (settings.WithdrawnInboundWebhooks.Contains(linkId)) return reply;
        if (settings.WithdrawnInboundWebhooks.Length >= MaxWithdrawn) return TooMany;
        return await campaign.Configure(
            reply.Campaign.Revision, settings with { WithdrawnInboundWebhooks = settings.WithdrawnInboundWebhooks.Add(linkId) });
    }
}
