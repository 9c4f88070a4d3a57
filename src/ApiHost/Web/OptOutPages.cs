using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Web;

/// <summary>
/// Opting out. The default link does it when it is opened, as the vendor's does; the safe one, and a mere look, ask first. A post does it,
/// be it the page's button or the mail program's own (RFC 8058).
/// </summary>
internal sealed class OptOutPages(LinkVisits visits)
{
    /// <summary>The query parameter that makes a link a safe one.</summary>
    public const string ConfirmParameter = "confirm";

    public Task<Checked<Page>> Open(HttpContext context) =>
        HttpMethods.IsHead(context.Request.Method) || context.Request.Query.ContainsKey(ConfirmParameter) ? Ask(context) : OptOut(context);

    public async Task<Checked<Page>> OptOut(HttpContext context)
    {
        var visit = await visits.Open(context, LinkPurpose.OptOut);
        if (!visit.IsGood) return visit.Fault;
        var lead = await visits.Do(visit.Value, LeadOrder.OptOut);
        return lead.IsGood ? OptedOut(context, visit.Value) : lead.Fault;
    }

    public async Task<Checked<Page>> OptIn(HttpContext context)
    {
        var visit = await visits.Open(context, LinkPurpose.OptOut);
        if (!visit.IsGood) return visit.Fault;
        var lead = await visits.Do(visit.Value, LeadOrder.OptIn);
        if (!lead.IsGood) return lead.Fault;
        return Page.Of("You are back", $"You will get mail of {visit.Value.Campaign.Settings.Name} again.");
    }

    private async Task<Checked<Page>> Ask(HttpContext context)
    {
        var visit = await visits.Open(context, LinkPurpose.OptOut);
        if (!visit.IsGood) return visit.Fault;
        var lead = await visits.Find(visit.Value);
        if (!lead.IsGood) return lead.Fault;
        if (lead.Value.Profile.OptedOut) return OptedOut(context, visit.Value);
        return Page.Of("Unsubscribe?", $"Do you want no more mail of {visit.Value.Campaign.Settings.Name}?") with
        {
            Form = new PageForm("Unsubscribe"),
        };
    }

    private static Page OptedOut(HttpContext context, LinkVisit visit) =>
        Page.Of("You are unsubscribed", $"You will get no more mail of {visit.Campaign.Settings.Name}.") with
        {
            Form = new PageForm("That was a mistake: subscribe me again", $"{context.Request.RouteValues[LinkVisits.TokenParameter]}/undo"),
        };
}
