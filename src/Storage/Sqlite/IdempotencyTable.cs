using System.Collections.Immutable;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Sqlite;

internal sealed class IdempotencyTable(SqliteSession session)
{
    // A key that is kept stays as it is; one that is too old is as good as gone.
    private readonly SqliteStatement _claim = session.Statement(
        """
        insert into idempotency (key, fingerprint, lead_id, status, body, created_at) values (?1, ?2, ?3, null, null, ?4)
        on conflict do update
        set fingerprint = excluded.fingerprint, lead_id = excluded.lead_id, status = null, body = null, created_at = excluded.created_at
        where created_at < ?5
        """);

    // An answer about a lead goes only onto the key that was spent with the lead's change: without it, the lead is gone since.
    private readonly SqliteStatement _complete = session.Statement(
        """
        update idempotency set status = ?4, body = ?5
        where key = ?1 and fingerprint = ?2 and created_at >= ?3 and status is null
        """);

    // The same as a claim, but for the answer that a kept key still lacks.
    private readonly SqliteStatement _answer = session.Statement(
        """
        insert into idempotency (key, fingerprint, lead_id, status, body, created_at) values (?1, ?2, ?3, ?6, ?7, ?4)
        on conflict do update
        set fingerprint = iif(created_at < ?5, excluded.fingerprint, fingerprint),
            lead_id = iif(created_at < ?5, excluded.lead_id, lead_id),
            status = excluded.status,
            body = excluded.body,
            created_at = iif(created_at < ?5, excluded.created_at, created_at)
        where status is null and fingerprint = excluded.fingerprint or created_at < ?5
        """);

    private readonly SqliteStatement _read = session.Statement(
        "select fingerprint, lead_id, status, body from idempotency where key = ? and created_at >= ?");

    private readonly SqliteStatement _forget = session.Statement(
        "delete from idempotency where rowid in (select rowid from idempotency where created_at < ? limit ?)");

    private readonly SqliteStatement _forgetLead = session.Statement("delete from idempotency where lead_id = ?");

    public void Claim(IdempotencyClaim claim, long leadId, DateTimeOffset now, DateTimeOffset notBefore)
    {
        using var insert = _claim.Use();
        BindKey(insert, claim.Key, claim.Fingerprint, leadId, now, notBefore);
        insert.Run();
    }

    public void Answer(KeyedAnswer keyed, DateTimeOffset now, DateTimeOffset notBefore)
    {
        if (keyed.Answer.LeadId != 0) Complete(keyed, notBefore);
        else Keep(keyed, now, notBefore);
    }

    private void Complete(KeyedAnswer keyed, DateTimeOffset notBefore)
    {
        using var update = _complete.Use();
        update.Bind(1, keyed.Key);
        update.Bind(2, keyed.Answer.Fingerprint);
        update.Bind(3, UnixMicroseconds.From(notBefore));
        update.Bind(4, keyed.Answer.Status);
        update.BindBlob(5, keyed.Answer.Body.AsSpan());
        update.Run();
    }

    private void Keep(KeyedAnswer keyed, DateTimeOffset now, DateTimeOffset notBefore)
    {
        using var insert = _answer.Use();
        BindKey(insert, keyed.Key, keyed.Answer.Fingerprint, keyed.Answer.LeadId, now, notBefore);
        insert.Bind(6, keyed.Answer.Status);
        insert.BindBlob(7, keyed.Answer.Body.AsSpan());
        insert.Run();
    }

    public StoredAnswer? Read(string key, DateTimeOffset notBefore)
    {
        using var read = _read.Use();
        read.Bind(1, key);
        read.Bind(2, UnixMicroseconds.From(notBefore));
        return read.Step()
            ? new(read.Text(0), read.Number(1), (int?)read.NumberOrNull(2), ImmutableArray.Create(read.Bytes(3)))
            : null;
    }

    public int Forget(DateTimeOffset before, int limit)
    {
        using var forget = _forget.Use();
        forget.Bind(1, UnixMicroseconds.From(before));
        forget.Bind(2, limit);
        return forget.Run() ? session.Changes : 0;
    }

    public void ForgetLead(long leadId)
    {
        using var forget = _forgetLead.Use();
        forget.Bind(1, leadId);
        forget.Run();
    }

    private static void BindKey(
        SqliteUse insert, string key, string fingerprint, long leadId, DateTimeOffset now, DateTimeOffset notBefore)
    {
        insert.Bind(1, key);
        insert.Bind(2, fingerprint);
        insert.Bind(3, leadId);
        insert.Bind(4, UnixMicroseconds.From(now));
        insert.Bind(5, UnixMicroseconds.From(notBefore));
    }
}
