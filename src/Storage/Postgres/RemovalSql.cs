namespace LeadEngine.Storage.Postgres;

/// <summary>Removals of units. Their campaigns' rows are locked already.</summary>
internal static class RemovalSql
{
    // Who is gone counts no more for those who referred it, and neither do, for its referrer, those whom it referred. So where two go of
    // whom one referred the other, that referrer's own numbers tell of both.
    private const string Uncount =
        $"""
        lost as materialized (
            select i.campaign_id, i.parent_id, (i.counted_as = 1)::int as unverified, (i.counted_as = 2)::int as verified,
                s.direct_referrals, s.verified_referrals
            from input i
            left join lateral (select * from scores o where o.campaign_id = i.campaign_id and o.lead_id = i.lead_id offset 0) s on true
            where i.parent_id is not null and i.lead_id in (select id from gone) and i.parent_id not in (select id from gone)),
        debits as materialized (
            select campaign_id, lead_id, sum(direct) as direct, sum(indirect) as indirect, sum(verified) as verified,
                sum(verified_indirect) as verified_indirect
            from (
                select campaign_id, parent_id as lead_id, unverified as direct, coalesce(direct_referrals, 0) as indirect, verified,
                    coalesce(verified_referrals, 0) as verified_indirect
                from lost
                union all
                select l.campaign_id, p.parent_id, 0, l.unverified, 0, l.verified
                from lost l
                cross join lateral (select k.parent_id from leads k where k.id = l.parent_id and k.member_status <> 2 offset 0) p
                where p.parent_id not in (select id from gone)) d
            group by campaign_id, lead_id),
        uncounted as (
            insert into scores (campaign_id, lead_id, {ScoreSql.Parts})
            select d.campaign_id, d.lead_id, s.points, greatest(s.direct_referrals - d.direct, 0),
                greatest(s.indirect_referrals - d.indirect, 0), greatest(s.verified_referrals - d.verified, 0),
                greatest(s.verified_indirect_referrals - d.verified_indirect, 0), s.is_excluded, s.earned
            from debits d
            cross join lateral (select * from scores o where o.campaign_id = d.campaign_id and o.lead_id = d.lead_id offset 0) s
            order by d.campaign_id, d.lead_id
            {ScoreSql.Replace}
            returning *)
        """;

    // Answers rows of three kinds: 0: the ordinal of a lead that stays, since its campaign is locked; 1: a lead that is gone, and its
    // campaign; 2: a lead whose score changed, its campaign, and the score.
    public static readonly string Remove =
        $"""
        with input as materialized (
            select a.*, c.status, c.account_id, c.event_kinds, l.parent_id, l.counted_as
            from unnest($1, $2, $3, $4) with ordinality as a (campaign_id, epoch, lead_id, leave_member, ordinal)
            join campaigns c on c.id = a.campaign_id and c.epoch = a.epoch
            cross join lateral (
                select k.campaign_id, k.member_status, k.parent_id, k.counted_as from leads k where k.id = a.lead_id offset 0) l
            where l.campaign_id = a.campaign_id and l.member_status <> 2
            order by a.lead_id),
        emptied as (
            update leads l
            set member_status = 2, version = l.version + 1, email = null, phone = null, person_id = null, external_created_at = null,
                profile = '{"{}"}', requests = '', forgotten_until = null
            from input i where l.id = i.lead_id and i.status <> 2 and i.leave_member <> 0
            returning l.id, l.campaign_id),
        deleted as (
            delete from leads l using input i where l.id = i.lead_id and i.status <> 2 and i.leave_member = 0
            returning l.id, l.campaign_id),
        gone as materialized (select * from emptied union all select * from deleted),
        counted as (
            update campaigns c set live_count = c.live_count - g.leads
            from (select campaign_id, count(*) as leads from gone group by campaign_id) g
            where c.id = g.campaign_id),
        {Uncount},
        unscored as (
            delete from scores where campaign_id = any(array(select campaign_id from gone)) and lead_id = any(array(select id from gone))),
        unkept as (delete from idempotency where lead_id = any(array(select id from gone))),
        unlinked as (delete from links where lead_id = any(array(select id from gone))),
        unproved as (
            delete from grain_state where name = '{LeadStates.Verification}'
                and key = any(array(select '{LeadStates.Verification}/' || upper(to_hex(id)) from gone))),
        telling as (
            {EventSql.Note}
            select i.account_id, i.campaign_id, null, 10, json_build_object('lead_id', i.lead_id)::text
            from input i where i.status <> 2 and i.event_kinds >> 10 & 1 = 1 order by i.ordinal),
        {EventSql.NoteScores("uncounted")},
        untasked as (delete from lead_tasks where lead_id = any(array(select id from gone)))
        select 0, ordinal, null::bigint, {ScoreSql.NoParts} from input where status = 2
        union all
        select 1, id, campaign_id, {ScoreSql.NoParts} from gone
        union all
        select 2, lead_id, campaign_id, {ScoreSql.Parts} from uncounted
        """;
}
