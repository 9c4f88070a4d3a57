using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Leads;

/// <summary>Adds a lead to a campaign, or updates the one that its identifiers name. All values are normalized and within limits.</summary>
[GenerateSerializer, Immutable, Alias("leads.UpsertLead")]
public sealed record UpsertLead
{
    /// <summary>The campaign.</summary>
    [Id(0)] public required long CampaignId { get; init; }

    /// <summary>Which request this is, so that a repeat has one effect.</summary>
    [Id(1)] public required RequestStamp Request { get; init; }

    /// <summary>The e-mail address, if one was sent. Identifies before the phone number does.</summary>
    [Id(2)] public string? Email { get; init; }

    /// <summary>The phone number in E.164 form, if one was sent.</summary>
    [Id(3)] public string? Phone { get; init; }

    /// <summary>What the request says of the person.</summary>
    [Id(4)] public required LeadPatch Patch { get; init; }

    /// <summary>Refuse with <see cref="LeadRefusal.LeadNotFound"/> rather than add a lead.</summary>
    [Id(5)] public bool MustExist { get; init; }

    /// <summary>Leave an opted-out lead opted out.</summary>
    [Id(6)] public bool KeepOptOut { get; init; }

    /// <summary>
    /// Points to add to the lead's score; the sender has checked the right to give them. Ignored once the campaign ended.
    /// </summary>
    [Id(7)] public int Points { get; init; }

    /// <summary>The lead that referred this person. Counts only when the lead is new and the referrer is in the campaign.</summary>
    [Id(8)] public long? ReferrerId { get; init; }

    /// <summary>
    /// Between grains only: answer if the lead has seen the request; else change nothing, and refuse with
    /// <see cref="LeadRefusal.LeadNotFound"/>.
    /// </summary>
    [Id(9)] public bool IsRecall { get; init; }

    /// <summary>Refuse with <see cref="LeadRefusal.AlreadyExists"/> rather than update a lead.</summary>
    [Id(10)] public bool MustBeNew { get; init; }

    /// <summary>Which of the values identify.</summary>
    [Id(11)] public Identification IdentifiedBy { get; init; }

    /// <summary>A short link to make with a new lead.</summary>
    [Id(12)] public ShortLink? ShortLink { get; init; }

    /// <summary>A new lead is not counted against <see cref="FraudSettings.SignupsPerIp"/>.</summary>
    [Id(13)] public bool SkipIpCheck { get; init; }

    /// <summary>Tags to give the lead with the change.</summary>
    [Id(14)] public ImmutableArray<LeadTag> Tags { get; init; } = [];
}

/// <summary>What a request says of a person; null means that it says nothing.</summary>
[GenerateSerializer, Immutable, Alias("leads.LeadPatch")]
public sealed record LeadPatch
{
    /// <inheritdoc cref="LeadProfile.FirstName"/>
    [Id(0)] public string? FirstName { get; init; }

    /// <inheritdoc cref="LeadProfile.LastName"/>
    [Id(1)] public string? LastName { get; init; }

    /// <inheritdoc cref="LeadProfile.Uid"/>
    [Id(2)] public string? Uid { get; init; }

    /// <inheritdoc cref="LeadProfile.Ip"/>
    [Id(3)] public string? Ip { get; init; }

    /// <inheritdoc cref="LeadProfile.Referrer"/>
    [Id(4)] public string? Referrer { get; init; }

    /// <inheritdoc cref="LeadProfile.SignupUrl"/>
    [Id(5)] public string? SignupUrl { get; init; }

    /// <inheritdoc cref="LeadProfile.Source"/>
    [Id(6)] public string? Source { get; init; }

    /// <inheritdoc cref="LeadProfile.SessionId"/>
    [Id(7)] public string? SessionId { get; init; }

    /// <inheritdoc cref="LeadProfile.ClientRequestId"/>
    [Id(8)] public string? ClientRequestId { get; init; }

    /// <inheritdoc cref="LeadProfile.RedirectUrl"/>
    [Id(9)] public string? RedirectUrl { get; init; }

    /// <summary>Custom fields to set; one whose JSON is <c>null</c> is removed. Names are unique.</summary>
    [Id(10)] public ImmutableArray<CustomField> CustomFields { get; init; } = [];

    /// <summary>UTM parameters to set. Names are unique.</summary>
    [Id(11)] public ImmutableArray<UtmParameter> Utm { get; init; } = [];

    /// <inheritdoc cref="LeadProfile.ContactEmail"/>
    [Id(12)] public string? ContactEmail { get; init; }

    /// <inheritdoc cref="LeadProfile.ContactPhone"/>
    [Id(13)] public string? ContactPhone { get; init; }

    /// <inheritdoc cref="LeadProfile.PhoneAsSent"/>
    [Id(14)] public string? PhoneAsSent { get; init; }

    /// <inheritdoc cref="LeadProfile.Region"/>
    [Id(15)] public string? Region { get; init; }

    /// <inheritdoc cref="LeadProfile.ZipCode"/>
    [Id(16)] public string? ZipCode { get; init; }

    /// <inheritdoc cref="LeadProfile.Link"/>
    [Id(17)] public string? Link { get; init; }

    /// <inheritdoc cref="LeadProfile.ExternalCreatedAt"/>
    [Id(18)] public DateTimeOffset? ExternalCreatedAt { get; init; }
}
