namespace LeadEngine.Grains.Campaigns;

/// <summary>A lead with its points. The better comes first: who has more points, of equals who signed up first.</summary>
internal readonly record struct RankedLead(int Points, long LeadId) : IComparable<RankedLead>
{
    public int CompareTo(RankedLead other) => Points != other.Points ? other.Points.CompareTo(Points) : LeadId.CompareTo(other.LeadId);
}

/// <summary>
/// The best few hundred of the leads with a score, best first. All others are behind the last of them. When so many have left that a
/// leaderboard might not be full, they are gathered anew: at a million leads that takes some hundredths of a second, and needs hundreds of
/// the best to fall back.
/// </summary>
internal sealed class BestScores
{
    private const int Kept = 500;

    private readonly List<RankedLead> _best = [];
    private bool _isEverybody = true;

    public void Add(RankedLead lead)
    {
        if (!_isEverybody && (_best.Count == 0 || lead.CompareTo(_best[^1]) > 0)) return;
        _best.Insert(~_best.BinarySearch(lead), lead);
        if (_best.Count <= Kept) return;
        _best.RemoveAt(Kept);
        _isEverybody = false;
    }

    public void Remove(RankedLead lead)
    {
        var at = _best.BinarySearch(lead);
        if (at >= 0) _best.RemoveAt(at);
    }

    /// <summary>The best, at most <paramref name="limit"/>.</summary>
    /// <param name="limit">Far fewer than are kept.</param>
    /// <param name="everybody">All leads with a score, in any order.</param>
    public RankedLead[] Take(int limit, IEnumerable<RankedLead> everybody)
    {
        if (_best.Count < limit && !_isEverybody) Gather(everybody);
        return [.. _best.Take(limit)];
    }

    private void Gather(IEnumerable<RankedLead> everybody)
    {
        _best.Clear();
        _isEverybody = true;
        foreach (var lead in everybody) Add(lead);
    }
}
