using LeadEngine.People;

namespace LeadEngine.Storage.Postgres;

/// <summary>How people are looked for, in one of the two orders.</summary>
/// <param name="Walk">The order.</param>
internal sealed record SearchSql(AccountWalk Walk)
{
    private const string Excluded = "select unnest($3::bigint[])";

    private static readonly SearchSql Oldest = new(AccountWalk.Oldest);

    private static readonly SearchSql Newest = new(AccountWalk.Newest);

    /// <summary>A page of everybody.</summary>
    public string Page { get; } =
        $"""
        select {PersonRow.Columns} from people p
        where {Walk.IsAhead("p")} and p.id not in ({Excluded})
        {Walk.Order("p")} offset $4 limit $5
        """;

    /// <summary>A page of those who fit among the next ones. One row: how many were looked at, and the page.</summary>
    public string Scan { get; } =
        $"""
        with {Scanned(Walk, query: "$6", limit: "$7", emails: "$8")}
        select (select count(*) from scanned), array(
            select id from scanned where fits and id not in ({Excluded}) order by id {Walk.Direction} offset $4 limit $5)
        """;

    /// <summary>A page of those whom the indexes find, in the same form.</summary>
    public string LookUp { get; } =
        $"""
        with {Hits("$6", "$7", "$8", "$9", limit: "null")}
        select 0::bigint, array(
            select id from hits where id {Walk.Follows} $2 and id not in ({Excluded}) order by id {Walk.Direction} offset $4 limit $5)
        """;

    /// <summary>How many there are.</summary>
    public static string CountAll { get; } =
        $"""
        select count(*) from (
            select 1 from people p where {AccountWalk.Newest.IsAhead("p")} and p.id not in ({Excluded})
            {AccountWalk.Newest.Order("p")} limit $4) c
        """;

    /// <summary>
    /// How many fit among the newest, and how many were looked at. That matters only where too few fit, so it is 0 where they were enough.
    /// </summary>
    public static string CountCommon { get; } =
        $"""
        with {Scanned(AccountWalk.Newest, query: "$5", limit: "$7", emails: "$6")}
        select f.found, case when f.found < $4 then (select count(*) from scanned) else 0 end
        from (select count(*) as found from (select from scanned where fits and id not in ({Excluded}) limit $4) s) f
        """;

    /// <summary>How many the indexes find.</summary>
    public static string CountRare { get; } =
        $"""
        with {Hits("$5", "$6", "$7", "$8", limit: "$4", "and t.id not in (" + Excluded + ")")}
        select count(*) from (select from hits limit $4) h
        """;

    /// <summary>The statements for the order of a query.</summary>
    public static SearchSql Of(PeopleQuery query) => query.NewestFirst ? Newest : Oldest;

    private static string Scanned(AccountWalk walk, string query, string limit, string emails) =>
        $"""
        scanned as materialized (
            select t.id, {TermCondition.Fits(TermCondition.Read(query), emails)} as fits from people t
            where {walk.IsAhead("t")} {walk.Order("t")} limit {limit})
        """;

    // By the terms and by the e-mail address. "is true" keeps the second condition out of the index, and the order picks the key of
    // addresses also while there are no statistics. The limits are outside: inside, a few out of many might be looked for by another index.
    private static string Hits(string narrow, string all, string allEmails, string narrowEmails, string limit, string condition = "")
    {
        var fits = TermCondition.Fits(TermCondition.Read(all), allEmails);
        return
            $"""
            by_terms as materialized (
                select t.id from people t where t.terms @@ {TermCondition.Read(narrow)} and {fits} {condition}),
            by_email as materialized (
                select t.id from unnest({narrowEmails}::text[]) as e (first)
                cross join lateral (
                    select * from people q
                    where q.account_id = $1 and q.email >= e.first and q.email < e.first || chr(1114111)
                    order by q.email offset 0) t
                where {fits} {condition}),
            hits as materialized (
                select id from (select id from by_terms limit {limit}) t union select id from (select id from by_email limit {limit}) e)
            """;
    }
}
