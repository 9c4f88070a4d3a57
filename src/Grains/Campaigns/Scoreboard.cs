using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Campaigns;

/// <summary>
/// What scores are worth under one set of rules: how many have how much, and who has most. Those who are excluded are not in it.
/// </summary>
internal sealed class Scoreboard(ScoreRules rules)
{
    private readonly ScoreCounts _counts = new();
    private readonly BestScores _best = new();

    public ScoreRules Rules => rules;

    public long Total => _counts.Total;

    public int? Highest => _counts.Highest;

    public int Above(int points) => _counts.Above(points);

    /// <summary>Puts a score in the place of another.</summary>
    /// <param name="leadId">Whose.</param>
    /// <param name="former">The score that was counted; null for none.</param>
    /// <param name="next">The score to count; null for none.</param>
    public void Move(long leadId, LeadScore? former, LeadScore? next)
    {
        var (from, to) = (PointsOf(former), PointsOf(next));
        if (from == to) return;
        if (from is { } less) Count(new(less, leadId), -1);
        if (to is { } more) Count(new(more, leadId), +1);
    }

    public RankedLead[] Best(int limit, IEnumerable<KeyValuePair<long, LeadScore>> everybody) => _best.Take(
        limit, everybody.Where(entry => !entry.Value.IsExcluded).Select(entry => new RankedLead(rules.Of(entry.Value), entry.Key)));

    private int? PointsOf(LeadScore? score) => score is { IsExcluded: false } counted ? rules.Of(counted) : null;

    private void Count(RankedLead lead, int change)
    {
        _counts.Change(lead.Points, change);
        if (change > 0) _best.Add(lead);
        else _best.Remove(lead);
    }
}
