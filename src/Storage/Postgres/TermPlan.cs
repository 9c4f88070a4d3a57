namespace LeadEngine.Storage.Postgres;

/// <summary>How to look for terms, from how common they are among the newest people.</summary>
/// <param name="All">The whole query.</param>
/// <param name="Narrow">The part of it that is worth asking the indexes for; the rest is looked up in the rows that they find.</param>
/// <param name="IsCommon">So many people fit that going through them one by one finds enough soon.</param>
internal sealed record TermPlan(TermCondition[] All, TermCondition[] Narrow, bool IsCommon)
{
    /// <summary>One in so many is common.</summary>
    public const int CommonShare = 10;

    private const int Sampled = 500;

    // The index gathers everybody who has a term, and for the beginning of a word of all the words with it, before it leaves out the first:
    // where so many times as many have it as have the rarest, to look at those whom the others leave costs less.
    private const int BroadTimes = 16;

    private static readonly string Sample =
        $"""
        with sample as materialized (
            select t.account_id, t.email, t.terms from people t
            where {AccountWalk.Newest.IsAhead("t")} {AccountWalk.Newest.Order("t")} limit $5),
        queries as materialized (select a.text::tsquery as query, a.ordinal from unnest($3) with ordinality as a (text, ordinal))
        select (select count(*) from sample), (select count(*) from sample t where {TermCondition.Fits("q.query", "$4")})
        from queries q order by q.ordinal
        """;

    /// <summary>Looks at some people first.</summary>
    /// <param name="pool">Where to ask.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="conditions">The conditions, at least one.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<TermPlan> Make(PostgresPool pool, long accountId, TermCondition[] conditions, CancellationToken cancel)
    {
        var sampled = 0L;
        List<long> fitting = [];
        var trip = new RoundTrip();
        trip.Add(
            Sample,
            row =>
            {
                sampled = row.GetInt64(0);
                fitting.Add(row.GetInt64(1));
            },
            Arguments.Number(accountId),
            Arguments.Number(long.MaxValue),
            Arguments.Texts([.. conditions.Select(condition => condition.Query), TermCondition.And(conditions)]),
            Arguments.Texts(TermCondition.Emails(conditions)),
            Arguments.Number(Sampled));
        await pool.Read(trip, cancel);
        var broad = BroadTimes * Math.Max(1, fitting.SkipLast(1).Min());
        return new(conditions, [.. conditions.Where((_, i) => fitting[i] <= broad)], fitting[^1] * CommonShare >= sampled);
    }
}
