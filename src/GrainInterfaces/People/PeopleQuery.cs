using System.Collections.Immutable;

namespace LeadEngine.People;

/// <summary>Whom a request is about; what is null or empty leaves nobody out.</summary>
[GenerateSerializer, Immutable, Alias("people.PeopleFilter")]
public sealed record PeopleFilter
{
    /// <summary>Those with at least one of these tags, whatever the case.</summary>
    [Id(0)] public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>
    /// Those in whose e-mail address, phone number, names or company each word of this begins a word, whatever the case. A text with
    /// something before an @ is the beginning of a whole e-mail address; one of digits and signs alone that of a phone number, with or
    /// without North America's country code. The index that it is looked up in is at most five seconds behind.
    /// </summary>
    [Id(1)] public string? Search { get; init; }

    /// <summary>Those whose e-mail address was, or was not, verified.</summary>
    [Id(2)] public bool? EmailVerified { get; init; }

    /// <summary>Those of this country, whatever the case.</summary>
    [Id(3)] public string? Country { get; init; }

    /// <summary>Only these people.</summary>
    [Id(4)] public ImmutableArray<long> Ids { get; init; } = [];

    /// <summary>None of these people.</summary>
    [Id(5)] public ImmutableArray<long> ExcludeIds { get; init; } = [];
}

/// <summary>A page of people in the order of their ids.</summary>
[GenerateSerializer, Immutable, Alias("people.PeopleQuery")]
public sealed record PeopleQuery
{
    /// <summary>How many people a page may hold.</summary>
    public const int MaxLimit = 5_000;

    /// <summary>Whom.</summary>
    [Id(0)] public PeopleFilter Filter { get; init; } = new();

    /// <summary>The newest first.</summary>
    [Id(1)] public bool NewestFirst { get; init; }

    /// <summary>The last person of the page before; null for the first page.</summary>
    [Id(2)] public long? After { get; init; }

    /// <summary>How many people to leave out before the page; for clients that number their pages. 0 to 100,000.</summary>
    [Id(3)] public int Skip { get; init; }

    /// <summary>How many at most; 1 to <see cref="MaxLimit"/>.</summary>
    [Id(4)] public required int Limit { get; init; }
}

/// <summary>How many people there are, counted up to a limit.</summary>
/// <param name="Count">How many, at most the limit.</param>
/// <param name="IsAll">Whether that is all of them.</param>
[GenerateSerializer, Immutable, Alias("people.PeopleCount")]
public readonly record struct PeopleCount([property: Id(0)] int Count, [property: Id(1)] bool IsAll);
