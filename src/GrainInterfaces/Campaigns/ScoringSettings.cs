using System.Collections.Immutable;

namespace LeadEngine.Campaigns;

/// <summary>Something that a lead can do, once, for points.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.CampaignAction")]
public sealed record CampaignAction
{
    /// <summary>Unique among the actions, tags and reward levels of the campaign, and never given twice.</summary>
    [Id(0)] public long Id { get; init; }

    /// <summary>1 to 255 characters.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>0 to 99,999.</summary>
    [Id(2)] public int Points { get; init; }
}

/// <summary>A tag that leads can be given. It counts once for each lead.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.LeadTag")]
public sealed record LeadTag
{
    /// <inheritdoc cref="CampaignAction.Id"/>
    [Id(0)] public long Id { get; init; }

    /// <summary>1 to 255 characters, unique in the campaign without regard to case.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>At most 1,000 characters.</summary>
    [Id(2)] public string? Description { get; init; }

    /// <summary>0 to 99,999.</summary>
    [Id(3)] public int Points { get; init; }
}

/// <summary>A contest score that leads to something.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.RewardLevel")]
public sealed record RewardLevel
{
    /// <inheritdoc cref="CampaignAction.Id"/>
    [Id(0)] public long Id { get; init; }

    /// <summary>1 to 2,147,483,647.</summary>
    [Id(1)] public required int RequiredPoints { get; init; }

    /// <summary>What its owner calls it; 1 to 255 characters.</summary>
    [Id(2)] public required string Subject { get; init; }
}

/// <summary>
/// Which new leads are flagged as fraudulent. They are taken all the same, and are out of the contest until they are approved.
/// </summary>
[GenerateSerializer, Immutable, Alias("campaigns.FraudSettings")]
public sealed record FraudSettings
{
    /// <summary>
    /// So many leads may sign up from one IP address; those that follow are flagged. 1 to 1,000,000. Default: any number.
    /// </summary>
    [Id(0)] public int? SignupsPerIp { get; init; }

    /// <summary>Flag those with an e-mail address of a service for throw-away addresses. Default false.</summary>
    [Id(1)] public bool FlagDisposable { get; init; }

    /// <summary>E-mail domains to flag, with all below them, in lower case; at most 1,000.</summary>
    [Id(2)] public ImmutableArray<string> EmailDomains { get; init; } = [];

    /// <summary>Domains of referring pages to flag, with all below them, in lower case; at most 1,000.</summary>
    [Id(3)] public ImmutableArray<string> ReferrerDomains { get; init; } = [];
}
