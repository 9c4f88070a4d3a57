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
    /// <summary>The terms of a person as a tsvector, but for the whole e-mail address.</summary>
    public static string Of(Person person) => Of(person.AccountId, new(person.Email, person.Phone), person.Details);

    /// <summary>The terms of somebody of an account as a tsvector, but for the whole e-mail address.</summary>
    public static string Of(long accountId, PersonKey key, PersonDetails details) => Of([(accountId, key, details)])[0];

    /// <summary>The same of many: in a burst this is done for everybody, and what it needs is made once.</summary>
    public static string[] Of((long AccountId, PersonKey Key, PersonDetails Details)[] people)
    {
        var text = new StringBuilder(256);
        var terms = new HashSet<string>(StringComparer.Ordinal);
        var texts = new string[people.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            text.Clear();
            terms.Clear();
            SearchTerms.AddAllButTheEmail(terms, people[i].Key, people[i].Details);
            foreach (var term in terms) Append(text, people[i].AccountId, term).Append(' ');
            texts[i] = text.ToString();
        }
        return texts;
    }

    /// <summary>The conditions of a query: all of them hold for whom it describes.</summary>
    public static TermCondition[] Of(long accountId, SearchQuery query)
    {
        var conditions = new List<TermCondition>();
        foreach (var term in query.AllOf) conditions.Add(new(Append(new(), accountId, term).ToString()));
        foreach (var prefix in query.Prefixes)
        {
            conditions.Add(new(Append(new(), accountId, prefix).Append(":*").ToString(), SearchTerms.WordOf(prefix)));
        }
        if (!query.AnyOf.IsEmpty) conditions.Add(new(AnyOf(accountId, query)));
        return [.. conditions];
    }

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
