namespace LeadEngine.Storage.Postgres;

/// <summary>How to look for terms, from how common they are among the newest people.</summary>
/// <param name="All">The whole query.</param>
/// <param name="Narrow">The part of it that is worth asking the indexes for; the rest is looked up in the rows that they find.</param>
/// <param name="IsCommon">So many people fit that going through them one by one finds enough soon.</param>
internal sealed record TermPlan(TermCondition[] All, TermCondition[] Narrow, bool IsCommon)
{
    private const int Sampled = 500;

    // The index gathers everybody who has a term, and for the beginning of a word of all the words with it, before it leaves out the first:
    // that one in sixteen has it costs more than to look at those whom the other terms leave.
    private const int BroadShare = 16;

    private const int CommonShare = 10;

    private static readonly string Sample =
        $"""
        with sample as materialized (
            select t.account_id, t.email, t.terms from people t where t.account_id = $1 order by t.id desc limit $2)
        select (select count(*) from sample), (select count(*) from sample t where {TermCondition.Fits("q.text", "$4")})
        from unnest($3) with ordinality as q (text, ordinal) order by q.ordinal
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
            Arguments.Number(Sampled),
            Arguments.Texts([.. conditions.Select(condition => condition.Query), TermCondition.And(conditions)]),
            Arguments.Texts(TermCondition.Emails(conditions)));
        await pool.Read(trip, cancel);
        TermCondition[] narrow = [.. conditions.Where((_, i) => fitting[i] * BroadShare <= sampled)];
        return new(conditions, narrow.Length == 0 ? conditions : narrow, fitting[^1] * CommonShare >= sampled);
    }
}
