using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Campaigns;

/// <summary>Which of a new lead's values say whom it is about, and which it merely claims.</summary>
internal static class Claims
{
    public static string? IdentifyingEmail(this NewLead lead) => lead.IdentifiedBy is Identification.Phone ? null : lead.Email;

    public static string? IdentifyingPhone(this NewLead lead) => lead.IdentifiedBy is Identification.Email ? null : lead.Phone;

    /// <summary>The value that becomes an identifier of the lead if no other lead of the campaign has it; null if there is none.</summary>
    public static string? Claimed(this NewLead lead) => lead.IdentifiedBy switch
    {
        Identification.Phone => lead.Email,
        Identification.Email => lead.Phone,
        _ => null,
    };

    public static NewLead WithoutClaim(this NewLead lead) => lead.IdentifiedBy switch
    {
        Identification.Phone => lead with { Email = null },
        Identification.Email => lead with { Phone = null },
        _ => lead,
    };
}
