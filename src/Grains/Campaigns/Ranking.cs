using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LeadEngine.Campaigns;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Campaigns;

/// <summary>
/// The scores of a campaign by their parts, and the contest ranks that follow from them. Leads of which nothing is kept have what everybody
/// has for signing up.
/// </summary>
internal sealed class Ranking
{
    private readonly Dictionary<long, Entry> _entries;
    private readonly ReferralTally _tally = new();
    private Scoreboard _board;
    private Rescoring? _rescoring;
    private int _generation;

    public Ranking(IReadOnlyCollection<ScoreRow> scores, ScoreRules rules)
    {
        _entries = new(scores.Count);
        _board = new(rules);
        foreach (var row in scores) Set(row);
    }

    /// <summary>By which the ranks of this moment are made.</summary>
    public ScoreRules Rules => _board.Rules;

    /// <summary>How far other rules have come; null while there are none.</summary>
    public RescoreProgress? Rescoring => _rescoring?.Progress;

    public LeadScore this[long leadId] => _entries.TryGetValue(leadId, out var entry) ? entry.Score : new();

    public int PointsOf(long leadId) => _entries.TryGetValue(leadId, out var entry) ? Rules.Of(entry.Score) : Rules.OfNewcomer;

    /// <summary>Points by hand may fall as low as this.</summary>
    public int LeastPoints(long leadId) => Rules.LeastPoints(this[leadId]);

    public void Set(ScoreRow row)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, row.LeadId, out var isKnown);
        Move(row.LeadId, isKnown ? entry : null, row.Score);
        entry = new Entry(row.Score, _generation);
    }

    public void Remove(long leadId)
    {
        if (_entries.Remove(leadId, out var entry)) Move(leadId, entry, null);
    }

    /// <summary>1 + how many of so many leads have more points.</summary>
    public long RankOf(int points, long leadCount) => 1 + _board.Above(points) + (points < Rules.OfNewcomer ? Newcomers(leadCount) : 0);

    /// <summary>How many leads have nothing but what everybody has.</summary>
    public long Newcomers(long leadCount) => leadCount - _entries.Count;

    public bool IsNewcomer(long leadId) => !_entries.ContainsKey(leadId);

    /// <summary>The best of those of whom something is kept.</summary>
    public RankedLead[] Best(int limit) =>
        _board.Best(limit, _entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Score)));

    public CampaignStats Describe(long leadCount)
    {
        var newcomers = Newcomers(leadCount);
        return new CampaignStats
        {
            Leads = leadCount,
            Referred = _tally.Referred,
            ReferredVerified = _tally.ReferredVerified,
            Fraudulent = _tally.Excluded,
            HighestScore = Math.Max(_board.Highest ?? 0, newcomers > 0 ? Rules.OfNewcomer : 0),
            TotalScore = _board.Total + (newcomers * Rules.OfNewcomer),
        };
    }

    /// <summary>Begins to count by other rules; what was begun for yet others is given up.</summary>
    public void Follow(ScoreRules rules)
    {
        if (rules.Equals(_rescoring?.Next.Rules)) return;
        _rescoring = rules.Equals(Rules) ? null : new(new Scoreboard(rules), ++_generation, [.. _entries.Keys]);
    }

    /// <summary>Counts so many leads by the other rules. Once all are counted, those rules hold.</summary>
    /// <returns>Whether there are no other rules any more.</returns>
    public bool GoOn(int leads)
    {
        if (_rescoring is not { } rescoring) return true;
        foreach (var leadId in rescoring.Take(leads))
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, leadId);
            if (Unsafe.IsNullRef(ref entry) || entry.Generation == rescoring.Generation) continue;
            rescoring.Next.Move(leadId, null, entry.Score);
            entry = entry with { Generation = rescoring.Generation };
        }

        if (!rescoring.IsDone) return false;
        (_board, _rescoring) = (rescoring.Next, null);
        return true;
    }

    // While other rules are on their way, each change goes into both; of a lead that they have not come to yet, there is nothing to take
    // out.
    private void Move(long leadId, Entry? former, LeadScore? next)
    {
        _tally.Move(former?.Score, next);
        _board.Move(leadId, former?.Score, next);
        if (_rescoring is not { } rescoring) return;
        rescoring.Next.Move(leadId, former?.Generation == rescoring.Generation ? former.Value.Score : null, next);
    }

    private readonly record struct Entry(LeadScore Score, int Generation);
}
