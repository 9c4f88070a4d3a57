using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LeadEngine.Limits;

namespace LeadEngine.ApiHost.Limits;

/// <summary>Rules as settings write them: <c>10/60, 20/180</c>.</summary>
internal static class RateRuleText
{
    /// <summary>Whether a limit is one that can be kept.</summary>
    public static bool IsLimit(RateLimit limit) =>
        limit is { Count: >= 1 and <= RateLimit.MaxCount, Seconds: >= 1 and <= RateLimit.MaxSeconds };

    public static bool TryRead(string text, [NotNullWhen(true)] out RateRule? rule)
    {
        rule = null;
        var limits = ImmutableArray.CreateBuilder<RateLimit>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ReadLimit(part) is not { } limit) return false;
            limits.Add(limit);
        }

        if (limits.Count > RateRule.MaxLimits) return false;
        rule = new RateRule { Limits = limits.ToImmutable() };
        return true;
    }

    private static RateLimit? ReadLimit(string text) =>
        text.Split('/', StringSplitOptions.TrimEntries) is [var count, var seconds]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
        && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var window)
        && new RateLimit(requests, window) is var limit
        && IsLimit(limit)
            ? limit
            : null;
}
