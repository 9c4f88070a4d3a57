using System.Collections.Immutable;
using LeadEngine.People;

namespace LeadEngine.Storage;

/// <summary>A <see cref="PeopleFilter"/> as terms to look up: those of <see cref="SearchTerms"/>.</summary>
internal sealed record SearchQuery
{
    /// <summary>Each has to begin one of the terms.</summary>
    public ImmutableArray<string> Prefixes { get; private init; } = [];

    /// <summary>One of them has to be there; empty for no such condition.</summary>
    public ImmutableArray<string> AnyOf { get; private init; } = [];

    /// <summary>All of them have to be there.</summary>
    public ImmutableArray<string> AllOf { get; private init; } = [];

    /// <summary>Whether it describes everybody.</summary>
    public bool IsEmpty => Prefixes.IsEmpty && AnyOf.IsEmpty && AllOf.IsEmpty;

    /// <summary>The part of a filter that is about terms: all but the ids.</summary>
    public static SearchQuery Of(PeopleFilter filter)
    {
        var all = ImmutableArray.CreateBuilder<string>();
        if (!string.IsNullOrWhiteSpace(filter.Country)) all.Add(SearchTerms.Country(filter.Country));
        if (filter.EmailVerified is { } verified) all.Add(SearchTerms.Verified(verified));
        return new()
        {
            Prefixes = filter.Search is { } search ? [.. SearchTerms.Prefixes(search)] : [],
            AnyOf = filter.Tags.IsDefaultOrEmpty ? [] : [.. filter.Tags.Select(SearchTerms.Tag).Distinct(StringComparer.Ordinal)],
            AllOf = all.DrainToImmutable(),
        };
    }

    /// <summary>Whether somebody with these terms is among those described.</summary>
    public bool Matches(IReadOnlySet<string> terms) =>
        AllOf.All(terms.Contains)
        && (AnyOf.IsEmpty || AnyOf.Any(terms.Contains))
        && Prefixes.All(prefix => terms.Any(term => term.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>Whether a person is among those described.</summary>
    public bool Matches(Person person) => IsEmpty || Matches(SearchTerms.Of(person));
}
