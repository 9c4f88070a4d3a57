using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Web;

/// <summary>
/// Verifying an e-mail address: the second half of a double opt-in. To open the link only asks, since mail scanners open links too, and
/// would verify addresses whose owners never looked.
/// </summary>
internal sealed class VerificationPages(LinkVisits visits)
{
    public async Task<Checked<Page>> Ask(HttpContext context)
    {
        var visit = await visits.Open(context, LinkPurpose.Verification);
        if (!visit.IsGood) return visit.Fault;
        var lead = await Find(visit.Value);
        if (!lead.IsGood) return lead.Fault;
        if (lead.Value.Profile.VerifiedEmail) return Verified(visit.Value);
        var question = $"Somebody signed up for {visit.Value.Campaign.Settings.Name} with your address. Was it you?";
        return Page.Of("Confirm your e-mail address", question) with
        {
            Form = new PageForm("Yes, confirm my address"),
        };
    }

    public async Task<Checked<Page>> Verify(HttpContext context)
    {
        var visit = await visits.Open(context, LinkPurpose.Verification);
        if (!visit.IsGood) return visit.Fault;
        var lead = await Find(visit.Value);
        if (lead.IsGood && !lead.Value.Profile.VerifiedEmail) lead = await visits.Do(visit.Value, LeadOrder.Verify);
        if (!lead.IsGood) return lead.Fault;
        return ThankyouPage.Of(visit.Value) ?? Verified(visit.Value);
    }

    private async Task<Checked<Lead>> Find(LinkVisit visit)
    {
        var lead = await visits.Find(visit);
        return lead is { IsGood: true, Value.Email: null } ? PageFaults.Gone : lead;
    }

    private static Page Verified(LinkVisit visit) =>
        Page.Of("Your e-mail address is confirmed", $"Thank you for joining {visit.Campaign.Settings.Name}.");
}
