using Orleans.Concurrency;

namespace LeadEngine.Leads;

/// <summary>One lead's profile. Its key is the numeric lead id.</summary>
[Alias("leads.ILeadGrain")]
public interface ILeadGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Applies an upsert to this lead. Refused with <see cref="LeadRefusal.AskAgain"/> when the lead is gone or does not belong to
    /// the campaign of the command, or when the e-mail it should gain was taken meanwhile: the caller resolves its identifier again.
    /// </summary>
    [Alias("Update")]
    Task<LeadReply> Update(UpsertLead command);

    /// <summary>The lead as it stands; refused with <see cref="LeadRefusal.LeadNotFound"/> if it is not in that campaign.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<LeadReply> Get(long campaignId);
}
