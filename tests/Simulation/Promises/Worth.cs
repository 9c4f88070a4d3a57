using LeadEngine.Campaigns;

namespace LeadEngine.Simulation.Promises;

/// <summary>What scores come to by a campaign's settings (docs/decisions/0012-scores-by-their-parts.md).</summary>
internal static class Worth
{
    /// <summary>The contest score: never below 0, and 0 for those who take no part.</summary>
    public static int Of(CampaignSettings settings, LeadScore score) =>
        score.IsExcluded ? 0 : Math.Max(0, score.Points + OfAllButPoints(settings, score));

    /// <summary>What there is beside the points that were given and taken by hand.</summary>
    public static int OfAllButPoints(CampaignSettings settings, LeadScore score)
    {
        var verified = settings.VerifiedReferralPoints ?? settings.ReferralPoints;
        var verifiedIndirect = settings.VerifiedIndirectReferralPoints ?? settings.IndirectReferralPoints;
        var worth = settings.SignupPoints + (score.VerifiedReferrals * verified) + (score.VerifiedIndirectReferrals * verifiedIndirect);
        if (!settings.VerificationRequired)
            worth += (score.DirectReferrals * settings.ReferralPoints) + (score.IndirectReferrals * settings.IndirectReferralPoints);
        foreach (var id in score.Earned.AsSpan())
            worth += settings.Actions.FirstOrDefault(action => action.Id == id)?.Points ?? settings.Tags.First(tag => tag.Id == id).Points;
        return worth;
    }
}
