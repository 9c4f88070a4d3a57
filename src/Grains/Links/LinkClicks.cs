using LeadEngine.Links;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Links;

/// <summary>
/// A link and its clicks. Nobody else counts them, so the row tells which of them are on disk: also after a write of which nobody knows
/// whether it took effect.
/// </summary>
internal sealed class LinkClicks(string code, ILinkStore store)
{
    private StoredLink? _link;
    private long _unsaved;

    /// <summary>The clicks that may not be on disk.</summary>
    public long Unsaved => _unsaved;

    /// <summary>Null when there is no such link.</summary>
    public FollowedLink? Link => _link is { } link ? new(link.Url, link.CampaignId, link.LeadId, link.Clicks + _unsaved) : null;

    public async Task Load() => _link = await store.Read(code);

    /// <summary>Counts a click.</summary>
    /// <returns>Where the link leads; null when there is none.</returns>
    public string? Follow()
    {
        if (_link is not { } link) return null;
        _unsaved++;
        return link.Url;
    }

    /// <summary>
    /// Looks what is on disk, and writes what is not. It goes with its lead: then there is nothing to save any more, and no link.
    /// </summary>
    /// <returns>Whether there was nothing to save.</returns>
    public async Task<bool> Save()
    {
        if (_link is { } before && await store.Read(code) is { } now)
        {
            _unsaved = Math.Max(0, _unsaved - (now.Clicks - before.Clicks));
            _link = now;
            if (_unsaved == 0) return true;
            await store.CountClicks(code, _unsaved);
            return false;
        }

        (_link, _unsaved) = (null, 0);
        return true;
    }
}
