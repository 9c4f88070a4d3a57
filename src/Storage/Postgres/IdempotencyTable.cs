using LeadEngine.Idempotency;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

internal sealed class IdempotencyTable(PostgresPool pool)
{
    private const string ReadOne = "select fingerprint, lead_id, status, body from idempotency where key = $1 and created_at >= $2";

    private const string Remove =
        """
        with old as (
            delete from idempotency where key in (
                select key from idempotency where created_at < $1 order by created_at limit $2 for update skip locked)
            returning 1)
        select count(*) from old
        """;

    public Task<StoredAnswer?> Read(string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        pool.Read(ReadOne, ToAnswer, cancel, Arguments.Text(key), Arguments.Time(notBefore));

    public async Task<int> Forget(DateTimeOffset before, int limit, CancellationToken cancel) =>
        (int)await pool.Write(Remove, row => row.GetInt64(0), cancel, Arguments.Time(before), Arguments.Number(limit));

    private static StoredAnswer ToAnswer(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetInt64(1),
        row.IsDBNull(2) ? null : row.GetInt32(2),
        row.IsDBNull(3) ? [] : [.. row.GetFieldValue<byte[]>(3)]);
}
