namespace LeadEngine.Peers;

/// <summary>What a peer that keeps leads does behind its HTTP, which is the same for all of them. E-mails come normalized.</summary>
internal interface IPeerLeads
{
    /// <summary>The new campaign's number.</summary>
    Task<long> OpenCampaignAsync(string name, CancellationToken token);

    /// <summary>Null where there is no such person in the campaign.</summary>
    Task<LeadAnswer?> FindAsync(long campaign, string email, CancellationToken token);

    /// <summary>The lead as it is stored now, or null where there is no such campaign.</summary>
    Task<LeadAnswer?> UpsertAsync(long campaign, SignUp person, CancellationToken token);
}
