namespace LeadEngine.Storage.Postgres;

/// <summary>Removals of units. Their campaigns' rows are locked already.</summary>
internal static class RemovalSql
{
    private const string EmptyProfile = "'{}'";

    // Answers rows of two kinds: an ordinal alone is a lead that stays, since its campaign is locked; else a lead that is gone, and its
    // campaign.
    public const string Remove =
        $"""
        with input as materialized (
            select a.*, c.status, c.account_id, c.event_kinds
            from unnest($1, $2, $3, $4) with ordinality as a (campaign_id, epoch, lead_id, leave_member, ordinal)
            join campaigns c on c.id = a.campaign_id and c.epoch = a.epoch
            cross join lateral (select k.campaign_id, k.member_status from leads k where k.id = a.lead_id offset 0) l
            where l.campaign_id = a.campaign_id and l.member_status <> 2
            order by a.lead_id),
        emptied as (
            update leads l
            set member_status = 2, version = l.version + 1, email = null, phone = null, person_id = null, external_created_at = null,
                profile = {EmptyProfile}, requests = '', forgotten_until = null
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
        unscored as (
            delete from scores where campaign_id = any(array(select campaign_id from gone)) and lead_id = any(array(select id from gone))),
        unkept as (delete from idempotency where lead_id = any(array(select id from gone))),
        telling as (
            {EventSql.Note}
            select i.account_id, i.campaign_id, null, 10, json_build_object('lead_id', i.lead_id)::text
            from input i where i.status <> 2 and i.event_kinds >> 10 & 1 = 1 order by i.ordinal),
        unlinked as (delete from links where lead_id = any(array(select id from gone)))
        select ordinal, null::bigint, null::bigint from input where status = 2
        union all
        select null, id, campaign_id from gone
        """;
}
