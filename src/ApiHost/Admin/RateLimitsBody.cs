using LeadEngine.ApiHost.Limits;
using LeadEngine.Limits;

namespace LeadEngine.ApiHost.Admin;

/// <summary>A campaign's limits as the administration writes and reads them; null is what the process is set to.</summary>
internal sealed record RateLimitsBody
{
    public static readonly string WhatIsValid =
        $"rate_limits must have gets and posts of at most {RateRule.MaxLimits} limits, each with a count of 1 to {RateLimit.MaxCount} and "
        + $"seconds of 1 to {RateLimit.MaxSeconds}, and a per_minute of 1 to {RateLimit.MaxCount}.";

    public RateLimitBody[]? Gets { get; init; }

    public RateLimitBody[]? Posts { get; init; }

    public int? PerMinute { get; init; }

    public bool IsValid() => IsRule(Gets) && IsRule(Posts) && PerMinute is null or (>= 1 and <= RateLimit.MaxCount);

    public static RateLimitsBody From(CampaignRateLimits limits) =>
        new() { Gets = BodyOf(limits.Gets), Posts = BodyOf(limits.Posts), PerMinute = limits.PerMinute };

    public CampaignRateLimits ToSettings() => new() { Gets = RuleOf(Gets), Posts = RuleOf(Posts), PerMinute = PerMinute };

    private static bool IsRule(RateLimitBody[]? limits) => limits is null
        || (limits.Length <= RateRule.MaxLimits && Array.TrueForAll(limits, limit => limit is not null && RateRuleText.IsLimit(limit.ToLimit())));

    private static RateRule? RuleOf(RateLimitBody[]? limits) =>
        limits is null ? null : new() { Limits = [.. limits.Select(limit => limit.ToLimit())] };

    private static RateLimitBody[]? BodyOf(RateRule? rule) =>
        rule is null ? null : [.. rule.Limits.Select(limit => new RateLimitBody(limit.Count, limit.Seconds))];
}

/// <summary>So many requests in so many seconds.</summary>
internal sealed record RateLimitBody(int Count, int Seconds)
{
    public RateLimit ToLimit() => new(Count, Seconds);
}

/// <summary>An account's limits as the administration writes and reads them.</summary>
internal sealed record AccountRateLimitsBody(int? PerMinute = null)
{
    public bool IsValid() => PerMinute is null or (>= 1 and <= RateLimit.MaxCount);
}
