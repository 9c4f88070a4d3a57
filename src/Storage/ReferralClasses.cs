using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage;

/// <summary>As what leads count for those who referred them.</summary>
public static class ReferralClasses
{
    /// <summary>As what a lead with this profile counts.</summary>
    public static ReferralClass Of(LeadProfile profile) => profile switch
    {
        { Fraudulent: true } => ReferralClass.Nobody,
        { VerifiedEmail: true } or { VerifiedPhone: true } => ReferralClass.Verified,
        _ => ReferralClass.Unverified,
    };

    /// <summary>As what a lead counts after a change of a unit. PostgreSQL does the same in its statement.</summary>
    internal static ReferralClass After(ReferralClass before, LeadChange change, CampaignStatus status) =>
        change.CountsAs is { } next && (next < before || change.IsReview || status == CampaignStatus.Open) ? next : before;

    /// <summary>Whether something of a score comes with a new lead itself.</summary>
    internal static bool IsScored(NewLead lead) =>
        lead.Points != 0 || !lead.Earned.IsDefaultOrEmpty || Of(lead.Profile) is ReferralClass.Nobody;
}
