using System.Collections.Immutable;

namespace LeadEngine.Webhooks;

/// <summary>Who wants to be told of what.</summary>
[GenerateSerializer, Immutable, Alias("webhooks.Subscription")]
public sealed record Subscription
{
    /// <summary>Numeric id, unique in the installation; 0 for one that is new.</summary>
    [Id(0)] public long Id { get; init; }

    /// <summary>The account.</summary>
    [Id(1)] public required long AccountId { get; init; }

    /// <summary>The one campaign that it is about; null for all of the account's, and what concerns none.</summary>
    [Id(2)] public long? CampaignId { get; init; }

    /// <summary>In whose form, and by what way, it is told.</summary>
    [Id(3)] public required Channel Channel { get; init; }

    /// <summary>Absolute http or https address, at most 2,048 characters; empty where the channel needs none.</summary>
    [Id(4)] public required string Url { get; init; }

    /// <summary>What to tell: a bit for each <see cref="EventKind"/>.</summary>
    [Id(5)] public required long Kinds { get; init; }

    /// <summary>What requests are signed with: 32 random bytes.</summary>
    [Id(6)] public required ImmutableArray<byte> Secret { get; init; }

    /// <summary>What its owner calls it; at most 255 characters.</summary>
    [Id(7)] public string? Name { get; init; }

    /// <summary>Where it was made from, as its client says; at most 255 characters.</summary>
    [Id(8)] public string? Source { get; init; }

    /// <summary>How often delivery is tried again before it is given up; null for some 76 hours of tries.</summary>
    [Id(9)] public int? Retries { get; init; }

    /// <summary>How long the receiver may take, in milliseconds, 1,000 to 30,000.</summary>
    [Id(10)] public int TimeoutMs { get; init; } = 10_000;

    /// <summary>When it was made.</summary>
    [Id(11)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why nothing is told at present; null while it is. What happens meanwhile is not kept.</summary>
    [Id(12)] public string? DisabledFor { get; init; }

    /// <summary>The bit of a kind.</summary>
    public static long Bit(EventKind kind) => 1L << (int)kind;

    /// <summary>Whether it wants to be told of that.</summary>
    public bool Wants(EventKind kind) => (Kinds & Bit(kind)) != 0;
}

/// <summary>In whose form, and by what way, events are told. The numbers are stored.</summary>
public enum Channel
{
    /// <summary>Webhooks of KickoffLabs.</summary>
    KickoffLabs = 0,

    /// <summary>Webhooks of Aktify, version 2.</summary>
    Aktify = 1,

    /// <summary>Webhooks of SendKit.</summary>
    SendKit = 2,

    /// <summary>Mail to the lead itself.</summary>
    Mail = 3,

    /// <summary>Text messages to the lead itself.</summary>
    Text = 4,
}
