using LeadEngine.ApiHost.Links;
using LeadEngine.Links;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Shows short links.</summary>
internal static class AdminLinks
{
    public static async Task<IResult> Get(string code, IGrainFactory grains)
    {
        var link = ShortLinks.IsCode(code) ? await grains.GetGrain<ILinkGrain>(code).Get() : null;
        return link is null
            ? new FaultResult(LinkFaults.NotFound)
            : AdminAccounts.Answer(StatusCodes.Status200OK, new LinkAnswer(code, link.Url, link.Clicks, link.CampaignId, link.LeadId));
    }
}

/// <summary>Answer to <c>GET /admin/links/{code}</c>.</summary>
internal sealed record LinkAnswer(string Code, string Url, long Clicks, long CampaignId, long LeadId);
