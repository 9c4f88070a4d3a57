namespace LeadEngine.Storage.Postgres;

/// <summary>
/// The new leads of all units of a batch, in one statement. It has two forms: <see cref="Plain"/> for leads that bring an e-mail address
/// and a profile, as most do in a burst, and <see cref="Full"/>.
/// </summary>
/// <remarks>
/// Both answer rows of a kind: 0: ordinal and lead, who exists; 1: ordinal, lead, rank, parent and whether a claim was lost, who is new;
/// 2: lead, campaign and, behind what these do not use, the parts of a score as it was before; 3: the same as it is now. A new lead that is
/// refused has no row. The campaigns' rows are locked already, so their epochs, statuses and ranks stand still.
/// </remarks>
internal static class AddSql
{
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

    /// <remarks>
    /// No two of the leads bring the same e-mail address. It is that of their person, so whom the account does not know is no lead of the
    /// campaign: those who are new cost one look. Somebody whom another transaction makes meanwhile fails it: it is tried again in the
    /// other form, which can tell.
    /// </remarks>
    public static readonly string Plain =
        $"""
        with input as materialized (
            select a.*, c.status, c.last_rank, c.account_id, c.event_kinds, k.id as known,
                case when k.id is not null then {EmailSql.FindOf("a.campaign_id", "k.id")} end as existing
            from unnest($1, $2, $3, $4, $5, $6, $7, $8) with ordinality
                as a (campaign_id, epoch, email, created_at, request, profile, details, terms, ordinal)
            join campaigns c on c.id = a.campaign_id and c.epoch = a.epoch
            left join lateral (
                select p.id from people p where p.account_id = c.account_id and p.email = a.email for key share) k on true),
        fresh as materialized (
            select i.*, {Number}, coalesce(i.known, nextval('people_id_seq')) as person_id
            from input i where i.existing is null and i.status = 0),
        made as (
            insert into people (id, account_id, version, created_at, updated_at, email, details, terms)
            select person_id, account_id, 1, created_at, created_at, email, details, terms::tsvector from fresh where known is null),
        inserted as (
            insert into leads (id, campaign_id, rank, version, created_at, counter, email, requests, profile, person_id)
            select id, campaign_id, rank, 1, created_at, 1, email, request, profile, person_id from fresh),
        {EventSql.TellSignups},
        {Count}
        select 0, ordinal, existing, null::bigint, null::bigint, null::integer from input where existing is not null
        union all
        select 1, ordinal, id, rank, null, 0 from fresh
        """;

    // Values of Identification: 1 is the phone number alone, 2 the e-mail address alone.
    private static readonly string Find =
        $"""
        coalesce(
            case when a.identified_by <> 1 then {EmailSql.Find("a.campaign_id", "c.account_id", "a.email")} end,
            (select l.id from leads l where a.identified_by <> 2 and l.campaign_id = a.campaign_id and l.phone = a.phone)) as existing
        """;

    private static readonly string LoseClaims =
        $"""
        i.identified_by = 1 and {EmailSql.Find("i.campaign_id", "i.account_id", "i.email")} is not null as lost_email,
        i.identified_by = 2 and (
            select l.id from leads l where l.campaign_id = i.campaign_id and l.phone = i.phone) is not null as lost_phone
        """;

