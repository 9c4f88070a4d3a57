using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Web;

/// <summary>Somebody who came with a good link.</summary>
internal sealed record LinkVisit(LinkTarget Target, Campaign Campaign, InstallationKeys Keys, Deadline Deadline);

/// <summary>Reads the links that lead to our pages, and does what their holders want.</summary>
internal sealed class LinkVisits(
    InstallationKeyring keyring, CampaignCatalog campaigns, LeadCalls leads, Deadlines deadlines, TimeProvider clock)
{
    public const string TokenParameter = "token";

    /// <summary>Who came, unless the link is broken, too old, or for another purpose.</summary>
    public async ValueTask<Checked<LinkVisit>> Open(HttpContext context, LinkPurpose purpose)
    {
        var deadline = deadlines.Start();
        var keys = await deadline.Bound(keyring.Get());
        if (keys.Links.Read(purpose, (string)context.Request.RouteValues[TokenParameter]!) is not { } target) return PageFaults.Broken;
        if (target.IsExpired) return PageFaults.Expired;

        var reply = await deadline.Bound(campaigns.Find(target.CampaignId));
        return reply.Campaign is { } campaign ? new LinkVisit(target, campaign, keys, deadline) : PageFaults.Of(reply.Refusal!.Value);
    }

    /// <summary>The lead of a link.</summary>
    public async Task<Checked<Lead>> Find(LinkVisit visit) =>
        Answer(await leads.Get(visit.Target.CampaignId, visit.Target.LeadId, visit.Deadline));

    /// <summary>
    /// Does something that is done once, however often it is asked for: whoever presses twice, or again after a crash, finds it done. (The
    /// token is no request id: what was taken back may be done again with the same link.)
    /// </summary>
    public async Task<Checked<Lead>> Do(LinkVisit visit, LeadOrder order)
    {
        var now = clock.GetUtcNow();
        var command = new LeadCommand
        {
            CampaignId = visit.Target.CampaignId,
            Request = new RequestStamp { Id = Guid.CreateVersion7(now), ReceivedAt = now },
            Order = order,
        };
        return Answer(await leads.Apply(visit.Target.LeadId, command, visit.Deadline));
    }

    private static Checked<Lead> Answer(LeadReply reply) => reply.Succeeded ? reply.Lead : PageFaults.Of(reply.Refusal!.Value);
}
