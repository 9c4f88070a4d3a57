using LeadEngine.Campaigns;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Campaigns;

/// <summary>The scores of a campaign, and the contest ranks that follow from them.</summary>
internal sealed class Ranking
{
    private readonly Dictionary<long, LeadScore> _scores = [];

    // How many leads have so many points, most points first. Leads without points are not counted: nobody ranks behind them.
    private readonly SortedDictionary<int, int> _leadsByPoints = new(Comparer<int>.Create((left, right) => right.CompareTo(left)));
    private int _leadsWithPoints;

    public Ranking(IEnumerable<ScoreRow> scores)
    {
        foreach (var row in scores) Set(row);
    }

    public LeadScore this[long leadId] => _scores.GetValueOrDefault(leadId);

    public void Set(ScoreRow row)
    {
        Count(_scores.GetValueOrDefault(row.LeadId).Points, -1);
        Count(row.Score.Points, +1);
        _scores[row.LeadId] = row.Score;
    }

    public void Remove(long leadId)
    {
        if (_scores.Remove(leadId, out var score)) Count(score.Points, -1);
    }

    /// <summary>1 + how many leads have more points.</summary>
    public long RankOf(int points)
    {
        if (points == 0) return 1 + _leadsWithPoints;
        var rank = 1L;
        foreach (var (others, leads) in _leadsByPoints)
        {
            if (others <= points) break;
            rank += leads;
        }

        return rank;
    }

    private void Count(int points, int change)
    {
        if (points == 0) return;
        _leadsWithPoints += change;
        var leads = _leadsByPoints.GetValueOrDefault(points) + change;
        if (leads == 0) _leadsByPoints.Remove(points);
        else _leadsByPoints[points] = leads;
    }
}
