using Orleans.Concurrency;

namespace LeadEngine.OrleansPeer;

[Alias("peer.ICampaignGrain")]
internal interface ICampaignGrain : IGrainWithIntegerKey
{
    /// <summary>False where the campaign is open already.</summary>
    [Alias("Open")]
    Task<bool> Open(string name);

    /// <summary>Counts one more lead in. Returns its rank, or null where there is no such campaign.</summary>
    [Alias("Join")]
    Task<long?> Join();

    /// <summary>Does not wait for the leads who are joining.</summary>
    [Alias("CountLeads"), AlwaysInterleave]
    Task<long> CountLeads();
}
