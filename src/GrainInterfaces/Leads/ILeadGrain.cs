using Orleans.Concurrency;

namespace LeadEngine.Leads;

/// <summary>One lead's profile. Its key is the numeric lead id.</summary>
[Alias("leads.ILeadGrain")]
public interface ILeadGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Applies an upsert to this lead. Refused with <see cref="LeadRefusal.LeadNotFound"/> when the lead is gone or is not in the campaign
    /// of the command, and with <see cref="LeadRefusal.AskAgain"/> when another lead has the e-mail address that it should gain.
    /// </summary>
    [Alias("Update")]
    Task<LeadReply> Update(UpsertLead command);

    /// <summary>
    /// Carries out a command. Refused with <see cref="LeadRefusal.LeadNotFound"/> when the lead is gone or is not in that campaign, with
    /// <see cref="LeadRefusal.Ended"/> when points were to be given by hand or for an action and the campaign takes none any more. A tag is
    /// then given without points.
    /// </summary>
    [Alias("Apply")]
    Task<LeadReply> Apply(LeadCommand command);

    /// <summary>
    /// Removes this lead from its campaign, as <see cref="Campaigns.ICampaignGrain.Remove"/> tells. A repeat changes nothing.
    /// </summary>
    /// <returns>Null when it is gone; else why it is not.</returns>
    [Alias("Remove")]
    Task<LeadRefusal?> Remove(long campaignId, bool leaveMember);

    /// <summary>The lead as it stands; refused with <see cref="LeadRefusal.LeadNotFound"/> if it is not in that campaign.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<LeadReply> Get(long campaignId);
}
