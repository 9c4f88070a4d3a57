using System.Collections.Immutable;

namespace LeadEngine.Limits;

/// <summary>At most so many requests in any span of so many seconds, wherever it begins.</summary>
/// <param name="Count">1 to <see cref="MaxCount"/>.</param>
/// <param name="Seconds">1 to <see cref="MaxSeconds"/>.</param>
[GenerateSerializer, Immutable, Alias("limits.RateLimit")]
public sealed record RateLimit([property: Id(0)] int Count, [property: Id(1)] int Seconds)
{
    /// <summary>More than any host can serve.</summary>
    public const int MaxCount = 1_000_000_000;

    /// <summary>Ten minutes: who counts forgets what is older.</summary>
    public const int MaxSeconds = 600;
}

/// <summary>Limits that hold together; none: no limit.</summary>
[GenerateSerializer, Immutable, Alias("limits.RateRule")]
public sealed record RateRule
{
    /// <summary>How many limits go into one rule at most.</summary>
    public const int MaxLimits = 10;

    /// <summary>At most <see cref="MaxLimits"/>, in any order.</summary>
    [Id(0)] public ImmutableArray<RateLimit> Limits { get; init; } = [];

    /// <summary>A rule of one limit a minute.</summary>
    public static RateRule PerMinute(int count) => new() { Limits = [new RateLimit(count, 60)] };
}

/// <summary>What a campaign's owner sets of its limits.</summary>
[GenerateSerializer, Immutable, Alias("limits.CampaignRateLimits")]
public sealed record CampaignRateLimits
{
    /// <summary>For look-ups without an API key, by IP address. Default: as the process is set.</summary>
    [Id(0)] public RateRule? Gets { get; init; }

    /// <summary>For sign-ups without an API key, by IP address. Default: as the process is set.</summary>
    [Id(1)] public RateRule? Posts { get; init; }

    /// <summary>For all requests with an API key together, a minute; 1 to <see cref="RateLimit.MaxCount"/>. Default: no limit.</summary>
    [Id(2)] public int? PerMinute { get; init; }
}
