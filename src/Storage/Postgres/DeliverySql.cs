namespace LeadEngine.Storage.Postgres;

/// <summary>What is on its way to subscriptions.</summary>
internal static class DeliverySql
{
    /// <summary>The columns of a delivery, after those of its subscription.</summary>
    private const string Columns = "d.id, d.kind, d.occurred_at, d.campaign_id, d.lead_id, d.number, d.details, d.tries";

    // The subscriptions for which anything waits are found by leaps over the index, so it does not matter how much waits for each.
    // What has to wait for an earlier event of its lead is put off until that is next tried, so that it is not looked at all the time; when
    // the earlier one is done with, it is due at once. A release that comes at the same time as this may miss it: then it waits as long as
    // a lease. "deliveries" is read as it was before: an earlier event of a lead is committed before a later one can be.
    public const string Take =
        $"""
        with recursive waiting (id) as (
            select min(subscription_id) from deliveries where due_at is not null
            union all
            select (select min(d.subscription_id) from deliveries d where d.due_at is not null and d.subscription_id > w.id)
            from waiting w where w.id is not null),
        page as materialized (
            select d.*
            from (
                select id from waiting
                where id is not null and id <> all($2) and not exists (select from drops k where k.subscription_id = waiting.id)
                order by random()) w
            cross join lateral (
                select * from deliveries n where n.subscription_id = w.id and n.due_at <= $1
                order by n.due_at, n.id limit $3 for update skip locked) d
            limit $4),
        judged as materialized (
            select p.id, b.due_at as held_until
            from page p
            left join lateral (
                select e.due_at from deliveries e
                where e.lead_id = p.lead_id and e.subscription_id = p.subscription_id and e.number < p.number and e.due_at is not null
                order by e.number limit 1) b on true),
        put_off as (
            update deliveries d set due_at = case when j.held_until > $1 then j.held_until else $5 end
            from judged j where d.id = j.id and j.held_until is not null),
        taken as (
            update deliveries d set due_at = $5 from judged j where d.id = j.id and j.held_until is null
            returning d.*)
        select {SubscriptionTable.Columns}, {Columns}
        from taken d join subscriptions s on s.id = d.subscription_id
        order by d.id
        """;

    // By subscription, since the index begins with it.
    public const string EndLeases =
        """
        update deliveries set due_at = $1 where subscription_id in (select id from subscriptions) and due_at > $1 and due_at <= $2
        """;

    // Values of Fate: 0 delivered, 1 try again, 2 given up, 3 refused, 4 pointless.
    public const string Settle =
        """
        with input as materialized (
            select * from unnest($1, $2, $3, $4, $5, $6, $7) as a (id, fate, next_try, at, status, problem, ms)),
        found as materialized (
            select i.*, d.subscription_id, d.lead_id, d.number, d.kind
            from input i join deliveries d on d.id = i.id and d.due_at is not null
            where not exists (select from drops k where k.subscription_id = d.subscription_id and d.id <= k.last_id)
            order by d.id for update of d),
        logged as (
            insert into delivery_log (account_id, subscription_id, delivery_id, kind, lead_id, fate, next_try, at, status, problem, ms)
            select s.account_id, f.subscription_id, f.id, f.kind, f.lead_id, f.fate, f.next_try, f.at, f.status, f.problem, f.ms
            from found f join subscriptions s on s.id = f.subscription_id
            where f.fate <> 4),
        gone as (delete from deliveries d using found f where d.id = f.id and f.fate in (0, 4)),
        kept as (
            update deliveries d
            set tries = d.tries + 1, due_at = case when f.fate = 1 then coalesce(f.next_try, $8) end,
                last_at = f.at, last_status = f.status, last_problem = f.problem, last_ms = f.ms
            from found f where d.id = f.id and f.fate in (1, 2, 3))
        update deliveries d set due_at = $8
        from (
            select distinct n.id
            from found f
            cross join lateral (
                select n.id, n.due_at from deliveries n
                where n.lead_id = f.lead_id and n.subscription_id = f.subscription_id and n.number > f.number and n.due_at is not null
                order by n.number limit 1) n
            where f.fate <> 1 and n.due_at > $8 and not exists (select from input i where i.id = n.id)) r
        where d.id = r.id
        """;

    public const string ReadLog =
        """
        select subscription_id, kind, lead_id, delivery_id, fate, next_try, at, status, problem, ms
        from delivery_log where account_id = $1 and lead_id = $2 order by id desc limit $3
        """;

    public const string ReadDead =
        $"""
        select {SubscriptionTable.Columns}, {Columns}, d.last_at, d.last_status, d.last_problem, d.last_ms
        from subscriptions s join deliveries d on d.subscription_id = s.id
        where s.account_id = $1 and s.id = $2 and d.due_at is null and d.id > $3
        order by d.id limit $4
        """;

    // What is sent to one that is disabled would be lost; and so would be, with what it had been sent then, what is sent to one that was
    // enabled again before that was removed: -1.
    public const string Replay =
        """
        with dropping as materialized (
            select s.id from subscriptions s join drops k on k.subscription_id = s.id
            where s.account_id = $1 and s.id = $2 and s.disabled_for is null),
        revived as (
            update deliveries d set due_at = $4, tries = 0
            from subscriptions s
            where s.account_id = $1 and s.id = $2 and s.disabled_for is null
                and d.subscription_id = s.id and d.due_at is null and (cardinality($3) = 0 or d.id = any($3))
                and not exists (select from dropping)
            returning 1)
        select case when exists (select from dropping) then -1 else (select count(*) from revived) end
        """;

    public const string Forget =
        """
        with old as (
            delete from delivery_log where id in (
                select id from delivery_log where at < $1 order by at limit $2 for update skip locked)
            returning 1)
        select count(*) from old
        """;

    public const string ForgetDead =
        """
        with old as (
            delete from deliveries where id in (
                select id from deliveries where due_at is null and last_at < $1 order by last_at limit $2 for update skip locked)
            returning 1)
        select count(*) from old
        """;
}
