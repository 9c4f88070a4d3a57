using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Campaigns;

/// <summary>What the parts of all scores of a campaign come to.</summary>
internal sealed class ReferralTally
{
    public long Referred { get; private set; }

    public long ReferredVerified { get; private set; }

    public long Excluded { get; private set; }

    public void Move(LeadScore? former, LeadScore? next)
    {
        if (former is { } less) Count(less, -1);
        if (next is { } more) Count(more, +1);
    }

    private void Count(LeadScore score, int sign)
    {
        Referred += sign * ((long)score.DirectReferrals + score.VerifiedReferrals);
        ReferredVerified += sign * (long)score.VerifiedReferrals;
        if (score.IsExcluded) Excluded += sign;
    }
}
