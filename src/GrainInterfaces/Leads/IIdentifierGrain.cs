using Orleans.Concurrency;

namespace LeadEngine.Leads;

/// <summary>
/// One e-mail address or phone number of one campaign: the order of the upserts that name it, and the lead it leads to.
/// Its key is made by <see cref="IdentifierKey"/>.
/// </summary>
[Alias("leads.IIdentifierGrain")]
public interface IIdentifierGrain : IGrainWithStringKey
{
    /// <summary>Adds the lead that this identifier names, or updates it. The reply is sent once the change is on disk.</summary>
    [Alias("Upsert")]
    Task<LeadReply> Upsert(UpsertLead command);

    /// <summary>The lead that this identifier names; refused with <see cref="LeadRefusal.LeadNotFound"/> if there is none.</summary>
    [Alias("Find"), AlwaysInterleave]
    Task<LeadReply> Find();
}
