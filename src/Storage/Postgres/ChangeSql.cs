namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Changes of leads, those of units and those of their own, in one statement. It has two forms: <see cref="Write"/> for those that concern
/// no score, as most do, and <see cref="WriteAndScore"/>.
/// </summary>
/// <remarks>
/// A change that is applied is answered with its row, one that is refused because of a lock with its ordinal alone. All others are out of
/// date. The updates come in the order of the leads. When another transaction overtakes one of them, PostgreSQL looks at the version again,
/// and leaves it out. Whoever gains an e-mail address gets it together with its person: see <see cref="RelinkSql"/>.
/// </remarks>
internal static class ChangeSql
{
    public static readonly string Write = Form(arguments: "", columns: "", set: "", returned: "", then: "");

    // Of changes that are not of a unit, what concerns scores is left out before it comes here: only units hold the campaign's row, and
    // so the right to give points. What a lead counts as follows ReferralClasses.After.
    public static readonly string WriteAndScore = Form(
        arguments: ", $21, $22, $23, $24, $25",
        columns: "points, least_points, earned_text, counts_as, is_review, ",
        set: """
            ,
                    counted_as = case
                        when c.counts_as < l.counted_as or c.is_review <> 0 or c.status = 0 then coalesce(c.counts_as, l.counted_as)
                        else l.counted_as end
            """,
        returned: """
            , c.counted_before, l.counted_as, c.least_points,
                    case when c.status = 0 then c.points else 0 end as points,
                    case when c.status = 0 then c.earned_text::bigint[] end as earned
            """,
        then: $"""
            {Credits},
            {Score},
            """);

    // Who referred a lead may be gone, and so may who referred that one: then nobody gets credit for it, or loses any.
    private const string Credits =
        """
        moved as materialized (
            select campaign_id, parent_id, (counted_as = 1)::int - (counted_before = 1)::int as unverified,
                (counted_as = 2)::int - (counted_before = 2)::int as verified
            from updated where counted_as <> counted_before),
        credits as (
            select campaign_id, id as lead_id, points, least_points, earned,
                case when counted_as <> counted_before then counted_as = 0 end as is_excluded,
                0 as direct, 0 as indirect, 0 as verified, 0 as verified_indirect
            from updated where points <> 0 or earned is not null or (counted_as = 0) <> (counted_before = 0)
            union all
            select m.campaign_id, p.id, 0, 0, null, null, m.unverified, 0, m.verified, 0
            from moved m
            cross join lateral (select l.id from leads l where l.id = m.parent_id and l.member_status <> 2 offset 0) p
            union all
            select m.campaign_id, g.id, 0, 0, null, null, 0, m.unverified, 0, m.verified
            from moved m
            cross join lateral (select l.parent_id from leads l where l.id = m.parent_id and l.member_status <> 2 offset 0) p
            cross join lateral (select l.id from leads l where l.id = p.parent_id and l.member_status <> 2 offset 0) g),
        totals as materialized (
            select campaign_id, lead_id, sum(points) as points, min(least_points) as least_points, max(earned) as earned,
                bool_or(is_excluded) as is_excluded, sum(direct) as direct, sum(indirect) as indirect,
                sum(verified) as verified, sum(verified_indirect) as verified_indirect
            from credits group by campaign_id, lead_id)
        """;

    // A lead of which there is nothing to keep gets no row.
    private static string Score =>
        $"""
        scored as (
            insert into scores (campaign_id, lead_id, {ScoreSql.Parts})
            select t.campaign_id, t.lead_id,
                case when t.points = 0 then coalesce(s.points, 0)
                    else greatest(least(greatest(coalesce(s.points, 0), t.least_points) + t.points, {ScoreSql.Most}), t.least_points) end,
                greatest(coalesce(s.direct_referrals, 0) + t.direct, 0),
                greatest(coalesce(s.indirect_referrals, 0) + t.indirect, 0),
                greatest(coalesce(s.verified_referrals, 0) + t.verified, 0),
                greatest(coalesce(s.verified_indirect_referrals, 0) + t.verified_indirect, 0),
                coalesce(t.is_excluded, s.is_excluded, false),
                case when t.earned is null then coalesce(s.earned, '{"{}"}')
                    else array(select distinct e from unnest(s.earned || t.earned) e order by e) end
            from totals t
            left join lateral (select * from scores o where o.campaign_id = t.campaign_id and o.lead_id = t.lead_id offset 0) s on true
            where s.lead_id is not null or greatest(t.points, t.least_points) <> 0 or t.earned is not null or t.is_excluded
                or greatest(t.direct, t.indirect, t.verified, t.verified_indirect) > 0
            order by t.campaign_id, t.lead_id
            {ScoreSql.Replace}
            returning *),
        {EventSql.NoteScores("scored")}
        """;

    private static string Form(string arguments, string columns, string set, string returned, string then) =>
        $"""
        with input as materialized (
            select a.*, c.status, c.account_id, c.event_kinds
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14{arguments}) with ordinality
                as a (campaign_id, epoch, lead_id, version, counter, profile, requests, forgotten_until, claim_email, claim_phone,
                      first_key, last_key, first_event, last_event, {columns}ordinal)
            join campaigns c on c.id = a.campaign_id and (a.epoch is null or c.epoch = a.epoch)),
        current as materialized (
            select i.*, l.counted_as as counted_before,
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
                phone = coalesce(l.phone, case when c.phone_owner is null then c.claim_phone end){set}
            from current c
            where l.id = c.lead_id and l.version = c.version and c.status <> 2
            returning c.ordinal, c.first_key, c.last_key, c.first_event, c.last_event, c.account_id, c.event_kinds,
                l.id, l.campaign_id, l.rank, l.version, l.created_at,
                coalesce(l.email, c.claim_email) as email, l.phone, l.parent_id{returned}),
        {then}
        claimed as (
            {IdempotencySql.Claim}
            select distinct on (k.key) k.key, k.fingerprint, u.id, $17
            from updated u
            cross join lateral unnest($15[u.first_key:u.last_key], $16[u.first_key:u.last_key]) as k (key, fingerprint)
            order by k.key, u.ordinal
            {IdempotencySql.UnlessKept} $18),
        telling as (
            {EventSql.Note}
            select u.account_id, u.campaign_id, u.id, e.kind, e.details
            from updated u
            cross join lateral unnest($19[u.first_event:u.last_event], $20[u.first_event:u.last_event]) with ordinality as e (kind, details, n)
            where u.event_kinds >> e.kind & 1 = 1
            order by u.ordinal, e.n)
        select ordinal, version, rank, created_at, email, phone, parent_id from updated
        union all
        select ordinal, null, null, null, null, null, null from current where status = 2
        """;
}
