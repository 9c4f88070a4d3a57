namespace LeadEngine.Storage.Sqlite;

/// <summary>
/// What was on its way to subscriptions that were disabled or removed. It may be millions of rows: a row of <c>drops</c> says that they
/// count for nothing, and they are removed a page at a time. What is made after the subscription was enabled again has higher ids.
/// </summary>
internal sealed class DropTable(SqliteSession session)
{
    public const string Step = "create table drops (subscription_id integer primary key, last_id integer not null)";

    private const string IsGone = "not exists (select 1 from subscriptions where id = ?1)";

    private readonly SqliteStatement _drop = session.Statement(
        $"""
        insert into drops (subscription_id, last_id) select ?1, (select max(id) from deliveries)
        where exists (select 1 from deliveries where subscription_id = ?1 and due_at is not null)
            or {IsGone} and exists (select 1 from deliveries where subscription_id = ?1 and due_at is null)
        on conflict do update set last_id = excluded.last_id
        """);

    private readonly SqliteStatement _next = session.Statement("select subscription_id from drops order by random() limit 1");

    private readonly SqliteStatement _isDropping = session.Statement("select 1 from drops where subscription_id = ?");

    private readonly SqliteStatement _remove = session.Statement(
        $"""
        delete from deliveries where id in (
            select id from deliveries
            where subscription_id = ?1 and due_at is not null and id <= (select last_id from drops where subscription_id = ?1)
            union all
            select id from deliveries where subscription_id = ?1 and due_at is null and {IsGone}
            limit ?2)
        """);

    private readonly SqliteStatement _end = session.Statement("delete from drops where subscription_id = ?");

    /// <summary>Drops what is on its way to a subscription that is disabled, or, with its dead letters, to one that is gone.</summary>
    public void Drop(long subscriptionId)
    {
        using var drop = _drop.Use();
        drop.Bind(1, subscriptionId);
        drop.Run();
    }

    /// <summary>Any subscription that has something to remove, so that none stands in front of others.</summary>
    public long? Next()
    {
        using var next = _next.Use();
        return next.Step() ? next.Number(0) : null;
    }

    /// <summary>Whether anything of a subscription is still to be removed.</summary>
    public bool IsDropping(long subscriptionId)
    {
        using var look = _isDropping.Use();
        look.Bind(1, subscriptionId);
        return look.Step();
    }

    public int Remove(long subscriptionId, int limit)
    {
        using var remove = _remove.Use();
        remove.Bind(1, subscriptionId);
        remove.Bind(2, limit);
        var removed = remove.Run() ? session.Changes : 0;
        if (removed < limit) End(subscriptionId);
        return removed;
    }

    private void End(long subscriptionId)
    {
        using var end = _end.Use();
        end.Bind(1, subscriptionId);
        end.Run();
    }
}
