using System.Collections.Immutable;
using LeadEngine.Limits;

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

    /// <summary>
    /// Points that a lead gets for each person it referred who is not verified; 0 to 99,999. Default 1. None where
    /// <see cref="VerificationRequired"/> is set.
    /// </summary>
    [Id(9)] public int ReferralPoints { get; init; } = 1;

    /// <summary>
    /// Not started: leads are taken, and are shown as pending until this is false. Default false; SendKit's campaigns start so.
    /// </summary>
    [Id(10)] public bool Draft { get; init; }

    /// <summary>
    /// SendKit: leave out those whose e-mail address or its domain is on the account's do-not-contact list. Default true.
    /// </summary>
    [Id(11)] public bool SkipDoNotContact { get; init; } = true;

    /// <summary>In which order leads are posted. Default <see cref="PostingStrategy.AsReceived"/>.</summary>
    [Id(12)] public PostingStrategy PostingStrategy { get; init; }

    /// <summary>Points that each lead has for having signed up; 0 to 99,999. Default 0.</summary>
    [Id(13)] public int SignupPoints { get; init; }

    /// <summary>Points for each verified person a lead referred; 0 to 99,999. Default: <see cref="ReferralPoints"/>.</summary>
    [Id(14)] public int? VerifiedReferralPoints { get; init; }

    /// <summary>
    /// Points for each person whom those referred who were referred by the lead, not verified; 0 to 99,999. Default 0. None where
    /// <see cref="VerificationRequired"/> is set.
    /// </summary>
    [Id(15)] public int IndirectReferralPoints { get; init; }

    /// <summary>The same for each who is verified; 0 to 99,999. Default: <see cref="IndirectReferralPoints"/>.</summary>
    [Id(16)] public int? VerifiedIndirectReferralPoints { get; init; }

    /// <summary>What a lead can do for points; at most 100. One with the id 0 is new, and gets its id from the campaign.</summary>
    [Id(17)] public ImmutableArray<CampaignAction> Actions { get; init; } = [];

    /// <summary>Tags that leads can be given; at most 100. One with the id 0 is new, and gets its id from the campaign.</summary>
    [Id(18)] public ImmutableArray<LeadTag> Tags { get; init; } = [];

    /// <summary>
    /// What points lead to, in the order of the points; at most 50. One with the id 0 is new, and gets its id from the campaign.
    /// </summary>
    [Id(19)] public ImmutableArray<RewardLevel> RewardLevels { get; init; } = [];

    /// <summary>Whom to flag as fraudulent.</summary>
    [Id(20)] public FraudSettings Fraud { get; init; } = new();

    /// <summary>Each new lead with an e-mail address is sent a link by which it verifies the address. Default false.</summary>
    [Id(21)] public bool DoubleOptIn { get; init; }

    /// <summary>Each new lead with a phone number is sent a code by which it verifies the number. Default false.</summary>
    [Id(22)] public bool PhoneVerification { get; init; }

    /// <summary>How many requests it takes. Default: as the process is set.</summary>
    [Id(30)] public CampaignRateLimits RateLimits { get; init; } = new();

    /// <summary>
    /// Origins (<c>https://www.example.com</c>, in lower case) whose pages may call the public API; at most 100. Default <c>*</c>: any.
    /// </summary>
    [Id(31)] public ImmutableArray<string> CorsOrigins { get; init; } = ["*"];

    /// <summary>Inbound webhooks that were withdrawn, by the signatures of their codes; at most 200. Default: none.</summary>
    [Id(32)] public ImmutableArray<string> WithdrawnInboundWebhooks { get; init; } = [];
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
