using System.Collections.Immutable;
using LeadEngine.Webhooks;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>The subscriptions of a PostgreSQL database, and what is on its way to them.</summary>
internal sealed class PostgresWebhooks(PostgresPool pool) : IWebhookDriver
{
    private readonly SubscriptionTable _subscriptions = new(pool);

    public Task<Subscription?> Add(Subscription subscription, CancellationToken cancel) => _subscriptions.Add(subscription, cancel);

    public Task<Subscription?> Change(Subscription subscription, CancellationToken cancel) => _subscriptions.Change(subscription, cancel);

    public Task<bool> Remove(long accountId, long subscriptionId, CancellationToken cancel) =>
        _subscriptions.Remove(accountId, subscriptionId, cancel);

    public Task<ImmutableArray<Subscription>> List(long accountId, CancellationToken cancel) => _subscriptions.List(accountId, cancel);

    public Task Disable(long subscriptionId, string reason, CancellationToken cancel) => _subscriptions.Disable(subscriptionId, reason, cancel);

    public async Task<ImmutableArray<Delivery>> TakeDue(TakeDeliveries wish, DateTimeOffset now, CancellationToken cancel)
    {
        var taken = ImmutableArray.CreateBuilder<Delivery>();
        var trip = new RoundTrip();
        trip.Add(
            DeliverySql.Take,
            row => taken.Add(Delivery(row)),
            Arguments.Time(now),
            Arguments.Numbers([.. wish.Busy]),
            Arguments.Number((long)wish.PerSubscription),
            Arguments.Number((long)wish.Limit),
            Arguments.Time(now + wish.Lease));
        await pool.Write(trip, cancel);
        return taken.DrainToImmutable();
    }

    public async Task Settle(ImmutableArray<Attempt> attempts, DateTimeOffset now, CancellationToken cancel)
    {
        var trip = new RoundTrip();
        trip.Add(
            DeliverySql.Settle,
            Arguments.Numbers([.. attempts.Select(attempt => attempt.DeliveryId)]),
            Arguments.Numbers([.. attempts.Select(attempt => (int)attempt.Fate)]),
            Arguments.Times([.. attempts.Select(attempt => attempt.NextTry?.UtcDateTime)]),
            Arguments.Times([.. attempts.Select(attempt => attempt.At.UtcDateTime)]),
            Arguments.Numbers([.. attempts.Select(attempt => attempt.Status)]),
            Arguments.Texts([.. attempts.Select(attempt => attempt.Problem)]),
            Arguments.Numbers([.. attempts.Select(attempt => attempt.Milliseconds)]),
            Arguments.Time(now));
        await pool.Write(trip, cancel);
    }

    public Task EndLeases(DateTimeOffset now, DateTimeOffset until, CancellationToken cancel)
    {
        var trip = new RoundTrip();
        trip.Add(DeliverySql.EndLeases, Arguments.Time(now), Arguments.Time(until));
        return pool.Write(trip, cancel);
    }

    public async Task<ImmutableArray<LoggedAttempt>> ListLog(long accountId, long leadId, int limit, CancellationToken cancel)
    {
        var log = ImmutableArray.CreateBuilder<LoggedAttempt>();
        var trip = new RoundTrip();
        trip.Add(
            DeliverySql.ReadLog,
            row => log.Add(Logged(row)),
            Arguments.Number(accountId),
            Arguments.Number(leadId),
            Arguments.Number((long)limit));
        await pool.Read(trip, cancel);
        return log.DrainToImmutable();
    }

    public async Task<ImmutableArray<DeadLetter>> ListDead(
        long accountId, long subscriptionId, long afterDeliveryId, int limit, CancellationToken cancel)
    {
        var dead = ImmutableArray.CreateBuilder<DeadLetter>();
        var trip = new RoundTrip();
        trip.Add(
            DeliverySql.ReadDead,
            row => dead.Add(Dead(row)),
            Arguments.Number(accountId),
            Arguments.Number(subscriptionId),
            Arguments.Number(afterDeliveryId),
            Arguments.Number((long)limit));
        await pool.Read(trip, cancel);
        return dead.DrainToImmutable();
    }

    public async Task<int> Replay(
        long accountId, long subscriptionId, ImmutableArray<long> deliveryIds, DateTimeOffset now, CancellationToken cancel)
    {
        var replayed = (int)await pool.Write(
            DeliverySql.Replay,
            row => row.GetInt64(0),
            cancel,
            Arguments.Number(accountId),
            Arguments.Number(subscriptionId),
            Arguments.Numbers([.. deliveryIds]),
            Arguments.Time(now));
        return replayed >= 0 ? replayed : throw new StoreBusyException(IWebhookDriver.StillDropping);
    }

    public async Task<int> RemoveDropped(int limit, CancellationToken cancel)
    {
        if (await pool.Read(DropSql.Next, row => (long?)row.GetInt64(0), cancel) is not { } subscriptionId) return 0;
        var removed = 0;
        var trip = new RoundTrip();
        trip.Add(DropSql.Lock, _ => { }, Arguments.Number(subscriptionId));
        trip.Add(
            DropSql.Remove, row => removed = (int)row.GetInt64(0), Arguments.Number(subscriptionId), Arguments.Number((long)limit));
        trip.Add(DropSql.End, Arguments.Number(subscriptionId));
        await pool.Write(trip, cancel);
        return removed;
    }

    public async Task<int> ForgetAttempts(DateTimeOffset before, int limit, CancellationToken cancel) =>
        (int)await pool.Write(DeliverySql.Forget, row => row.GetInt64(0), cancel, Arguments.Time(before), Arguments.Number(limit));

    public async Task<int> ForgetDead(DateTimeOffset before, int limit, CancellationToken cancel) =>
        (int)await pool.Write(DeliverySql.ForgetDead, row => row.GetInt64(0), cancel, Arguments.Time(before), Arguments.Number(limit));

    private static Delivery Delivery(NpgsqlDataReader row)
    {
        const int First = SubscriptionTable.ColumnCount;
        return new()
        {
            Id = row.GetInt64(First),
            Subscription = SubscriptionTable.Read(row, 0),
            Kind = (EventKind)row.GetInt16(First + 1),
            OccurredAt = row.GetFieldValue<DateTimeOffset>(First + 2),
            CampaignId = row.IsDBNull(First + 3) ? null : row.GetInt64(First + 3),
            LeadId = row.IsDBNull(First + 4) ? null : row.GetInt64(First + 4),
            Number = row.GetInt64(First + 5),
            Details = row.IsDBNull(First + 6) ? null : row.GetString(First + 6),
            Tries = row.GetInt32(First + 7),
        };
    }

    private static DeadLetter Dead(NpgsqlDataReader row)
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
                row.GetFieldValue<DateTimeOffset>(First),
                row.IsDBNull(First + 1) ? null : row.GetInt32(First + 1),
                row.IsDBNull(First + 2) ? null : row.GetString(First + 2),
                row.GetInt32(First + 3)),
        };
    }

    private static LoggedAttempt Logged(NpgsqlDataReader row) => new()
    {
        SubscriptionId = row.GetInt64(0),
        Kind = (EventKind)row.GetInt16(1),
        LeadId = row.IsDBNull(2) ? null : row.GetInt64(2),
        Attempt = new(
            row.GetInt64(3),
            (Fate)row.GetInt16(4),
            row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
            row.GetFieldValue<DateTimeOffset>(6),
            row.IsDBNull(7) ? null : row.GetInt32(7),
            row.IsDBNull(8) ? null : row.GetString(8),
            row.GetInt32(9)),
    };
}
