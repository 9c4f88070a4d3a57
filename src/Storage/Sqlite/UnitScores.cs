using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Sqlite;

/// <summary>The scores that a unit deals with: each is read once and written once, however often it changes.</summary>
internal sealed class UnitScores(ScoreTable table, long campaignId)
{
    private Dictionary<long, (LeadScore? Before, LeadScore After)>? _scores;

    /// <summary>A score as the unit has made it so far.</summary>
    public LeadScore this[long leadId] => Entry(leadId).After;

    /// <summary>Tells of the lead's score in the reply even if it does not change.</summary>
    public void Mention(long leadId) => Change(leadId, score => score);

    /// <inheritdoc cref="Mention(long)"/>
    public void Mention(Referrers referrers)
    {
        if (referrers.Parent is { } parent) Mention(parent);
        if (referrers.Grandparent is { } grandparent) Mention(grandparent);
    }

    /// <summary>What a new lead starts with.</summary>
    public void Begin(long leadId, NewLead lead) => Change(leadId, _ => new()
    {
        Points = Math.Max(lead.Points, 0),
        Earned = lead.Earned.IsDefault ? [] : lead.Earned,
        IsExcluded = ReferralClasses.Of(lead.Profile) is ReferralClass.Nobody,
    });

    /// <summary>Gives and takes points by hand; they are no less than <paramref name="least"/>, neither before nor after.</summary>
    public void AddPoints(long leadId, int points, int least) => Change(
        leadId, score => score with { Points = (int)Math.Clamp((long)Math.Max(score.Points, least) + points, least, int.MaxValue) });

    public void Earn(long leadId, ImmutableArray<long> ids) => Change(
        leadId, score => score with { Earned = [.. score.Earned.Union(ids).Order()] });

    public void Exclude(long leadId, bool isExcluded) => Change(leadId, score => score with { IsExcluded = isExcluded });

    /// <summary>Counts a lead for those who referred it, or with -1 no more.</summary>
    public void Count(Referrers referrers, ReferralClass leadClass, int change)
    {
        var (verified, unverified) = leadClass switch
        {
            ReferralClass.Unverified => (0, change),
            ReferralClass.Verified => (change, 0),
            _ => (0, 0),
        };
        if ((verified, unverified) == (0, 0)) return;
        if (referrers.Parent is { } parent) CountDirect(parent, unverified, verified);
        if (referrers.Grandparent is { } grandparent) CountIndirect(grandparent, unverified, verified);
    }

    private void CountDirect(long leadId, int unverified, int verified) => Change(leadId, score => score with
    {
        DirectReferrals = Add(score.DirectReferrals, unverified),
        VerifiedReferrals = Add(score.VerifiedReferrals, verified),
    });

    /// <summary>Counts those whom somebody referred whom the lead referred.</summary>
    public void CountIndirect(long leadId, int unverified, int verified) => Change(leadId, score => score with
    {
        IndirectReferrals = Add(score.IndirectReferrals, unverified),
        VerifiedIndirectReferrals = Add(score.VerifiedIndirectReferrals, verified),
    });

    /// <summary>Removes the score of a lead that goes.</summary>
    public void Remove(long leadId)
    {
        _scores?.Remove(leadId);
        table.Delete(campaignId, leadId);
    }

    /// <summary>Writes what changed; all that has a row is told.</summary>
    /// <param name="changed">Hears of the scores that changed: of which lead, and what they were made of before and are now.</param>
    public ImmutableArray<ScoreRow> Save(Action<long, LeadScore, LeadScore> changed)
    {
        if (_scores is null) return [];
        var rows = ImmutableArray.CreateBuilder<ScoreRow>(_scores.Count);
        foreach (var (leadId, (before, after)) in _scores)
        {
            if (after != (before ?? new()))
            {
                table.Write(campaignId, leadId, after);
                changed(leadId, before ?? new(), after);
            }
            else if (before is null) continue;
            rows.Add(new(leadId, after));
        }
        return rows.DrainToImmutable();
    }

    private void Change(long leadId, Func<LeadScore, LeadScore> change)
    {
        var entry = Entry(leadId);
        _scores![leadId] = entry with { After = change(entry.After) };
    }

    private (LeadScore? Before, LeadScore After) Entry(long leadId)
    {
        _scores ??= [];
        if (_scores.TryGetValue(leadId, out var entry)) return entry;
        var stored = table.Read(campaignId, leadId);
        return (stored, stored ?? new());
    }

    private static int Add(int number, int more) => (int)Math.Clamp((long)number + more, 0, int.MaxValue);
}

/// <summary>Who referred a lead, and who referred that one; those who are gone are left out, and who comes before them.</summary>
internal readonly record struct Referrers(long? Parent, long? Grandparent);