    // The one who referred the referrer may be gone; then nobody gets credit for the second step. Plans are made before there are
    // statistics: "offset 0" keeps a look by key what it is, where it might become a join that begins with all leads.
    private static readonly string Credit =
        $"""
        credits as (
            select campaign_id, id as lead_id, greatest(points, 0) as points, 0 as direct, 0 as indirect, 0 as verified, 0 as verified_indirect,
                counted_as = 0 as is_excluded, earned
            from fresh where points > 0 or earned is not null or counted_as = 0
            union all
            select campaign_id, parent_id, 0, (counted_as = 1)::int, 0, (counted_as = 2)::int, 0, false, null
            from fresh where parent_id is not null and counted_as <> 0
            union all
            select f.campaign_id, g.id, 0, 0, (f.counted_as = 1)::int, 0, (f.counted_as = 2)::int, false, null
            from fresh f
            cross join lateral (select l.parent_id from leads l where l.id = f.parent_id offset 0) p
            cross join lateral (select l.id from leads l where l.id = p.parent_id and l.member_status <> 2 offset 0) g
            where f.counted_as <> 0),
        scored as (
            insert into scores as s (campaign_id, lead_id, {ScoreSql.Parts})
            select campaign_id, lead_id, sum(points), sum(direct), sum(indirect), sum(verified), sum(verified_indirect),
                bool_or(is_excluded), coalesce(max(earned), '{"{}"}')
            from credits group by campaign_id, lead_id order by campaign_id, lead_id
            on conflict (campaign_id, lead_id) do update
            set direct_referrals = s.direct_referrals + excluded.direct_referrals,
                indirect_referrals = s.indirect_referrals + excluded.indirect_referrals,
                verified_referrals = s.verified_referrals + excluded.verified_referrals,
                verified_indirect_referrals = s.verified_indirect_referrals + excluded.verified_indirect_referrals
            returning s.*),
        {EventSql.NoteScores("scored")},
        credited_before as (
            select s.* from input i
            join leads l on l.id = i.existing
            cross join lateral (
                values (l.id), (l.parent_id), ((select p.parent_id from leads p where p.id = l.parent_id))) as t (id)
            join scores s on s.campaign_id = i.campaign_id and s.lead_id = t.id
            where i.referrer is not null or i.points <> 0 or i.earned is not null or i.counted_as = 0)
        """;

    public static readonly string Full =
        $"""
        with input as materialized (
            select a.*, a.earned_text::bigint[] as earned, c.status, c.last_rank, c.account_id, c.event_kinds, {Find}
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
                with ordinality as a (
                    campaign_id, epoch, email, created_at, request, profile, details, terms,
                    phone, person_email, person_phone, identified_by, external_created_at, code, url,
                    referrer, points, counted_as, earned_text, key, fingerprint, first_event, last_event, ordinal)
            join campaigns c on c.id = a.campaign_id and c.epoch = a.epoch),
        fresh as materialized (
            select i.*, {Number}, {LoseClaims},
                (select case when p.campaign_id = i.campaign_id and p.member_status <> 2 then p.id end
                    from leads p where p.id = i.referrer) as parent_id
            from input i where i.existing is null and i.status = 0),
        seekers as (select * from fresh),
        {LinkSql.Link(now: "$24")},
        inserted as (
            insert into leads (
                id, campaign_id, rank, version, created_at, counter, parent_id, email, phone, requests, profile, person_id, external_created_at,
                counted_as)
            select id, campaign_id, rank, 1, created_at, 1, parent_id, case when not lost_email then email end,
                case when not lost_phone then phone end, request, profile, person_id, external_created_at, counted_as
            from linked),
        {EventSql.TellSignups},
        telling as (
            {EventSql.Note}
            select t.account_id, t.campaign_id, t.lead_id, t.kind, t.details
            from (
                select account_id, campaign_id, parent_id as lead_id, 3 as kind, json_build_object('lead_id', id)::text as details,
                    event_kinds, 0 as n
                from fresh where parent_id is not null and counted_as <> 0
                union all
                select account_id, campaign_id, id, 4, null, event_kinds, 0 from fresh where counted_as = 0
                union all
                select f.account_id, f.campaign_id, f.id, e.kind, e.details, f.event_kinds, e.n
                from fresh f
                cross join lateral unnest($26[f.first_event:f.last_event], $27[f.first_event:f.last_event])
                    with ordinality as e (kind, details, n)) t
            where t.event_kinds >> t.kind & 1 = 1
            order by t.lead_id, t.n),
        {Count},
        {Credit},
        claimed as (
            {IdempotencySql.Claim}
            select distinct on (key) key, fingerprint, id, $24 from fresh where key is not null order by key, ordinal
            {IdempotencySql.UnlessKept} $25),
        shortened as (
            insert into links (code, url, campaign_id, lead_id, clicks, created_at)
            select code, url, campaign_id, id, 0, created_at from fresh where code is not null order by code)
        select 0, ordinal, existing, null::bigint, null::bigint, null::integer, {ScoreSql.NoParts} from input where existing is not null
        union all
        select 1, ordinal, id, rank, parent_id, (lost_email or lost_phone)::int, {ScoreSql.NoParts} from fresh
        union all
        select 2, lead_id, campaign_id, null, null, null, {ScoreSql.Parts} from credited_before
        union all
        select 3, lead_id, campaign_id, null, null, null, {ScoreSql.Parts} from scored
        """;
}
