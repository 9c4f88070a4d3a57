using System.Globalization;
using System.Text;
using LeadEngine.People;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Terms and queries as PostgreSQL's text search writes them. Each term carries its account, so that one index serves all accounts and a
/// common word of one costs the others nothing.
/// </summary>
internal static class TermTexts
{
    /// <summary>The terms of a person as a tsvector.</summary>
    public static string Of(Person person)
    {
        var text = new StringBuilder(256);
        foreach (var term in SearchTerms.Of(person)) Append(text, person.AccountId, term).Append(' ');
        return text.ToString();
    }

    /// <summary>A query as a tsquery; it must not be empty.</summary>
    public static string Of(long accountId, SearchQuery query)
    {
        var text = new StringBuilder();
        foreach (var term in query.AllOf) Append(And(text), accountId, term);
        foreach (var prefix in query.Prefixes) Append(And(text), accountId, prefix).Append(":*");
        if (query.AnyOf.IsEmpty) return text.ToString();
        And(text).Append('(');
        for (var i = 0; i < query.AnyOf.Length; i++) Append(i == 0 ? text : text.Append('|'), accountId, query.AnyOf[i]);
        return text.Append(')').ToString();
    }

    private static StringBuilder And(StringBuilder text) => text.Length == 0 ? text : text.Append('&');

    private static StringBuilder Append(StringBuilder text, long accountId, string term) => text
        .Append(CultureInfo.InvariantCulture, $"'{accountId}:")
        .Append(term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal))
        .Append('\'');
}
