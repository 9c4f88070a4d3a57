namespace LeadEngine.Storage.Postgres;

/// <summary>
/// What was on its way to subscriptions that were disabled or removed. It may be millions of rows: a row of <c>drops</c> says that they
/// count for nothing, and they are removed a page at a time. What is made after the subscription was enabled again has higher ids.
/// </summary>
internal static class DropSql
{
    public const string Migration = "create table drops (subscription_id bigint primary key, last_id bigint not null)";

    /// <summary>Drops what is on its way to a subscription that is disabled, or, with its dead letters, to one that is gone.</summary>
    /// <remarks>Whoever has the gate closed is alone with the subscription: what comes later gets its ids later.</remarks>
    public const string Drop =
        """
        insert into drops (subscription_id, last_id)
        select $2, pg_sequence_last_value(pg_get_serial_sequence('deliveries', 'id')::regclass)
        where not exists (select from subscriptions where id = $2 and (account_id <> $1 or disabled_for is null))
            and (exists (select from deliveries where subscription_id = $2 and due_at is not null)
                or exists (select from deliveries where subscription_id = $2 and due_at is null)
                    and not exists (select from subscriptions where id = $2))
        on conflict (subscription_id) do update set last_id = excluded.last_id
        """;

    /// <summary>Any subscription that has something to remove, so that none stands in front of others.</summary>
    public const string Next = "select subscription_id from drops order by random() limit 1";

    /// <summary>Hosts take turns, and whoever disables it again waits for a page.</summary>
    /// <remarks>Pages are read off an index: with statistics from before the backlog, each would gather and sort all of it.</remarks>
    public const string Lock =
        """
        select set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)
        from drops where subscription_id = $1 for update
        """;

    // What another is about to write is left for the next time.
    public const string Remove =
        """
        with page as materialized (
            select id from (
                select d.id from deliveries d
                where d.subscription_id = $1 and d.due_at is not null and d.id <= (select last_id from drops where subscription_id = $1)
                order by d.due_at for update skip locked) waiting
            union all
            select id from (
                select d.id from deliveries d
                where d.subscription_id = $1 and d.due_at is null and not exists (select from subscriptions where id = $1)
                order by d.id for update skip locked) dead
            limit $2),
        gone as (delete from deliveries where id in (select id from page) returning 1)
        select count(*) from gone
        """;

    public const string End =
        """
        delete from drops k
        where k.subscription_id = $1
            and not exists (
                select from deliveries d where d.subscription_id = k.subscription_id and d.due_at is not null and d.id <= k.last_id)
            and (exists (select from subscriptions where id = $1)
                or not exists (select from deliveries d where d.subscription_id = k.subscription_id and d.due_at is null))
        """;
}
