using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Campaigns;

/// <summary>What the parts of a score are worth by a campaign's settings.</summary>
internal sealed class ScoreRules(CampaignSettings settings)
{
    private readonly int _direct = settings.VerificationRequired ? 0 : settings.ReferralPoints;
    private readonly int _indirect = settings.VerificationRequired ? 0 : settings.IndirectReferralPoints;
    private readonly int _verifiedDirect = settings.VerifiedReferralPoints ?? settings.ReferralPoints;
    private readonly int _verifiedIndirect = settings.VerifiedIndirectReferralPoints ?? settings.IndirectReferralPoints;
    private readonly Dictionary<long, int> _earned = settings.Actions.Select(action => (action.Id, action.Points))
        .Concat(settings.Tags.Select(tag => (tag.Id, tag.Points)))
        .ToDictionary(entry => entry.Id, entry => entry.Points);

    /// <summary>The score of a lead of which nothing is kept.</summary>
    public int OfNewcomer => settings.SignupPoints;

    /// <summary>A lead's contest score, from 0 to the largest <see cref="int"/>.</summary>
    public int Of(LeadScore score) => score.IsExcluded ? 0 : (int)Math.Clamp(score.Points + Rest(score), 0, int.MaxValue);

    /// <summary>Points by hand may fall as low as this before the contest score would be below 0.</summary>
    public int LeastPoints(LeadScore score) => (int)Math.Max(-Rest(score), int.MinValue);

    private long Rest(LeadScore score)
    {
        var rest = settings.SignupPoints
            + ((long)score.DirectReferrals * _direct) + ((long)score.IndirectReferrals * _indirect)
            + ((long)score.VerifiedReferrals * _verifiedDirect) + ((long)score.VerifiedIndirectReferrals * _verifiedIndirect);
        foreach (var id in score.Earned.AsSpan()) rest += _earned.GetValueOrDefault(id);
        return rest;
    }
}
