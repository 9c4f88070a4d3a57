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

    // A key that is kept takes the answer that it lacks, if it was spent by the same request.
    public const string Answer =
        """
        insert into idempotency as kept (key, fingerprint, lead_id, status, body, created_at)
        select distinct on (a.key) a.key, a.fingerprint, a.lead_id, a.status, a.body, $6
        from unnest($1, $2, $3, $4, $5) with ordinality as a (key, fingerprint, lead_id, status, body, ordinal)
        order by a.key, a.ordinal
        on conflict (key) do update
        set fingerprint = excluded.fingerprint, lead_id = excluded.lead_id, status = excluded.status, body = excluded.body,
            created_at = case when kept.created_at < $7 then excluded.created_at else kept.created_at end
        where kept.created_at < $7 or kept.status is null and kept.fingerprint = excluded.fingerprint
        """;
}
