using System.Diagnostics;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>What the dialect calls the states of campaigns and of their leads.</summary>
internal static class CampaignStates
{
    public const string Draft = "draft";
    public const string Active = "active";
    public const string Completed = "completed";
    public const string Locked = "locked";
    public const string Pending = "pending";
    public const string Paused = "paused";
    public const string Removed = "removed";

    /// <summary>The state of a campaign.</summary>
    public static string Of(Campaign campaign) => campaign.Status switch
    {
        CampaignStatus.Ended => Completed,
        CampaignStatus.Locked => Locked,
        _ => campaign.Settings.Draft ? Draft : Active,
    };

    /// <summary>The state of one of a campaign's leads.</summary>
    public static string Of(MemberStatus status, Campaign campaign) => status switch
    {
        MemberStatus.AsCampaign => OfUnpaused(campaign),
        MemberStatus.Paused => Paused,
        MemberStatus.Removed => Removed,
        _ => throw new UnreachableException("A lead does as its campaign, or is paused or removed."),
    };

    /// <summary>Which leads of a campaign are in a state.</summary>
    /// <returns>Null when none can be.</returns>
    public static MemberStatus? MembersIn(string state, Campaign campaign) => state switch
    {
        Paused => MemberStatus.Paused,
        Removed => MemberStatus.Removed,
        _ when state == OfUnpaused(campaign) => MemberStatus.AsCampaign,
        _ => null,
    };

    /// <summary>Whether leads have such a state anywhere.</summary>
    public static bool IsOfLead(string state) => state is Pending or Active or Paused or Completed or Removed;

    /// <summary>Whether campaigns have such a state.</summary>
    public static bool IsOfCampaign(string state) => state is Draft or Active or Completed or Locked;

    private static string OfUnpaused(Campaign campaign) => campaign.Settings.Draft ? Pending : Active;
}
