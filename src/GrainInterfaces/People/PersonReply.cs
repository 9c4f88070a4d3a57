using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace LeadEngine.People;

/// <summary>A person, or the reason why there is none: exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("people.PersonReply")]
public sealed record PersonReply
{
    /// <summary>The person.</summary>
    [Id(0)] public Person? Person { get; private init; }

    /// <summary>Why there is none, or no change.</summary>
    [Id(1)] public PersonRefusal? Refusal { get; private init; }

    /// <summary>The person who has the e-mail address or phone number already.</summary>
    [Id(2)] public long? ExistingId { get; private init; }

    /// <summary>Whether there is a person.</summary>
    [MemberNotNullWhen(true, nameof(Person))]
    public bool Succeeded => Person is not null;

    /// <summary>The person as added, found or changed.</summary>
    public static PersonReply Accepted(Person person) => new() { Person = person };

    /// <summary>Nobody, or no change.</summary>
    public static PersonReply Refused(PersonRefusal why) => new() { Refusal = why };

    /// <summary>Somebody has the address or number already.</summary>
    public static PersonReply Exists(long personId) => new() { Refusal = PersonRefusal.AlreadyExists, ExistingId = personId };
}

/// <summary>Why the directory did not do what it was asked to.</summary>
public enum PersonRefusal
{
    /// <summary>There is no such person in this account.</summary>
    NotFound,

    /// <summary>Somebody has the e-mail address, or without one the phone number.</summary>
    AlreadyExists,

    /// <summary>The person would have too many tags or custom fields. Nothing changed.</summary>
    TooMany,
}

/// <summary>What became of somebody who was to be put into the directory.</summary>
/// <param name="PersonId">The new or the existing person; 0 when there is none.</param>
/// <param name="Outcome">What was done.</param>
[GenerateSerializer, Immutable, Alias("people.ImportedPerson")]
public readonly record struct ImportedPerson([property: Id(0)] long PersonId, [property: Id(1)] ImportOutcome Outcome);

/// <summary>What an import did with somebody.</summary>
public enum ImportOutcome
{
    /// <summary>Nobody had the address or number.</summary>
    Added,

    /// <summary>Somebody had, and was changed.</summary>
    Updated,

    /// <summary>Somebody had, and was left as it was; or an earlier entry of the same import was about the same person.</summary>
    Skipped,

    /// <summary>
    /// The person would have too many tags or custom fields, and was not added or left as it was. There is no id of one not added.
    /// </summary>
    TooMany,
}

/// <summary>What became of people who were to go.</summary>
[GenerateSerializer, Immutable, Alias("people.PeopleDeletion")]
public sealed record PeopleDeletion
{
    /// <summary>How many are gone.</summary>
    [Id(0)] public int Deleted { get; init; }

    /// <summary>
    /// Campaigns under way that have some of them as members: nobody was deleted because of these, or, where a member came meanwhile,
    /// nobody more.
    /// </summary>
    [Id(1)] public ImmutableArray<long> InTheWay { get; init; } = [];

    /// <summary>Why some may be left, though nothing was in the way.</summary>
    [Id(2)] public Leads.LeadRefusal? Refusal { get; init; }
}

/// <summary>Somebody not to be contacted.</summary>
/// <param name="Kind">What the value is.</param>
/// <param name="Value">Normalized.</param>
/// <param name="Reason">Why, as the client says.</param>
[GenerateSerializer, Immutable, Alias("people.DoNotContact")]
public sealed record DoNotContact(
    [property: Id(0)] DoNotContactKind Kind, [property: Id(1)] string Value, [property: Id(2)] string Reason);

/// <summary>What a do-not-contact entry names.</summary>
public enum DoNotContactKind
{
    /// <summary>An e-mail address.</summary>
    Email = 0,

    /// <summary>All e-mail addresses of a domain, in its ASCII form.</summary>
    Domain = 1,

    /// <summary>A phone number in E.164 form.</summary>
    Phone = 2,
}
