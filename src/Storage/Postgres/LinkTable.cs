namespace LeadEngine.Storage.Postgres;

/// <summary>Short links.</summary>
internal sealed class LinkTable(PostgresPool pool) : ILinkDriver
{
    private const string ReadOne = "select url, campaign_id, lead_id, clicks from links where code = $1";

    private const string Count = "update links set clicks = clicks + $2 where code = $1";

    public Task<StoredLink?> Read(string code, CancellationToken cancel) => pool.Read(
        ReadOne,
        row => new StoredLink(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
        cancel,
        Arguments.Text(code));

    public async Task CountClicks(string code, long clicks, CancellationToken cancel)
    {
        var trip = new RoundTrip();
        trip.Add(Count, Arguments.Text(code), Arguments.Number(clicks));
        await pool.Write(trip, cancel);
    }
}
