using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Web;

/// <summary>Where people go once they are verified.</summary>
internal static class ThankyouPage
{
    private const string LeadParameter = "kolid";

    /// <summary>On to the campaign's own page; null if it has none.</summary>
    public static Page? Of(LinkVisit visit)
    {
        if (visit.Campaign.Settings.ThankyouUrl is not { } url || WebAddress.InAscii(url) is not { } address) return null;
        return Page.SeeOther(WebAddress.With(address, LeadParameter, visit.Keys.SocialIds.Encode(visit.Target.LeadId)));
    }
}
