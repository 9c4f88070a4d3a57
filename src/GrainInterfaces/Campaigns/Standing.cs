
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
}

/// <summary>The points and referrals of a lead: what the campaign keeps of it.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.LeadScore")]
public readonly record struct LeadScore
{
    /// <summary>Contest points, never below 0.</summary>
    [Id(0)] public int Points { get; init; }

    /// <summary>How many people the lead referred.</summary>
    [Id(1)] public int DirectReferrals { get; init; }

    /// <summary>How many people those referred.</summary>
    [Id(2)] public int IndirectReferrals { get; init; }
}
