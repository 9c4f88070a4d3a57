namespace LeadEngine.Storage.Postgres;

/// <summary>
/// The new leads of all units of a batch, in one statement. It has two forms: <see cref="Plain"/> for leads that bring neither a referrer
/// nor points nor an idempotency key, as most do in a burst, and <see cref="Full"/>.
/// </summary>
/// <remarks>
/// Both answer rows of a kind and up to five numbers: 0: ordinal and lead, who exists; 1: ordinal, lead, rank and parent, who is new;
/// 2: lead, campaign, points, direct and indirect referrals as they were before; 3: the same as they are now. A new lead that is refused
/// has no row. The campaigns' rows are locked already, so their epochs, statuses and ranks stand still.
/// </remarks>
internal static class AddSql
{
    private const string Columns = "campaign_id, epoch, email, phone, created_at, request, profile";

    private const string Find =
        """
        coalesce(
            (select l.id from leads l where l.campaign_id = a.campaign_id and l.email = a.email),
            (select l.id from leads l where l.campaign_id = a.campaign_id and l.phone = a.phone)) as existing
        """;

    private const string Number =
        """
        nextval('leads_id_seq') as id, i.last_rank + row_number() over (partition by i.campaign_id order by i.ordinal) as rank
        """;

    private const string Count =
        """
        counted as (
            update campaigns c set last_rank = c.last_rank + f.leads, live_count = c.live_count + f.leads
            from (select campaign_id, count(*) as leads from fresh group by campaign_id) f
            where c.id = f.campaign_id)
        """;

    public const string Plain =
        $"""
        with input as materialized (
            select a.*, c.status, c.last_rank, {Find}
            from unnest($1, $2, $3, $4, $5, $6, $7) with ordinality as a ({Columns}, ordinal)
            join campaigns c on c.id = a.campaign_id and c.epoch = a.epoch),
        fresh as materialized (
            select i.*, {Number} from input i where i.existing is null and i.status = 0),
        inserted as (
            insert into leads (id, campaign_id, rank, version, created_at, counter, email, phone, requests, profile)
            select id, campaign_id, rank, 1, created_at, 1, email, phone, request, profile from fresh),
        {Count}
        select 0, ordinal, existing, null::bigint, null::bigint, null::bigint from input where existing is not null
        union all
        select 1, ordinal, id, rank, null, null from fresh
        """;

    public const string Full =
        $"""
        with input as materialized (
            select a.*, c.status, c.last_rank, {Find}
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) with ordinality
                as a ({Columns}, referrer, points, referral_points, key, fingerprint, ordinal)
            join campaigns c on c.id = a.campaign_id and c.epoch = a.epoch),
        fresh as materialized (
            select i.*, {Number},
                (select p.id from leads p where p.id = i.referrer and p.campaign_id = i.campaign_id) as parent_id
            from input i where i.existing is null and i.status = 0),
        inserted as (
            insert into leads (id, campaign_id, rank, version, created_at, counter, parent_id, email, phone, requests, profile)
            select id, campaign_id, rank, 1, created_at, 1, parent_id, email, phone, request, profile from fresh),
        {Count},
        credits as (
            select campaign_id, id as lead_id, points::bigint as points, 0 as direct, 0 as indirect from fresh where points > 0
            union all
            select campaign_id, parent_id, referral_points, 1, 0 from fresh where parent_id is not null
            union all
            select f.campaign_id, p.parent_id, 0, 0, 1 from fresh f join leads p on p.id = f.parent_id where p.parent_id is not null),
        scored as (
            insert into scores as s (campaign_id, lead_id, points, direct_referrals, indirect_referrals)
            select campaign_id, lead_id, least(sum(points), {ScoreSql.Most}), sum(direct), sum(indirect)
            from credits group by campaign_id, lead_id order by campaign_id, lead_id
            on conflict (campaign_id, lead_id) do update
            set points = least(s.points::bigint + excluded.points, {ScoreSql.Most}),
                direct_referrals = s.direct_referrals + excluded.direct_referrals,
                indirect_referrals = s.indirect_referrals + excluded.indirect_referrals
            returning s.*),
        credited_before as (
            select s.* from input i
            join leads l on l.id = i.existing
            cross join lateral (
                values (l.id), (l.parent_id), ((select p.parent_id from leads p where p.id = l.parent_id))) as t (id)
            join scores s on s.campaign_id = i.campaign_id and s.lead_id = t.id
            where i.referrer is not null or i.points <> 0),
        claimed as (
            {IdempotencySql.Claim}
            select distinct on (key) key, fingerprint, id, $13 from fresh where key is not null order by key, ordinal
            {IdempotencySql.UnlessKept} $14)
        select 0, ordinal, existing, null::bigint, null::bigint, null::bigint from input where existing is not null
        union all
        select 1, ordinal, id, rank, parent_id, null from fresh
        union all
        select 2, lead_id, campaign_id, points, direct_referrals, indirect_referrals from credited_before
        union all
        select 3, lead_id, campaign_id, points, direct_referrals, indirect_referrals from scored
        """;
}
