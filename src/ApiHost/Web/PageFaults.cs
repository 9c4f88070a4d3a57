using System.Diagnostics;
using LeadEngine.ApiHost.Http;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Web;

/// <summary>The faults of our pages, and the one table from refusals to them.</summary>
internal static class PageFaults
{
    public static readonly Fault Broken = new(
        StatusCodes.Status404NotFound, "link_not_found", "This link is not valid. Please see whether it came whole out of your mail.");

    public static readonly Fault Expired = new(
        StatusCodes.Status410Gone, "link_expired", "This link is too old. A newer mail holds one that works.");

    public static readonly Fault Gone = new(
        StatusCodes.Status410Gone, "lead_gone", "We hold nothing about you in this campaign any more, so there is nothing to be done.");

    private static readonly Fault Locked = new(
        StatusCodes.Status423Locked, "campaign_locked", "This campaign takes no changes at present. Please try again later.");

    public static Fault Of(LeadRefusal refusal) => refusal switch
    {
        LeadRefusal.CampaignNotFound or LeadRefusal.LeadNotFound => Gone,
        LeadRefusal.Locked or LeadRefusal.Ended => Locked,
        LeadRefusal.Busy or LeadRefusal.AskAgain => Faults.Busy,
        LeadRefusal.Unknown => Faults.Unknown,
        _ => throw new UnreachableException($"A page is not refused because of {refusal}."),
    };
}
