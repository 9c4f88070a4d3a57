using System.Collections.Immutable;
using LeadEngine.People;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Finds people. Terms are looked for in two steps: first among the next few thousand people one by one, which fills a page when the terms
/// are common; else by the index, which is fast because they are rare.
/// </summary>
/// <param name="pool">Where to ask.</param>
/// <param name="toScan">How many people to look at one by one at least; 0: none.</param>
internal sealed class PeopleSearch(PostgresPool pool, int toScan)
{
    // More rows than this many for each one of a page are not worth looking at.
    private const int ScanForEach = 4;

    private const int MostToScan = 50_000;

    // A scan that found more than the tenth part of a page goes on, as far as the rest of the page is likely to be: the index would have to
    // gather thousands.
    private const int FewInAPage = 10;

    private const string Excluded = "select unnest($3::bigint[])";

    private static readonly Order Oldest = new(">", "");

    private static readonly Order Newest = new("<", "desc");

    private sealed record Order(string Follows, string Direction)
    {
        public string Page { get; } =
            $"""
            select {PersonRow.Columns} from people p
            where p.account_id = $1 and p.id {Follows} $2 and p.id not in ({Excluded})
            order by p.id {Direction} offset $4 limit $5
            """;

        // One row: how many were looked at, and the page.
        public string Scan { get; } =
            $"""
            with scanned as materialized (
                select t.id, {TermCondition.Fits("$6", "$8")} as fits from people t
                where t.account_id = $1 and t.id {Follows} $2
                order by t.id {Direction} limit $7)
            select (select count(*) from scanned), array(
                select id from scanned where fits and id not in ({Excluded}) order by id {Direction} offset $4 limit $5)
            """;

        public string LookUp { get; } =
            $"""
            with {Hits("$6", "$7", "$8", "$9", limit: "null")}
            select 0::bigint, array(
                select id from hits where id {Follows} $2 and id not in ({Excluded}) order by id {Direction} offset $4 limit $5)
            """;
    }

    private const string CountAll =
        $"""
        select count(*) from (
            select 1 from people p where p.account_id = $1 and p.id > $2 and p.id not in ({Excluded}) limit $4) c
        """;

    private static readonly string CountCommon =
        $"""
        select count(*) from (
            select 1 from people t
            where t.account_id = $1 and t.id > $2 and t.id not in ({Excluded}) and {TermCondition.Fits("$5", "$6")}
            limit $4) c
        """;

    private static readonly string CountRare =
        $"""
        with {Hits("$5", "$6", "$7", "$8", limit: "$4", "and t.id > $2 and t.id not in (" + Excluded + ")")}
        select count(*) from (select from hits limit $4) h
        """;

    // By the terms and by the e-mail address. "is true" keeps the second condition out of the index, and the order picks the key of
    // addresses also while there are no statistics.
    private static string Hits(string narrow, string all, string allEmails, string narrowEmails, string limit, string condition = "") =>
        $"""
        by_terms as materialized (
            select t.id from people t where t.terms @@ {narrow}::tsquery and {TermCondition.Fits(all, allEmails)} {condition} limit {limit}),
        by_email as materialized (
            select t.id from unnest({narrowEmails}::text[]) as e (first)
            cross join lateral (
                select * from people q
                where q.account_id = $1 and q.email >= e.first and q.email < e.first || chr(1114111)
                order by q.email offset 0) t
            where {TermCondition.Fits(all, allEmails)} {condition} limit {limit}),
        hits as materialized (select id from by_terms union select id from by_email)
        """;

    public async Task<ImmutableArray<Person>> List(long accountId, PeopleQuery query, CancellationToken cancel)
    {
        var people = new PeopleTable(pool);
        var terms = SearchQuery.Of(query.Filter);
        if (!query.Filter.Ids.IsDefaultOrEmpty) return await ListIds(accountId, query, terms, people, cancel);
        if (terms.IsEmpty) return await ListAll(accountId, query, cancel);
        var ids = await FindTerms(accountId, query, terms, cancel);
        var found = await people.Read(accountId, ids, cancel);
        return query.NewestFirst ? [.. found.Reverse()] : found;
    }

    public async Task<PeopleCount> Count(long accountId, PeopleFilter filter, int most, CancellationToken cancel)
    {
        var terms = SearchQuery.Of(filter);
        int found;
        if (!filter.Ids.IsDefaultOrEmpty)
        {
            var query = new PeopleQuery { Filter = filter, Limit = int.MaxValue };
            found = (await ListIds(accountId, query, terms, new(pool), cancel)).Length;
        }
        else
        {
            NpgsqlParameter[] which = [.. Which(accountId, new() { Filter = filter, Limit = 1 }), Arguments.Number((long)most + 1)];
            found = terms.IsEmpty
                ? (int)await pool.Read(CountAll, row => row.GetInt64(0), cancel, which)
                : await CountTerms(which, await TermPlan.Make(pool, accountId, TermTexts.Of(accountId, terms), cancel), cancel);
        }
        return new(Math.Min(found, most), found <= most);
    }

