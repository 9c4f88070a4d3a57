namespace LeadEngine.Links;

/// <summary>One short link. Its key is the code.</summary>
[Alias("links.ILinkGrain")]
public interface ILinkGrain : IGrainWithStringKey
{
    /// <summary>
    /// Where the link leads; null when there is none. The click is counted, and the count is on disk within about a second: one that is
    /// under way when a process is killed may be lost.
    /// </summary>
    [Alias("Follow")]
    Task<string?> Follow();

    /// <summary>The link as it stands; null when there is none. Asking is no click.</summary>
    [Alias("Get")]
    Task<FollowedLink?> Get();
}

/// <summary>A short link, and what became of it.</summary>
/// <param name="Url">Where it leads.</param>
/// <param name="CampaignId">The campaign of its lead.</param>
/// <param name="LeadId">The lead that it was made for.</param>
/// <param name="Clicks">How often it was followed, those clicks included that are not yet on disk.</param>
[GenerateSerializer, Immutable, Alias("links.FollowedLink")]
public sealed record FollowedLink(
    [property: Id(0)] string Url, [property: Id(1)] long CampaignId, [property: Id(2)] long LeadId, [property: Id(3)] long Clicks);
