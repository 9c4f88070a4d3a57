using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Campaigns;

/// <summary>What the parts of a score are worth by a campaign's settings.</summary>
public sealed class ScoreRules(CampaignSettings settings) : IEquatable<ScoreRules>
{
    private readonly int _signup = settings.SignupPoints;
    private readonly int _direct = settings.VerificationRequired ? 0 : settings.ReferralPoints;
    private readonly int _indirect = settings.VerificationRequired ? 0 : settings.IndirectReferralPoints;
    private readonly int _verifiedDirect = settings.VerifiedReferralPoints ?? settings.ReferralPoints;
    private readonly int _verifiedIndirect = settings.VerifiedIndirectReferralPoints ?? settings.IndirectReferralPoints;
    private readonly Dictionary<long, int> _earned = settings.Actions.Select(action => (action.Id, action.Points))
        .Concat(settings.Tags.Select(tag => (tag.Id, tag.Points)))
        .ToDictionary(entry => entry.Id, entry => entry.Points);

    /// <summary>Those of a campaign that has no settings yet.</summary>
    public static ScoreRules None { get; } = new(new CampaignSettings { Name = "" });

    /// <summary>The score of a lead of which nothing is kept.</summary>
    public int OfNewcomer => _signup;

    /// <summary>A lead's contest score, from 0 to the largest <see cref="int"/>.</summary>
    public int Of(LeadScore score) => score.IsExcluded ? 0 : (int)Math.Clamp(score.Points + Rest(score), 0, int.MaxValue);

    /// <summary>Points by hand may fall as low as this before the contest score would be below 0.</summary>
    public int LeastPoints(LeadScore score) => (int)Math.Max(-Rest(score), int.MinValue);

    /// <summary>Whether every score is worth the same by both.</summary>
    public bool Equals(ScoreRules? other) => other is not null
        && (_signup, _direct, _indirect, _verifiedDirect, _verifiedIndirect)
        == (other._signup, other._direct, other._indirect, other._verifiedDirect, other._verifiedIndirect)
        && _earned.Count == other._earned.Count
        && _earned.All(entry => other._earned.TryGetValue(entry.Key, out var points) && points == entry.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScoreRules);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_signup, _direct, _indirect, _verifiedDirect, _verifiedIndirect, _earned.Count);

    private long Rest(LeadScore score)
    {
        var rest = _signup
            + ((long)score.DirectReferrals * _direct) + ((long)score.IndirectReferrals * _indirect)
            + ((long)score.VerifiedReferrals * _verifiedDirect) + ((long)score.VerifiedIndirectReferrals * _verifiedIndirect);
        foreach (var id in score.Earned.AsSpan()) rest += _earned.GetValueOrDefault(id);
        return rest;
    }
}
