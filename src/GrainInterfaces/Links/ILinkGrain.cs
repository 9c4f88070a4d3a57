namespace LeadEngine.Links;

/// <summary>One short link. Its key is the code.</summary>
[Alias("links.ILinkGrain")]
public interface ILinkGrain : IGrainWithStringKey
{
    /// <summary>
    /// Where the link leads; null when there is none. The click is counted, and the count is on disk within about a second: one that is under
    /// way when a process is killed may be lost.
    /// </summary>
    [Alias("Follow")]
    Task<string?> Follow();

    /// <summary>How often the link was followed, those included that are not yet on disk; null when there is none.</summary>
    [Alias("CountClicks")]
    Task<long?> CountClicks();
}
