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

    private readonly ScoreRules _rules;

    public Ranking(IEnumerable<ScoreRow> scores, ScoreRules rules)
    {
        _rules = rules;
        foreach (var row in scores) Set(row);
    }

    public LeadScore this[long leadId] => _scores.GetValueOrDefault(leadId, new());

    public int PointsOf(long leadId) => _scores.TryGetValue(leadId, out var score) ? _rules.Of(score) : _rules.OfNewcomer;

    public void Set(ScoreRow row)
    {
        if (_scores.TryGetValue(row.LeadId, out var former)) Count(_rules.Of(former), -1);
        Count(_rules.Of(row.Score), +1);
        _scores[row.LeadId] = row.Score;
    }

    public void Remove(long leadId)
    {
        if (_scores.Remove(leadId, out var score)) Count(_rules.Of(score), -1);
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
