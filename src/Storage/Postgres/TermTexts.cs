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
    public static string Of(Person person) => Of(person.AccountId, new(person.Email, person.Phone), person.Details);

    /// <summary>The terms of somebody of an account as a tsvector.</summary>
    public static string Of(long accountId, PersonKey key, PersonDetails details)
    {
        var text = new StringBuilder(256);
        foreach (var term in SearchTerms.Of(key, details)) Append(text, accountId, term).Append(' ');
        return text.ToString();
    }

    /// <summary>The conditions of a query as a tsquery each: all of them hold for whom it describes.</summary>
    public static string[] Of(long accountId, SearchQuery query)
    {
        var conditions = new List<string>();
        foreach (var term in query.AllOf) conditions.Add(Append(new(), accountId, term).ToString());
        foreach (var prefix in query.Prefixes) conditions.Add(Append(new(), accountId, prefix).Append(":*").ToString());
        if (!query.AnyOf.IsEmpty) conditions.Add(AnyOf(accountId, query));
        return [.. conditions];
    }

    /// <summary>All of the conditions as one tsquery.</summary>
    public static string And(IEnumerable<string> conditions) => string.Join('&', conditions);

    private static string AnyOf(long accountId, SearchQuery query)
    {
        var text = new StringBuilder("(");
        for (var i = 0; i < query.AnyOf.Length; i++) Append(i == 0 ? text : text.Append('|'), accountId, query.AnyOf[i]);
        return text.Append(')').ToString();
    }

    private static StringBuilder Append(StringBuilder text, long accountId, string term) => text
        .Append(CultureInfo.InvariantCulture, $"'{accountId}:")
        .Append(term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal))
        .Append('\'');
}