    private async Task<int> CountTerms(NpgsqlParameter[] which, TermPlan plan, CancellationToken cancel) => (int)await pool.Read(
        plan.IsCommon ? CountCommon : CountRare,
        row => row.GetInt64(0),
        cancel,
        plan.IsCommon ? [.. which, .. AllOf(plan.All)] : [.. which, .. NarrowAndAllOf(plan)]);

    // They are few enough to be looked at here.
    private static async Task<ImmutableArray<Person>> ListIds(
        long accountId, PeopleQuery query, SearchQuery terms, PeopleTable people, CancellationToken cancel)
    {
        var excluded = query.Filter.ExcludeIds.IsDefaultOrEmpty ? [] : query.Filter.ExcludeIds.ToHashSet();
        var found = (await people.Read(accountId, [.. query.Filter.Ids], cancel)).AsEnumerable();
        if (query.NewestFirst) found = found.Reverse();
        return
        [
            .. found
                .Where(person => query.After is not { } after || (query.NewestFirst ? person.Id < after : person.Id > after))
                .Where(person => !excluded.Contains(person.Id) && terms.Matches(person))
                .Skip(query.Skip)
                .Take(query.Limit),
        ];
    }

    private async Task<ImmutableArray<Person>> ListAll(long accountId, PeopleQuery query, CancellationToken cancel)
    {
        var people = ImmutableArray.CreateBuilder<Person>();
        var trip = new RoundTrip();
        trip.Add(OrderOf(query).Page, row => people.Add(PersonRow.Person(row)), Page(accountId, query));
        await pool.Read(trip, cancel);
        return people.DrainToImmutable();
    }

    private async Task<long[]> FindTerms(long accountId, PeopleQuery query, SearchQuery terms, CancellationToken cancel)
    {
        var conditions = TermTexts.Of(accountId, terms);
        var scan = toScan == 0 ? 0 : Math.Min(MostToScan, Math.Max(toScan, ScanForEach * (query.Skip + query.Limit)));
        while (scan > 0)
        {
            var (seen, ids) = await Ask(
                OrderOf(query).Scan,
                Arguments.Text(TermCondition.And(conditions)),
                Arguments.Number(scan),
                Arguments.Texts(TermCondition.Emails(conditions)));
            if (seen < scan || ids.Length == query.Limit) return ids;
            scan = ids.Length * FewInAPage < query.Limit || scan == MostToScan
                ? 0
                : (int)Math.Min(MostToScan, (long)scan * (query.Limit + ids.Length) / ids.Length);
        }
        var plan = await TermPlan.Make(pool, accountId, conditions, cancel);
        return (await Ask(OrderOf(query).LookUp, NarrowAndAllOf(plan))).Ids;

        Task<(long Seen, long[] Ids)> Ask(string sql, params NpgsqlParameter[] more) =>
            pool.Read(sql, row => (row.GetInt64(0), row.GetFieldValue<long[]>(1)), cancel, [.. Page(accountId, query), .. more]);
    }

    private static NpgsqlParameter[] AllOf(TermCondition[] conditions) =>
        [Arguments.Text(TermCondition.And(conditions)), Arguments.Texts(TermCondition.Emails(conditions))];

    private static NpgsqlParameter[] NarrowAndAllOf(TermPlan plan) =>
        [Arguments.Text(TermCondition.And(plan.Narrow)), .. AllOf(plan.All), Arguments.Texts(TermCondition.Emails(plan.Narrow))];

    private static Order OrderOf(PeopleQuery query) => query.NewestFirst ? Newest : Oldest;

    private static NpgsqlParameter[] Page(long accountId, PeopleQuery query) =>
        [.. Which(accountId, query), Arguments.Number((long)query.Skip), Arguments.Number((long)query.Limit)];

    private static NpgsqlParameter[] Which(long accountId, PeopleQuery query) =>
    [
        Arguments.Number(accountId),
        Arguments.Number(query.After ?? (query.NewestFirst ? long.MaxValue : 0)),
        Arguments.Numbers(query.Filter.ExcludeIds.IsDefaultOrEmpty ? [] : query.Filter.ExcludeIds.ToArray()),
    ];
}
