namespace LeadEngine.Storage.Postgres;

internal static class IdempotencySql
{
    /// <summary>Spends keys: the rows to insert come after it, then <see cref="UnlessKept"/>.</summary>
    public const string Claim = "insert into idempotency as kept (key, fingerprint, lead_id, created_at)";

    /// <summary>A key that is kept stays as it is; one from before the time that comes after this is as good as gone.</summary>
    public const string UnlessKept =
        """
        on conflict (key) do update
        set fingerprint = excluded.fingerprint, lead_id = excluded.lead_id, status = null, body = null, created_at = excluded.created_at
        where kept.created_at <
        """;

    // A key that is kept takes the answer that it lacks, if it was spent by the same request. An answer about a lead goes nowhere else:
    // where its key is not kept, the lead is gone since.
    public const string Answer =
        """
        with input as materialized (
            select distinct on (a.key) a.*
            from unnest($1, $2, $3, $4, $5) with ordinality as a (key, fingerprint, lead_id, status, body, ordinal)
            order by a.key, a.ordinal),
        completed as (
            update idempotency kept set status = i.status, body = i.body
            from input i
            where kept.key = i.key and i.lead_id <> 0
                and kept.fingerprint = i.fingerprint and kept.status is null and kept.created_at >= $7)
        insert into idempotency as kept (key, fingerprint, lead_id, status, body, created_at)
        select key, fingerprint, lead_id, status, body, $6 from input where lead_id = 0 order by key
        on conflict (key) do update
        set fingerprint = excluded.fingerprint, lead_id = excluded.lead_id, status = excluded.status, body = excluded.body,
            created_at = case when kept.created_at < $7 then excluded.created_at else kept.created_at end
        where kept.created_at < $7 or kept.status is null and kept.fingerprint = excluded.fingerprint
        """;
}
