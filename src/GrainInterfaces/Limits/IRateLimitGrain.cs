using System.Collections.Immutable;

namespace LeadEngine.Limits;

/// <summary>
/// One of those who count requests for all hosts. Its key is a number below <see cref="RateSubject.Keepers"/>; each counts for its share
/// of those who ask. They are few, so that a busy host has much to ask of one at once, and asks in one call.
/// </summary>
[Alias("limits.IRateLimitGrain")]
public interface IRateLimitGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Counts requests that are within their limits; what is refused is not counted. Counts are kept in memory: they begin anew when the
    /// silo fails that keeps them.
    /// </summary>
    /// <returns>What became of each, in the order in which they were asked for.</returns>
    [Alias("Take")]
    Task<ImmutableArray<RateReply>> Take(ImmutableArray<RateAsk> asks);
}

/// <summary>What a limit is for.</summary>
public enum RateKind
{
    /// <summary>Sign-ups of an IP address without an API key, in all campaigns together.</summary>
    ClientPosts = 0,

    /// <summary>Sign-ups of an IP address without an API key, in one campaign.</summary>
    CampaignPosts = 1,

    /// <summary>Look-ups of an IP address without an API key, in one campaign.</summary>
    CampaignGets = 2,

    /// <summary>Deletions by an account.</summary>
    AccountDeletes = 3,

    /// <summary>All else that an account asks for.</summary>
    AccountRequests = 4,

    /// <summary>All else that an account asks for about one campaign.</summary>
    CampaignRequests = 5,
}

/// <summary>Whose requests are counted together.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Who">The number of the account, or what stands for an IP address.</param>
/// <param name="CampaignId">The campaign that they are about; 0 for all.</param>
[GenerateSerializer, Immutable, Alias("limits.RateSubject")]
public readonly record struct RateSubject(
    [property: Id(0)] RateKind Kind, [property: Id(1)] long Who, [property: Id(2)] long CampaignId)
{
    /// <summary>How many grains count.</summary>
    public const int Keepers = 8;

    /// <summary>The key of the grain that counts for somebody, whatever is counted.</summary>
    public static long KeeperOf(long who)
    {
        // Addresses and account numbers that follow each other are to be spread, alike on all hosts.
        var mixed = unchecked((ulong)who * 0x9E3779B97F4A7C15);
        return (long)Math.BigMul(mixed, Keepers, out _);
    }
}

/// <summary>Requests to count, if they are within all of these limits together.</summary>
[GenerateSerializer, Immutable, Alias("limits.RateAsk")]
public sealed record RateAsk
{
    /// <summary>Where they count; at least one.</summary>
    [Id(0)] public required ImmutableArray<RateCounter> Counters { get; init; }

    /// <summary>How many; at least 1.</summary>
    [Id(1)] public int Wanted { get; init; } = 1;

    /// <summary>
    /// How long the caller may yet take its time with them, in milliseconds. They count until then and a window longer, so that never more
    /// are served in any window than its limit.
    /// </summary>
    [Id(2)] public int GoodForMilliseconds { get; init; }
}

/// <summary>A counter and what it may reach.</summary>
[GenerateSerializer, Immutable, Alias("limits.RateCounter")]
public sealed record RateCounter([property: Id(0)] RateSubject Subject, [property: Id(1)] RateRule Rule);

/// <summary>What became of requests.</summary>
/// <param name="Granted">How many of those that were wanted are within the limits, and are counted.</param>
/// <param name="WaitMilliseconds">With fewer than were wanted: after which time the next one will be.</param>
[GenerateSerializer, Immutable, Alias("limits.RateReply")]
public sealed record RateReply([property: Id(0)] int Granted, [property: Id(1)] long WaitMilliseconds);
