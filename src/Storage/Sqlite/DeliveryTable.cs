using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Sqlite;

/// <summary>What is on its way to subscriptions.</summary>
internal sealed class DeliveryTable(SqliteSession session)
{
    private const string Columns = "d.id, d.kind, d.occurred_at, d.campaign_id, d.lead_id, d.number, d.details, d.tries";

    private readonly SqliteStatement _insert = session.Statement(
        """
        insert into deliveries (subscription_id, kind, occurred_at, campaign_id, lead_id, number, details, due_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?3)
        """);

    // Leaps over the index, so it does not matter how much waits for each.
    private readonly SqliteStatement _nextWaiting = session.Statement(
        "select subscription_id from deliveries where due_at is not null and subscription_id > ? order by subscription_id limit 1");

    private readonly SqliteStatement _isDue = session.Statement(
        "select 1 from deliveries where subscription_id = ? and due_at is not null and due_at <= ? limit 1");

    private readonly SqliteStatement _due = session.Statement(
        $"""
        select {SubscriptionTable.Columns}, {Columns} from deliveries d join subscriptions s on s.id = d.subscription_id
        where d.subscription_id = ? and d.due_at is not null and d.due_at <= ? order by d.due_at, d.id limit ?
        """);

    private readonly SqliteStatement _before = session.Statement(
        """
        select due_at from deliveries
        where lead_id = ? and subscription_id = ? and number < ? and due_at is not null order by number limit 1
        """);

    private readonly SqliteStatement _after = session.Statement(
        """
        select id, due_at from deliveries
        where lead_id = ? and subscription_id = ? and number > ? and due_at is not null order by number limit 1
        """);

    private readonly SqliteStatement _setDue = session.Statement("update deliveries set due_at = ? where id = ?");

    private readonly SqliteStatement _endLeases = session.Statement(
        """
        update deliveries set due_at = ?1 where subscription_id in (select id from subscriptions) and due_at > ?1 and due_at <= ?2
        """);

    private readonly SqliteStatement _find = session.Statement(
        """
        select d.subscription_id, d.kind, d.lead_id, d.number, s.account_id from deliveries d join subscriptions s on s.id = d.subscription_id
        where d.id = ? and d.due_at is not null
            and not exists (select 1 from drops k where k.subscription_id = d.subscription_id and d.id <= k.last_id)
        """);

    private readonly SqliteStatement _delete = session.Statement("delete from deliveries where id = ?");

    private readonly SqliteStatement _tried = session.Statement(
        """
        update deliveries set tries = tries + 1, due_at = ?, last_at = ?, last_status = ?, last_problem = ?, last_ms = ? where id = ?
        """);

