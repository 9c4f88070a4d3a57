
namespace LeadEngine.Campaigns;

/// <summary>What an owner sets of a campaign.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.CampaignSettings")]
public sealed record CampaignSettings
{
    /// <summary>Name shown to the owner; 1 to 255 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Absolute http(s) address that referral links lead to. Default: the engine's own address.</summary>
    [Id(1)] public string? SiteUrl { get; init; }

    /// <summary>Absolute http(s) address of the page after sign-up. Default: the site address.</summary>
    [Id(2)] public string? ThankyouUrl { get; init; }

    /// <summary>Added to the lead count that is shown; 0 to 1,000,000,000. Default 0.</summary>
    [Id(3)] public long JumpStart { get; init; }

    /// <summary>Refuse sign-ups and look-ups without an API key. Default false.</summary>
    [Id(4)] public bool RequireApiKey { get; init; }

    /// <summary>Leave personal data out of answers to requests without an API key. Default true.</summary>
    [Id(5)] public bool HidePii { get; init; } = true;

    /// <summary>ISO 3166 region in which phone numbers without a country are read. Default <c>US</c>.</summary>
    [Id(6)] public string DefaultRegion { get; init; } = "US";

    /// <summary>New leads wait until they are let in. Default false.</summary>
    [Id(7)] public bool Waitlist { get; init; }

    /// <summary>Only verified leads count as referrals. Default false.</summary>
    [Id(8)] public bool VerificationRequired { get; init; }

    /// <summary>Points that a lead gets for each person it referred; 0 to 99,999. Default 1.</summary>
    [Id(9)] public int ReferralPoints { get; init; } = 1;

    /// <summary>Not started: leads are taken, and are shown as pending until this is false. Default false; SendKit's campaigns start so.</summary>
    [Id(10)] public bool Draft { get; init; }

    /// <summary>SendKit: leave out those whose e-mail address or its domain is on the account's do-not-contact list. Default true.</summary>
    [Id(11)] public bool SkipDoNotContact { get; init; } = true;

    /// <summary>In which order leads are posted. Default <see cref="PostingStrategy.AsReceived"/>.</summary>
    [Id(12)] public PostingStrategy PostingStrategy { get; init; }
}

/// <summary>In which order a campaign's leads are posted. Those of one external time are in rank order.</summary>
public enum PostingStrategy
{
    /// <summary>In rank order.</summary>
    AsReceived = 0,

    /// <summary>By the external time of creation, earliest first; then all leads that have none, in rank order.</summary>
    EarliestFirst = 1,

    /// <summary>By the external time of creation, latest first; then all leads that have none, in rank order.</summary>
    LatestFirst = 2,
}

/// <summary>Where a campaign is in its life.</summary>
public enum CampaignStatus
{
    /// <summary>Takes leads.</summary>
    Open = 0,

    /// <summary>Takes no new lead and gives no points; existing leads are still updated.</summary>
    Ended = 1,

    /// <summary>Takes no write at all.</summary>
    Locked = 2,
}
