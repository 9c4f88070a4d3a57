using System.Collections.Immutable;

namespace LeadEngine.Leads;

/// <summary>What is known of a lead beyond what identifies it. Stored as one JSON value; absent members are null, false or empty.</summary>
[GenerateSerializer, Immutable, Alias("leads.LeadProfile")]
public sealed record LeadProfile
{
    /// <summary>How many custom fields a lead can hold.</summary>
    public const int MaxCustomFields = 100;

    /// <summary>Given name.</summary>
    [Id(0)] public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    [Id(1)] public string? LastName { get; init; }

    /// <summary>The client's own id of this person.</summary>
    [Id(2)] public string? Uid { get; init; }

    /// <summary>The address that the person signed up from.</summary>
    [Id(3)] public string? Ip { get; init; }

    /// <summary>The page that led to the sign-up page.</summary>
    [Id(4)] public string? Referrer { get; init; }

    /// <summary>The page on which the person signed up.</summary>
    [Id(5)] public string? SignupUrl { get; init; }

    /// <summary>Where the sign-up came from, for example <c>modal.123</c>.</summary>
    [Id(6)] public string? Source { get; init; }

    /// <summary>The client's session id.</summary>
    [Id(7)] public string? SessionId { get; init; }

    /// <summary>The client's own id of its last request.</summary>
    [Id(8)] public string? ClientRequestId { get; init; }

    /// <summary>Where the client wants the person to go next.</summary>
    [Id(9)] public string? RedirectUrl { get; init; }

    /// <summary>Custom fields in the order in which they first came, names unique.</summary>
    [Id(10)] public ImmutableArray<CustomField> CustomFields { get; init; } = [];

    /// <summary>UTM parameters without their <c>utm_</c> prefix, names unique.</summary>
    [Id(11)] public ImmutableArray<UtmParameter> Utm { get; init; } = [];

    /// <summary>Names of the lead's tags.</summary>
    [Id(12)] public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Ids of the campaign actions that the lead completed.</summary>
    [Id(13)] public ImmutableArray<long> CompletedActions { get; init; } = [];

    /// <summary>The person wants no more mail.</summary>
    [Id(14)] public bool OptedOut { get; init; }

    /// <summary>The person wants no more text messages.</summary>
    [Id(15)] public bool SmsOptedOut { get; init; }

    /// <summary>The e-mail address was confirmed.</summary>
    [Id(16)] public bool VerifiedEmail { get; init; }

    /// <summary>The phone number was confirmed.</summary>
    [Id(17)] public bool VerifiedPhone { get; init; }

    /// <summary>The lead waits to be let in.</summary>
    [Id(18)] public bool Waitlisted { get; init; }

    /// <summary>The lead was flagged as fraudulent.</summary>
    [Id(19)] public bool Fraudulent { get; init; }

    /// <summary>The normalized e-mail address of a person whom something else identifies; it may be the lead's identifier too.</summary>
    [Id(20)] public string? ContactEmail { get; init; }

    /// <summary>The phone number in E.164 form of a person whom something else identifies; it may be the lead's identifier too.</summary>
    [Id(21)] public string? ContactPhone { get; init; }

    /// <summary>The phone number as it was written, where a dialect shows it so.</summary>
    [Id(22)] public string? PhoneAsSent { get; init; }

    /// <summary>State or region, for example <c>CA</c>.</summary>
    [Id(23)] public string? Region { get; init; }

    /// <summary>Postal code.</summary>
    [Id(24)] public string? ZipCode { get; init; }

    /// <summary>The link that the person shall get; the short one, if one was made.</summary>
    [Id(25)] public string? Link { get; init; }

    /// <summary>When the client says that the lead came to be. Leads may be posted in its order.</summary>
    [Id(26)] public DateTimeOffset? ExternalCreatedAt { get; init; }

    /// <summary>
    /// Why the lead was flagged as fraudulent: <c>duplicate_ip</c>, <c>disposable_email</c>, <c>blocked_domain</c>,
    /// <c>blocked_referrer</c>, or <c>blocked</c> by the campaign's owner. Empty while it is not.
    /// </summary>
    [Id(27)] public ImmutableArray<string> FraudReasons { get; init; } = [];

    /// <summary>
    /// The address for which the lead counts against <see cref="Campaigns.FraudSettings.SignupsPerIp"/>, empty for none; null where it is
    /// <see cref="Ip"/>.
    /// </summary>
    [Id(28)] public string? CountedIp { get; init; }
}

/// <summary>A custom field of a lead.</summary>
/// <param name="Name">At most 255 characters; a dialect that makes no difference between cases sends it in lower case.</param>
/// <param name="Json">The value as JSON text, at most 4 KiB, so that a number comes back as a number.</param>
[GenerateSerializer, Immutable, Alias("leads.CustomField")]
public sealed record CustomField([property: Id(0)] string Name, [property: Id(1)] string Json);

/// <summary>A UTM parameter of a sign-up.</summary>
/// <param name="Name">The name without <c>utm_</c>, for example <c>source</c>.</param>
/// <param name="Value">The value as sent.</param>
[GenerateSerializer, Immutable, Alias("leads.UtmParameter")]
public sealed record UtmParameter([property: Id(0)] string Name, [property: Id(1)] string Value);
