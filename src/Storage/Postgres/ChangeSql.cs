namespace LeadEngine.Storage.Postgres;

/// <summary>Changes of leads, those of units and those of their own, in one statement.</summary>
internal static class ChangeSql
{
    // A change that is applied is answered with its row, one that is refused because of a lock with its ordinal alone. All others are
    // out of date. The updates come in the order of the leads. When another transaction overtakes one of them, PostgreSQL looks at the
    // version again, and leaves it out.
    //
    // Whoever gains an e-mail address gets it together with its person: see RelinkSql.
    //
    // An epoch comes with the changes of units: only they hold the campaign's row, and so the right to give points.
    public static readonly string Write =
        $"""
        with input as materialized (
            select a.*, c.status, c.account_id, c.event_kinds
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) with ordinality
                as a (campaign_id, epoch, lead_id, version, counter, profile, requests, forgotten_until, claim_email, claim_phone, points,
                      first_key, last_key, first_event, last_event, ordinal)
            join campaigns c on c.id = a.campaign_id and (a.epoch is null or c.epoch = a.epoch)),
        current as materialized (
            select i.*,
                (select o.id from leads o
                 where o.campaign_id = i.campaign_id and o.phone = i.claim_phone and o.id <> i.lead_id) as phone_owner
            from input i
            join leads l on l.id = i.lead_id and l.campaign_id = i.campaign_id and l.version = i.version and l.member_status <> 2
            where coalesce({EmailSql.Find("i.campaign_id", "i.account_id", "i.claim_email")}, i.lead_id) = i.lead_id
            order by i.lead_id),
        updated as (
            update leads l
            set version = l.version + 1, counter = c.counter, profile = c.profile,
                requests = c.requests, forgotten_until = c.forgotten_until,
                phone = coalesce(l.phone, case when c.phone_owner is null then c.claim_phone end)
            from current c
            where l.id = c.lead_id and l.version = c.version and c.status <> 2
            returning c.ordinal, c.status, c.points, c.first_key, c.last_key, c.first_event, c.last_event, c.account_id, c.event_kinds,
                l.id, l.campaign_id, l.rank, l.version, l.created_at, coalesce(l.email, c.claim_email) as email, l.phone, l.parent_id),
        scored as (
            insert into scores (campaign_id, lead_id, points, direct_referrals, indirect_referrals)
            select u.campaign_id, u.id, least(greatest(coalesce(s.points, 0)::bigint + u.points, 0), {ScoreSql.Most}), 0, 0
            from updated u
            left join scores s on s.campaign_id = u.campaign_id and s.lead_id = u.id
            where u.points <> 0 and u.status = 0 and (u.points > 0 or s.lead_id is not null)
            order by u.campaign_id, u.id
            on conflict (campaign_id, lead_id) do update set points = excluded.points),
        claimed as (
            {IdempotencySql.Claim}
            select distinct on (k.key) k.key, k.fingerprint, u.id, $18
            from updated u
            cross join lateral unnest($16[u.first_key:u.last_key], $17[u.first_key:u.last_key]) as k (key, fingerprint)
            order by k.key, u.ordinal
            {IdempotencySql.UnlessKept} $19),
        telling as (
            {EventSql.Note}
            select u.account_id, u.campaign_id, u.id, e.kind, e.details
            from updated u
            cross join lateral unnest($20[u.first_event:u.last_event], $21[u.first_event:u.last_event]) with ordinality as e (kind, details, n)
            where u.event_kinds >> e.kind & 1 = 1
            order by u.ordinal, e.n)
        select ordinal, version, rank, created_at, email, phone, parent_id from updated
        union all
        select ordinal, null, null, null, null, null, null from current where status = 2
        """;
}
