using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Sqlite;

/// <summary>The scores that a unit deals with: each is read once and written once, however often it rises.</summary>
internal sealed class UnitScores(ScoreTable table, long campaignId)
{
    private Dictionary<long, (LeadScore? Before, LeadScore After)>? _scores;

    /// <summary>Tells of the lead's score in the reply even if it does not change.</summary>
    public void Mention(long leadId) => Change(leadId, score => score);

    public void AddPoints(long leadId, int points) =>
        Change(leadId, score => score with { Points = Add(score.Points, points) });

    public void CreditReferral(long parentId, long? grandparentId)
    {
        Change(parentId, score => score with { DirectReferrals = Add(score.DirectReferrals, 1) });
        if (grandparentId is { } id) Change(id, score => score with { IndirectReferrals = Add(score.IndirectReferrals, 1) });
    }

    /// <summary>Writes what changed; all that has a row is told.</summary>
    public ImmutableArray<ScoreRow> Save()
    {
        if (_scores is null) return [];
        var rows = ImmutableArray.CreateBuilder<ScoreRow>(_scores.Count);
        foreach (var (leadId, (before, after)) in _scores)
        {
            if (after != (before ?? new())) table.Write(campaignId, leadId, after);
            else if (before is null) continue;
            rows.Add(new(leadId, after));
        }
        return rows.DrainToImmutable();
    }

    private void Change(long leadId, Func<LeadScore, LeadScore> change)
    {
        _scores ??= [];
        if (!_scores.TryGetValue(leadId, out var entry))
        {
            var stored = table.Read(campaignId, leadId);
            entry = (stored, stored ?? new());
        }
        _scores[leadId] = entry with { After = change(entry.After) };
    }

    private static int Add(int number, int more) => (int)Math.Clamp((long)number + more, 0, int.MaxValue);
}
