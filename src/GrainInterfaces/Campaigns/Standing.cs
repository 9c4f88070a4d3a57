using System.Collections.Immutable;

namespace LeadEngine.Campaigns;

/// <summary>Where a lead stands in its campaign.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.Standing")]
public sealed record Standing
{
    /// <summary>How many leads the campaign has, without the jump start.</summary>
    [Id(0)] public required long LeadCount { get; init; }

    /// <summary>The lead's points and referrals.</summary>
    [Id(1)] public required LeadScore Score { get; init; }

    /// <summary>1 + how many leads have more points; leads with equal points share it.</summary>
    [Id(2)] public required long ScoreRank { get; init; }

    /// <summary>The lead's points, by the campaign's settings. 0 for one that is flagged as fraudulent.</summary>
    [Id(3)] public required int ContestScore { get; init; }
}

/// <summary>
/// What a lead's contest score is made of: what the campaign keeps of it. What each part is worth is a matter of settings.
/// </summary>
[GenerateSerializer, Immutable, Alias("campaigns.LeadScore")]
public readonly record struct LeadScore
{
    /// <summary>Makes an empty score.</summary>
    public LeadScore()
    {
    }

    /// <summary>Points that were given and taken by hand. Below 0 when points were taken that came from the other parts.</summary>
    [Id(0)] public int Points { get; init; }

    /// <summary>How many people the lead referred who count, and are not verified.</summary>
    [Id(1)] public int DirectReferrals { get; init; }

    /// <summary>How many people those referred who were referred by the lead, as far as they count and are not verified.</summary>
    [Id(2)] public int IndirectReferrals { get; init; }

    /// <summary>How many people the lead referred who count, and are verified.</summary>
    [Id(3)] public int VerifiedReferrals { get; init; }

    /// <summary>How many people those referred who were referred by the lead, as far as they count and are verified.</summary>
    [Id(4)] public int VerifiedIndirectReferrals { get; init; }

    /// <summary>The actions that the lead completed and the tags that it was given, by id, in the order of the ids.</summary>
    [Id(5)] public ImmutableArray<long> Earned { get; init; } = [];

    /// <summary>The lead is flagged as fraudulent, and takes no part in the contest.</summary>
    [Id(6)] public bool IsExcluded { get; init; }

    /// <summary>Whether both are made of the same.</summary>
    public bool Equals(LeadScore other) =>
        (Points, DirectReferrals, IndirectReferrals, VerifiedReferrals, VerifiedIndirectReferrals, IsExcluded)
        == (other.Points, other.DirectReferrals, other.IndirectReferrals, other.VerifiedReferrals, other.VerifiedIndirectReferrals, other.IsExcluded)
        && Earned.AsSpan().SequenceEqual(other.Earned.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Points, DirectReferrals, IndirectReferrals, VerifiedReferrals, VerifiedIndirectReferrals, IsExcluded);
}
