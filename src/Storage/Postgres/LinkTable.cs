namespace LeadEngine.Storage.Postgres;

/// <summary>Short links.</summary>
internal sealed class LinkTable(PostgresPool pool, TimeProvider clock) : ILinkDriver
{
    private const string ReadOne = "select url, campaign_id, lead_id, clicks from links where code = $1";

    // As WebhookGate says; the account is that of the link.
    private static readonly string ShareAccount =
        $"""
        select pg_advisory_xact_lock_shared({AdvisoryLocks.Webhooks}, (c.account_id % 2147483647)::int)
        from links l join campaigns c on c.id = l.campaign_id where l.code = $1
        """;

    private const string Count =
        $"""
        with counted as (update links set clicks = clicks + $2 where code = $1 returning campaign_id, lead_id, url)
        {EventSql.Note}
        select c.account_id, c.id, n.lead_id, 9, json_build_object('code', $1, 'url', n.url, 'clicks', $2)::text
        from counted n join campaigns c on c.id = n.campaign_id where c.event_kinds >> 9 & 1 = 1
        """;

    public Task<StoredLink?> Read(string code, CancellationToken cancel) => pool.Read(
        ReadOne,
        row => new StoredLink(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
        cancel,
        Arguments.Text(code));

    public async Task CountClicks(string code, long clicks, CancellationToken cancel)
    {
        var trip = new RoundTrip();
        trip.Add(ShareAccount, _ => { }, Arguments.Text(code));
        trip.Add(Count, Arguments.Text(code), Arguments.Number(clicks));
        EventStatements.AddTelling(trip, clock.GetUtcNow());
        await pool.Write(trip, cancel);
    }
}
