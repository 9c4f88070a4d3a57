using LeadEngine.Leads;

namespace LeadEngine.Campaigns;

/// <summary>A lead of the leaderboard.</summary>
/// <param name="Lead">The lead.</param>
/// <param name="ContestScore">Its points.</param>
/// <param name="ScoreRank">1 + how many leads have more points.</param>
[GenerateSerializer, Immutable, Alias("campaigns.Leader")]
public sealed record Leader([property: Id(0)] Lead Lead, [property: Id(1)] int ContestScore, [property: Id(2)] long ScoreRank);

/// <summary>A campaign in numbers.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.CampaignStats")]
public sealed record CampaignStats
{
    /// <summary>A campaign without leads.</summary>
    public static readonly CampaignStats Empty = new()
    {
        Leads = 0,
        Referred = 0,
        ReferredVerified = 0,
        Fraudulent = 0,
        HighestScore = 0,
        TotalScore = 0,
    };

    /// <summary>How many leads there are, without the jump start.</summary>
    [Id(0)] public required long Leads { get; init; }

    /// <summary>How many of them were referred.</summary>
    [Id(1)] public required long Referred { get; init; }

    /// <summary>How many of those who were referred are verified.</summary>
    [Id(2)] public required long ReferredVerified { get; init; }

    /// <summary>How many leads are flagged as fraudulent.</summary>
    [Id(3)] public required long Fraudulent { get; init; }

    /// <summary>The highest contest score.</summary>
    [Id(4)] public required int HighestScore { get; init; }

    /// <summary>All contest scores together.</summary>
    [Id(5)] public required long TotalScore { get; init; }
}
