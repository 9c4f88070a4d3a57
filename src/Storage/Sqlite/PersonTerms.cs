using System.Globalization;
using System.Text;
using LeadEngine.People;

namespace LeadEngine.Storage.Sqlite;

/// <summary>
/// The full-text index of people. Its tokens are terms of <see cref="SearchTerms"/> behind the account's id, <c>17wada</c> for
/// <c>w:ada</c>: what is no ASCII letter or digit is written as <c>_2e</c>, so that a term is one token, and the beginning of a term the
/// beginning of a token.
/// </summary>
internal sealed class PersonTerms(SqliteSession session)
{
    private readonly SqliteStatement _write = session.Statement("insert or replace into person_terms (rowid, terms) values (?, ?)");
    private readonly SqliteStatement _delete = session.Statement("delete from person_terms where rowid = ?");

    private readonly SqliteStatement _after = session.Statement(
        $"""
        select {PersonTable.ColumnsOfP} from person_terms join people p on p.id = person_terms.rowid
        where person_terms match ? and person_terms.rowid > ? order by person_terms.rowid
        """);

    private readonly SqliteStatement _before = session.Statement(
        $"""
        select {PersonTable.ColumnsOfP} from person_terms join people p on p.id = person_terms.rowid
        where person_terms match ? and person_terms.rowid < ? order by person_terms.rowid desc
        """);

    /// <summary>What is indexed of a person.</summary>
    public static string Text(Person person)
    {
        var text = new StringBuilder(128);
        foreach (var term in SearchTerms.Of(person)) AppendToken(text, person.AccountId, term).Append(' ');
        return text.ToString();
    }

    public void Write(long id, string text)
    {
        using var write = _write.Use();
        write.Bind(1, id);
        write.Bind(2, text);
        write.Run();
    }

    public void Delete(long id)
    {
        using var delete = _delete.Use();
        delete.Bind(1, id);
        delete.Run();
    }

    /// <summary>Shows the people whom a query describes in the order of their ids until somebody suffices.</summary>
    public void Visit(long accountId, SearchQuery query, bool newestFirst, long? after, Func<Person, bool> visit)
    {
        using var page = (newestFirst ? _before : _after).Use();
        page.Bind(1, Match(accountId, query));
        page.Bind(2, after ?? (newestFirst ? long.MaxValue : 0));
        while (page.Step() && visit(PersonTable.Person(page)))
        {
        }
    }

    private static string Match(long accountId, SearchQuery query)
    {
        var match = new StringBuilder(128);
        foreach (var term in query.AllOf) AppendQuoted(match.And(), accountId, term);
        foreach (var prefix in query.Prefixes) AppendQuoted(match.And(), accountId, prefix).Append('*');
        if (query.AnyOf.IsEmpty) return match.ToString();
        match.And().Append('(');
        for (var i = 0; i < query.AnyOf.Length; i++) AppendQuoted(i == 0 ? match : match.Append(" OR "), accountId, query.AnyOf[i]);
        return match.Append(')').ToString();
    }

    private static StringBuilder AppendQuoted(StringBuilder text, long accountId, string term) =>
        AppendToken(text.Append('"'), accountId, term).Append('"');

    private static StringBuilder AppendToken(StringBuilder text, long accountId, string term)
    {
        text.Append(CultureInfo.InvariantCulture, $"{accountId}{term[0]}");
        foreach (var sign in term.AsSpan(2))
        {
            if (char.IsAsciiLetterOrDigit(sign) || !char.IsAscii(sign)) text.Append(sign);
            else text.Append(CultureInfo.InvariantCulture, $"_{(int)sign:x2}");
        }
        return text;
    }
}

file static class MatchText
{
    public static StringBuilder And(this StringBuilder match) => match.Length == 0 ? match : match.Append(" AND ");
}
