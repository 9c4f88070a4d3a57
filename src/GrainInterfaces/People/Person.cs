using System.Collections.Immutable;
using LeadEngine.Leads;

namespace LeadEngine.People;

/// <summary>
/// Somebody whom an account knows: from a sign-up in any dialect, or put into the directory by itself. The e-mail address says who it is,
/// else the phone number. SendKit calls a person a workspace lead.
/// </summary>
[GenerateSerializer, Immutable, Alias("people.Person")]
public sealed record Person
{
    /// <summary>Numeric id, unique over all accounts, never given twice. It is no lead id.</summary>
    [Id(0)] public required long Id { get; init; }

    /// <summary>The account.</summary>
    [Id(1)] public required long AccountId { get; init; }

    /// <summary>Rises by one with each write.</summary>
    [Id(2)] public required long Version { get; init; }

    /// <summary>Normalized e-mail address, unique in the account. At least one of e-mail and phone is set.</summary>
    [Id(3)] public string? Email { get; init; }

    /// <summary>Phone number in E.164 form, unique only among the people who have no e-mail address.</summary>
    [Id(4)] public string? Phone { get; init; }

    /// <summary>When the account first heard of the person.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written.</summary>
    [Id(6)] public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What is known of the person.</summary>
    [Id(7)] public required PersonDetails Details { get; init; }
}

/// <summary>What an account knows of a person. Stored as one JSON value; absent members are null, false or empty.</summary>
[GenerateSerializer, Immutable, Alias("people.PersonDetails")]
public sealed record PersonDetails
{
    /// <summary>How many tags a person can have.</summary>
    public const int MaxTags = 100;

    /// <summary>Given name.</summary>
    [Id(0)] public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    [Id(1)] public string? LastName { get; init; }

    /// <summary>Name of the company.</summary>
    [Id(2)] public string? CompanyName { get; init; }

    /// <summary>Job title.</summary>
    [Id(3)] public string? JobTitle { get; init; }

    /// <summary>Address of a LinkedIn page.</summary>
    [Id(4)] public string? LinkedinUrl { get; init; }

    /// <summary>City.</summary>
    [Id(5)] public string? City { get; init; }

    /// <summary>State or region.</summary>
    [Id(6)] public string? State { get; init; }

    /// <summary>Country, as sent.</summary>
    [Id(7)] public string? Country { get; init; }

    /// <summary>Tags as sent, at most <see cref="MaxTags"/>; no two are equal but for case.</summary>
    [Id(8)] public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Custom fields, names unique, at most <see cref="LeadProfile.MaxCustomFields"/>.</summary>
    [Id(9)] public ImmutableArray<CustomField> CustomFields { get; init; } = [];

    /// <summary>The e-mail address was verified.</summary>
    [Id(10)] public bool EmailVerified { get; init; }

    /// <summary>What its verification said, for example <c>valid</c>.</summary>
    [Id(11)] public string? EmailVerificationResult { get; init; }
}

/// <summary>Somebody who may be new to the directory.</summary>
[GenerateSerializer, Immutable, Alias("people.NewPerson")]
public sealed record NewPerson
{
    /// <summary>Normalized e-mail address. At least one of e-mail and phone is set.</summary>
    [Id(0)] public string? Email { get; init; }

    /// <summary>Phone number in E.164 form.</summary>
    [Id(1)] public string? Phone { get; init; }

    /// <summary>What is known of the person.</summary>
    [Id(2)] public required PersonDetails Details { get; init; }
}

/// <summary>What a request says of a person; null means that it says nothing, an empty text that it takes the value away.</summary>
[GenerateSerializer, Immutable, Alias("people.PersonPatch")]
public sealed record PersonPatch
{
    /// <inheritdoc cref="PersonDetails.FirstName"/>
    [Id(0)] public string? FirstName { get; init; }

    /// <inheritdoc cref="PersonDetails.LastName"/>
    [Id(1)] public string? LastName { get; init; }

    /// <inheritdoc cref="PersonDetails.CompanyName"/>
    [Id(2)] public string? CompanyName { get; init; }

    /// <inheritdoc cref="PersonDetails.JobTitle"/>
    [Id(3)] public string? JobTitle { get; init; }

    /// <inheritdoc cref="PersonDetails.LinkedinUrl"/>
    [Id(4)] public string? LinkedinUrl { get; init; }

    /// <inheritdoc cref="PersonDetails.City"/>
    [Id(5)] public string? City { get; init; }

    /// <inheritdoc cref="PersonDetails.State"/>
    [Id(6)] public string? State { get; init; }

    /// <inheritdoc cref="PersonDetails.Country"/>
    [Id(7)] public string? Country { get; init; }

    /// <summary>The tags to have in place of those there are.</summary>
    [Id(8)] public ImmutableArray<string>? Tags { get; init; }

    /// <summary>Custom fields to set; one whose JSON is <c>null</c> is removed, the others stay.</summary>
    [Id(9)] public ImmutableArray<CustomField> CustomFields { get; init; } = [];

    /// <summary>Phone number in E.164 form. Ignored for a person whom it identifies.</summary>
    [Id(10)] public string? Phone { get; init; }

    /// <inheritdoc cref="PersonDetails.EmailVerified"/>
    [Id(11)] public bool? EmailVerified { get; init; }

    /// <inheritdoc cref="PersonDetails.EmailVerificationResult"/>
    [Id(12)] public string? EmailVerificationResult { get; init; }
}
