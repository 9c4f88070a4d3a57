namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Makes deliveries of what is to be told, one for each subscription that wants it. The statements that find out what happened note it in
/// <c>noted_events</c>; the last ones of the transaction number it and make deliveries of it. Only they lock the leads' event numbers, all
/// in one order, so that no two transactions wait for each other in a circle.
/// </summary>
/// <remarks>A sign-up, which is always a lead's first event and has nobody to wait for, becomes deliveries where it is made.</remarks>
internal static class EventSql
{
    /// <summary>
    /// The subscriptions, <c>w</c>, that want an event of the kind <c>e.kind</c> of <c>e.account_id</c> and <c>e.campaign_id</c>.
    /// </summary>
    public const string Wanting =
        """
        cross join lateral (
            select s.id from subscriptions s
            where s.account_id = e.account_id and (s.campaign_id is null or s.campaign_id = e.campaign_id)
                and s.kinds >> e.kind & 1 = 1 and s.disabled_for is null
            offset 0) w
        """;

    /// <summary>A part of a statement that tells of new leads, <c>fresh</c>.</summary>
    public const string TellSignups =
        $"""
        told as (
            insert into deliveries (subscription_id, kind, occurred_at, campaign_id, lead_id, number, due_at)
            select w.id, e.kind, e.created_at, e.campaign_id, e.id, 1, e.created_at
            from (select f.*, 0 as kind from fresh f where f.event_kinds & 1 = 1) e
            {Wanting}
            order by e.rank)
        """;

    /// <summary>What notes an event begins with that; rows of these columns come after it.</summary>
    public const string Note = "insert into noted_events (account_id, campaign_id, lead_id, kind, details)";

    private static string PartsOf(string row) =>
        $"""
        json_build_object(
            'points', {row}.points, 'direct', {row}.direct_referrals, 'indirect', {row}.indirect_referrals,
            'verified_direct', {row}.verified_referrals, 'verified_indirect', {row}.verified_indirect_referrals,
            'excluded', {row}.is_excluded, 'earned', {row}.earned)
        """;

    /// <summary>
    /// A part of a statement that notes what became of scores: a change, which may also lead to a reward. The table still shows scores as
    /// they were before the statement.
    /// </summary>
    /// <param name="scored">The scores that the statement wrote, as they are now.</param>
    public static string NoteScores(string scored) =>
        $"""
        rescored as (
            {Note}
            select c.account_id, n.campaign_id, n.lead_id, k.kind,
                json_build_object('before', case when b.lead_id is null then json_build_object() else {PartsOf("b")} end, 'after', {PartsOf("n")})::text
            from {scored} n
            cross join lateral (select m.account_id, m.event_kinds from campaigns m where m.id = n.campaign_id offset 0) c
            cross join (values (2), (7)) as k (kind)
            left join lateral (select * from scores o where o.campaign_id = n.campaign_id and o.lead_id = n.lead_id offset 0) b on true
            where c.event_kinds >> k.kind & 1 = 1 and (
                b.lead_id is null
                or (b.points, b.direct_referrals, b.indirect_referrals, b.verified_referrals, b.verified_indirect_referrals, b.is_excluded, b.earned)
                is distinct from
                (n.points, n.direct_referrals, n.indirect_referrals, n.verified_referrals, n.verified_indirect_referrals, n.is_excluded, n.earned))
            order by n.lead_id, k.kind)
        """;

    // A lead's first number is its sign-up's. (Those of leads that the transaction removed are not told any more.)
    public const string Number =
        """
        insert into event_numbers as n (lead_id, last)
        select e.lead_id, 1 + count(*) from noted_events e
        where e.xid = pg_current_xact_id() and e.lead_id is not null
        group by e.lead_id order by e.lead_id
        on conflict (lead_id) do update set last = n.last + excluded.last - 1
        """;

    public const string Tell =
        $"""
        with mine as materialized (delete from noted_events where xid = pg_current_xact_id() returning *),
        e as materialized (
            select m.*, coalesce(
                n.last - count(*) over (partition by m.lead_id) + row_number() over (partition by m.lead_id order by m.id), 0) as number
            from mine m left join event_numbers n on n.lead_id = m.lead_id)
        insert into deliveries (subscription_id, kind, occurred_at, campaign_id, lead_id, number, details, due_at)
        select w.id, e.kind, $1, e.campaign_id, e.lead_id, e.number, e.details, $1
        from e
        {Wanting}
        order by e.id
        """;

    // Of leads that are gone. Whoever changed one, or settled a delivery of one, is through: the rows that they locked are gone.
    private const string Gone = "any(array(select g.id from unnest($1) as g (id) where not exists ("
        + "select from leads l where l.id = g.id and l.member_status <> 2)))";

    public static readonly string[] Scrub =
    [
        $"delete from noted_events where xid = pg_current_xact_id() and lead_id = {Gone}",
        $"delete from deliveries where lead_id = {Gone}",
        $"delete from event_numbers where lead_id = {Gone}",
        $"delete from delivery_log where lead_id = {Gone}",
    ];
}
