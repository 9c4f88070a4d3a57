using System.Collections.Immutable;
using LeadEngine.People;

namespace LeadEngine.Campaigns;

/// <summary>What an outreach campaign does about a lead, as far as somebody said so.</summary>
public enum MemberStatus
{
    /// <summary>What the campaign does: active, or pending while it is a draft.</summary>
    AsCampaign = 0,

    /// <summary>Held back.</summary>
    Paused = 1,

    /// <summary>Taken out, and its personal data with it; the rank stays spent.</summary>
    Removed = 2,
}

/// <summary>A lead as a member of the account's directory. One that was removed has no person.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.Member")]
public sealed record Member
{
    /// <summary>The lead.</summary>
    [Id(0)] public required long LeadId { get; init; }

    /// <summary>Its rank, to ask after for the next page.</summary>
    [Id(1)] public required long Rank { get; init; }

    /// <summary>When it was added.</summary>
    [Id(2)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its status.</summary>
    [Id(3)] public required MemberStatus Status { get; init; }

    /// <summary>The person in the directory.</summary>
    [Id(4)] public Person? Person { get; init; }
}

/// <summary>Which members, and how many.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.MemberQuery")]
public sealed record MemberQuery
{
    /// <summary>Only those whose rank is greater.</summary>
    [Id(0)] public long AfterRank { get; init; }

    /// <summary>How many at most.</summary>
    [Id(1)] public required int Limit { get; init; }

    /// <summary>Only those in one of these; empty for all.</summary>
    [Id(2)] public ImmutableArray<MemberStatus> Statuses { get; init; } = [];

    /// <summary>Only those whose person this describes; null for all.</summary>
    [Id(3)] public PeopleFilter? Filter { get; init; }

    /// <summary>Only these leads; empty for all.</summary>
    [Id(4)] public ImmutableArray<long> LeadIds { get; init; } = [];

    /// <summary>Only those whose rank is not greater, so that no more leads than these are looked at; null for all.</summary>
    [Id(5)] public long? UpToRank { get; init; }
}

/// <summary>How many members are in a status.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.MemberCount")]
public readonly record struct MemberCount([property: Id(0)] MemberStatus Status, [property: Id(1)] long Count);

/// <summary>A lead that shall go.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="LeaveMember">Leave a row without any personal data, in status <see cref="MemberStatus.Removed"/>.</param>
[GenerateSerializer, Immutable, Alias("campaigns.LeadRemoval")]
public readonly record struct LeadRemoval([property: Id(0)] long LeadId, [property: Id(1)] bool LeaveMember);

/// <summary>Where a lead stands in the posting order.</summary>
/// <param name="ExternalCreatedAt">Its external time; null for one that has none.</param>
/// <param name="Rank">Its rank.</param>
[GenerateSerializer, Immutable, Alias("campaigns.PostingPlace")]
public readonly record struct PostingPlace([property: Id(0)] DateTimeOffset? ExternalCreatedAt, [property: Id(1)] long Rank);
