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

    // To count those who are common among the newest, so many times as many are looked at as that should take.
    private const int ScanForCommon = 2;

    // A scan that found more than the tenth part of a page goes on, as far as the rest of the page is likely to be: the index would have to
    // gather thousands.
    private const int FewInAPage = 10;

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
            found = (int)(terms.IsEmpty
                ? await pool.Read(SearchSql.CountAll, row => row.GetInt64(0), cancel, Which())
                : await CountTerms(await TermPlan.Make(pool, accountId, TermTexts.Of(accountId, terms), cancel)));
        }
        return new(Math.Min(found, most), found <= most);

        NpgsqlParameter[] Which() =>
            [.. PeopleSearch.Which(accountId, new() { Filter = filter, NewestFirst = true, Limit = 1 }), Arguments.Number(most + 1L)];

        async Task<long> CountTerms(TermPlan plan)
        {
            if (plan.IsCommon)
            {
                var scan = Math.Min(MostToScan, ScanForCommon * TermPlan.CommonShare * (most + 1L));
                var (common, seen) = await pool.Read(
                    SearchSql.CountCommon,
                    row => (row.GetInt64(0), row.GetInt64(1)),
                    cancel,
                    [.. Which(), .. AllOf(plan.All), Arguments.Number(scan)]);
                if (common > most || seen < scan) return common;
            }
            return await pool.Read(SearchSql.CountRare, row => row.GetInt64(0), cancel, [.. Which(), .. NarrowAndAllOf(plan)]);
        }
    }

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
        trip.Add(SearchSql.Of(query).Page, row => people.Add(PersonRow.Person(row)), Page(accountId, query));
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
                SearchSql.Of(query).Scan,
                Arguments.Text(TermCondition.And(conditions)),
                Arguments.Number(scan),
                Arguments.Texts(TermCondition.Emails(conditions)));
            if (seen < scan || ids.Length == query.Limit) return ids;
            scan = ids.Length * FewInAPage < query.Limit || scan == MostToScan
                ? 0
                : (int)Math.Min(MostToScan, (long)scan * (query.Limit + ids.Length) / ids.Length);
        }
        var plan = await TermPlan.Make(pool, accountId, conditions, cancel);
        return (await Ask(SearchSql.Of(query).LookUp, NarrowAndAllOf(plan))).Ids;

        Task<(long Seen, long[] Ids)> Ask(string sql, params NpgsqlParameter[] more) =>
            pool.Read(sql, row => (row.GetInt64(0), row.GetFieldValue<long[]>(1)), cancel, [.. Page(accountId, query), .. more]);
    }

    private static NpgsqlParameter[] AllOf(TermCondition[] conditions) =>
        [Arguments.Text(TermCondition.And(conditions)), Arguments.Texts(TermCondition.Emails(conditions))];

    private static NpgsqlParameter[] NarrowAndAllOf(TermPlan plan) =>
        [Arguments.Text(TermCondition.And(plan.Narrow)), .. AllOf(plan.All), Arguments.Texts(TermCondition.Emails(plan.Narrow))];

    private static NpgsqlParameter[] Page(long accountId, PeopleQuery query) =>
        [.. Which(accountId, query), Arguments.Number((long)query.Skip), Arguments.Number((long)query.Limit)];

    private static NpgsqlParameter[] Which(long accountId, PeopleQuery query) =>
    [
        Arguments.Number(accountId),
        Arguments.Number(query.After ?? (query.NewestFirst ? long.MaxValue : 0)),
        Arguments.Numbers(query.Filter.ExcludeIds.IsDefaultOrEmpty ? [] : query.Filter.ExcludeIds.ToArray()),
    ];
}
