namespace LeadEngine.Storage;

/// <summary>
/// Where short links are kept. They are made with the leads that they are for. Exceptions as of <see cref="ILeadStore"/>.
/// </summary>
public interface ILinkStore
{
    /// <summary>A short link; null when there is none.</summary>
    Task<StoredLink?> Read(string code);

    /// <summary>Adds clicks to a link.</summary>
    Task CountClicks(string code, long clicks);
}

/// <summary>A short link.</summary>
/// <param name="Url">Where it leads.</param>
/// <param name="CampaignId">The campaign of its lead.</param>
/// <param name="LeadId">The lead that it was made for.</param>
/// <param name="Clicks">How often it was followed.</param>
public sealed record StoredLink(string Url, long CampaignId, long LeadId, long Clicks);