    private readonly SqliteStatement _log = session.Statement(
        """
        insert into delivery_log (account_id, subscription_id, delivery_id, kind, lead_id, fate, next_try, at, status, problem, ms)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly SqliteStatement _readLog = session.Statement(
        """
        select subscription_id, kind, lead_id, delivery_id, fate, next_try, at, status, problem, ms
        from delivery_log where account_id = ? and lead_id = ? order by id desc limit ?
        """);

    private readonly SqliteStatement _dead = session.Statement(
        $"""
        select {SubscriptionTable.Columns}, {Columns}, d.last_at, d.last_status, d.last_problem, d.last_ms
        from deliveries d join subscriptions s on s.id = d.subscription_id
        where d.subscription_id = ? and d.due_at is null and d.id > ? order by d.id limit ?
        """);

    private readonly SqliteStatement _replay = session.Statement(
        "update deliveries set due_at = ?, tries = 0 where subscription_id = ? and due_at is null and id = ?");

    private readonly SqliteStatement _replayAll = session.Statement(
        "update deliveries set due_at = ?, tries = 0 where subscription_id = ? and due_at is null");

    private readonly SqliteStatement _deleteOfLead = session.Statement("delete from deliveries where lead_id = ?");
    private readonly SqliteStatement _deleteLogOfLead = session.Statement("delete from delivery_log where lead_id = ?");

    private readonly SqliteStatement _forget = session.Statement(
        "delete from delivery_log where id in (select id from delivery_log where at < ? order by at limit ?)");

    private readonly SqliteStatement _forgetDead = session.Statement(
        "delete from deliveries where id in (select id from deliveries where due_at is null and last_at < ? order by last_at limit ?)");

    public void Insert(long subscriptionId, EventKind kind, DateTimeOffset at, long? campaignId, long? leadId, long number, string? details)
    {
        using var insert = _insert.Use();
        insert.Bind(1, subscriptionId);
        insert.Bind(2, (long)kind);
        insert.Bind(3, UnixMicroseconds.From(at));
        insert.Bind(4, campaignId);
        insert.Bind(5, leadId);
        insert.Bind(6, number);
        insert.Bind(7, details);
        insert.Run();
    }

    /// <summary>The subscriptions for which anything is due.</summary>
    public List<long> SubscriptionsDue(DateTimeOffset now)
    {
        List<long> due = [];
        for (var id = NextWaiting(0); id is { } next; id = NextWaiting(next))
        {
            using var isDue = _isDue.Use();
            isDue.Bind(1, next);
            isDue.Bind(2, UnixMicroseconds.From(now));
            if (isDue.Step()) due.Add(next);
        }
        return due;
    }

    /// <summary>Takes what is due for a subscription: of each lead the first, while what comes after it is put off.</summary>
    public void Take(long subscriptionId, int limit, DateTimeOffset now, DateTimeOffset leasedUntil, ImmutableArray<Delivery>.Builder taken)
    {
        foreach (var delivery in ReadDue(subscriptionId, limit, now))
        {
            var held = HeldUntil(delivery);
            SetDue(delivery.Id, held is { } until && until > now ? until : leasedUntil);
            if (held is null) taken.Add(delivery);
        }
    }

    public void EndLeases(DateTimeOffset now, DateTimeOffset until)
    {
        using var end = _endLeases.Use();
        end.Bind(1, UnixMicroseconds.From(now));
        end.Bind(2, UnixMicroseconds.From(until));
        end.Run();
    }

    public void Settle(Attempt attempt, DateTimeOffset now)
    {
        if (Find(attempt.DeliveryId) is not { } row) return;
        if (attempt.Fate is not Fate.Pointless) Log(row, attempt);
        if (attempt.Fate is Fate.Delivered or Fate.Pointless) Run(_delete, attempt.DeliveryId);
        else Keep(attempt, now);
        if (attempt.Fate is not Fate.TryAgain && row.LeadId is { } leadId) Release(row, leadId, now);
    }

    public ImmutableArray<LoggedAttempt> ListLog(long accountId, long leadId, int limit)
    {
        using var read = _readLog.Use();
        read.Bind(1, accountId);
        read.Bind(2, leadId);
        read.Bind(3, limit);
        var log = ImmutableArray.CreateBuilder<LoggedAttempt>();
        while (read.Step()) log.Add(Logged(read));
        return log.DrainToImmutable();
    }

    public ImmutableArray<DeadLetter> ListDead(long subscriptionId, long afterId, int limit)
    {
        using var read = _dead.Use();
        read.Bind(1, subscriptionId);
        read.Bind(2, afterId);
        read.Bind(3, limit);
        var dead = ImmutableArray.CreateBuilder<DeadLetter>();
        while (read.Step()) dead.Add(Dead(read));
        return dead.DrainToImmutable();
    }

    public int ReplayAll(long subscriptionId, DateTimeOffset now)
    {
        using var replay = _replayAll.Use();
        replay.Bind(1, UnixMicroseconds.From(now));
        replay.Bind(2, subscriptionId);
        return replay.Run() ? session.Changes : 0;
    }

    public bool Replay(long subscriptionId, long id, DateTimeOffset now)
    {
        using var replay = _replay.Use();
        replay.Bind(1, UnixMicroseconds.From(now));
        replay.Bind(2, subscriptionId);
        replay.Bind(3, id);
        return replay.Run();
    }

    /// <summary>Removes what is told, and was told, of a lead.</summary>
    public void ForgetLead(long leadId)
    {
        Run(_deleteOfLead, leadId);
        Run(_deleteLogOfLead, leadId);
    }

    public int Forget(DateTimeOffset before, int limit) => Forget(_forget, before, limit);

    public int ForgetDead(DateTimeOffset before, int limit) => Forget(_forgetDead, before, limit);

    private int Forget(SqliteStatement statement, DateTimeOffset before, int limit)
    {
        using var forget = statement.Use();
        forget.Bind(1, UnixMicroseconds.From(before));
        forget.Bind(2, limit);
        return forget.Run() ? session.Changes : 0;
    }

    private long? NextWaiting(long after)
    {
        using var next = _nextWaiting.Use();
        next.Bind(1, after);
        return next.Step() ? next.Number(0) : null;
    }

    private List<Delivery> ReadDue(long subscriptionId, int limit, DateTimeOffset now)
    {
        using var due = _due.Use();
        due.Bind(1, subscriptionId);
        due.Bind(2, UnixMicroseconds.From(now));
        due.Bind(3, limit);
        List<Delivery> page = [];
        while (due.Step()) page.Add(Delivery(due));
        return page;
    }

    private DateTimeOffset? HeldUntil(Delivery delivery)
    {
        if (delivery.LeadId is not { } leadId) return null;
        using var before = _before.Use();
        before.Bind(1, leadId);
        before.Bind(2, delivery.Subscription.Id);
        before.Bind(3, delivery.Number);
        return before.Step() ? UnixMicroseconds.To(before.Number(0)) : null;
    }

    private void SetDue(long id, DateTimeOffset due)
    {
        using var set = _setDue.Use();
        set.Bind(1, UnixMicroseconds.From(due));
        set.Bind(2, id);
        set.Run();
    }

    private readonly record struct Row(long Id, long SubscriptionId, EventKind Kind, long? LeadId, long Number, long AccountId);

    private Row? Find(long id)
    {
        using var find = _find.Use();
        find.Bind(1, id);
        return find.Step()
            ? new(id, find.Number(0), (EventKind)find.Number(1), find.NumberOrNull(2), find.Number(3), find.Number(4))
            : null;
    }

    private void Log(Row row, Attempt attempt)
    {
        using var log = _log.Use();
        log.Bind(1, row.AccountId);
        log.Bind(2, row.SubscriptionId);
        log.Bind(3, row.Id);
        log.Bind(4, (long)row.Kind);
        log.Bind(5, row.LeadId);
        log.Bind(6, (long)attempt.Fate);
        log.Bind(7, attempt.NextTry is { } next ? UnixMicroseconds.From(next) : null);
        log.Bind(8, UnixMicroseconds.From(attempt.At));
        log.Bind(9, attempt.Status);
        log.Bind(10, attempt.Problem);
        log.Bind(11, attempt.Milliseconds);
        log.Run();
    }

    private void Keep(Attempt attempt, DateTimeOffset now)
    {
        using var tried = _tried.Use();
        tried.Bind(1, attempt.Fate is Fate.TryAgain ? UnixMicroseconds.From(attempt.NextTry ?? now) : null);
        tried.Bind(2, UnixMicroseconds.From(attempt.At));
        tried.Bind(3, attempt.Status);
        tried.Bind(4, attempt.Problem);
        tried.Bind(5, attempt.Milliseconds);
        tried.Bind(6, attempt.DeliveryId);
        tried.Run();
    }

    // The lead's next event is held up no more.
    private void Release(Row row, long leadId, DateTimeOffset now)
    {
        long id;
        using (var after = _after.Use())
        {
            after.Bind(1, leadId);
            after.Bind(2, row.SubscriptionId);
            after.Bind(3, row.Number);
            if (!after.Step() || UnixMicroseconds.To(after.Number(1)) <= now) return;
            id = after.Number(0);
        }
        SetDue(id, now);
    }

    private static void Run(SqliteStatement statement, long parameter)
    {
        using var use = statement.Use();
        use.Bind(1, parameter);
        use.Run();
    }

    private static Delivery Delivery(SqliteUse row)
    {
        const int First = SubscriptionTable.ColumnCount;
        return new()
        {
            Id = row.Number(First),
            Subscription = SubscriptionTable.Read(row, 0),
            Kind = (EventKind)row.Number(First + 1),
            OccurredAt = UnixMicroseconds.To(row.Number(First + 2)),
            CampaignId = row.NumberOrNull(First + 3),
            LeadId = row.NumberOrNull(First + 4),
            Number = row.Number(First + 5),
            Details = row.TextOrNull(First + 6),
            Tries = (int)row.Number(First + 7),
        };
    }

    private static DeadLetter Dead(SqliteUse row)
    {
        const int First = SubscriptionTable.ColumnCount + 8;
        var delivery = Delivery(row);
        return new()
        {
            Delivery = delivery,
            Last = new(
                delivery.Id,
                Fate.GivenUp,
                NextTry: null,
                UnixMicroseconds.To(row.Number(First)),
                (int?)row.NumberOrNull(First + 1),
                row.TextOrNull(First + 2),
                (int)row.Number(First + 3)),
        };
    }

    private static LoggedAttempt Logged(SqliteUse row) => new()
    {
        SubscriptionId = row.Number(0),
        Kind = (EventKind)row.Number(1),
        LeadId = row.NumberOrNull(2),
        Attempt = new(
            row.Number(3),
            (Fate)row.Number(4),
            row.NumberOrNull(5) is { } next ? UnixMicroseconds.To(next) : null,
            UnixMicroseconds.To(row.Number(6)),
            (int?)row.NumberOrNull(7),
            row.TextOrNull(8),
            (int)row.Number(9)),
    };
}
