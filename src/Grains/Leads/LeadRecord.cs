using LeadEngine.Campaigns;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Leads;

/// <summary>What an activation knows of its lead's row.</summary>
internal sealed class LeadRecord(ILeadStore store, long leadId)
{
    /// <summary>The row as it was read or written last; null when it was not there.</summary>
    public StoredLead? Stored { get; set; }

    /// <summary>Reads it. A read that took long may tell of an older state than a write since.</summary>
    public async Task LookAgain()
    {
        var read = await store.Read(leadId);
        if (Stored is null || read?.Version > Stored.Version) Stored = read;
    }

    /// <summary>
    /// Reads it after a write was refused. An earlier try of that may be what stands in its way: without a look, nobody can say.
    /// </summary>
    public async Task ReadAgain()
    {
        try
        {
            Stored = await store.Read(leadId);
        }
        catch (StoreBusyException away)
        {
            throw new StoreOutcomeUnknownException("A write was refused, and why cannot be read.", away);
        }
    }

    /// <summary>
    /// Whether a change was made. The store tries again when a commit's answer was lost: if the first try had landed, the second finds its
    /// own version in the way.
    /// </summary>
    public bool Holds(LeadChange change) =>
        Stored?.Version == change.ExpectedVersion + 1 && Stored.Requests.Recent.AsSpan().SequenceEqual(change.Requests.Recent.AsSpan());
}
