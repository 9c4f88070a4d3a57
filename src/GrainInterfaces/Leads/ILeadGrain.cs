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

    /// <summary>The lead as it stands; refused with <see cref="LeadRefusal.LeadNotFound"/> if it is not in that campaign.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<LeadReply> Get(long campaignId);
}
