using System.Collections.Immutable;
using LeadEngine.Leads;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>Work on leads that was promised.</summary>
internal sealed class TaskTable(PostgresPool pool) : ITaskDriver
{
    private const string Insert =
        """
        insert into lead_tasks (campaign_id, lead_id, lead_order, subject, request_id, requested_at, due_at)
        select $1, a.lead_id, a.lead_order, a.subject, a.request_id, a.requested_at, $7
        from unnest($2, $3, $4, $5, $6) with ordinality as a (lead_id, lead_order, subject, request_id, requested_at, ordinal)
        order by a.ordinal
        """;

    private const string Take =
        """
        with due as materialized (
            select t.id, t.due_at from lead_tasks t
            where t.due_at <= $2 and not exists (select from lead_tasks earlier where earlier.lead_id = t.lead_id and earlier.id < t.id)
            order by t.due_at, t.id limit $1 for update of t skip locked),
        taken as (
            update lead_tasks t set due_at = $3 from due d where t.id = d.id returning t.*, d.due_at as was_due_at)
        select id, campaign_id, lead_id, lead_order, subject, request_id, requested_at from taken order by was_due_at, id
        """;

    private const string SetDue = "update lead_tasks set due_at = $2 where id = $1";

    private const string End = "update lead_tasks set due_at = $1 where due_at > $1";

    private const string Delete = "delete from lead_tasks where id = $1";

    /// <summary>
    /// Work that is over with changes of leads: their rows have the requests and the versions of these only if they were applied.
    /// </summary>
    public const string Finish =
        """
        delete from lead_tasks where id = any(array(
            select a.id from unnest($1, $2, $3, $4) as a (id, lead_id, version, requests)
            cross join lateral (select c.version, c.requests from leads c where c.id = a.lead_id offset 0) l
            where l.version = a.version and l.requests = a.requests))
        """;

    public Task Queue(long campaignId, ImmutableArray<NewTask> tasks, DateTimeOffset now, CancellationToken cancel)
    {
        var trip = new RoundTrip();
        trip.Add(
            Insert,
            Arguments.Number(campaignId),
            Arguments.Numbers([.. tasks.Select(task => task.LeadId)]),
            Arguments.Numbers([.. tasks.Select(task => (int)task.Order)]),
            Arguments.Numbers([.. tasks.Select(task => task.Subject)]),
            Arguments.Ids([.. tasks.Select(task => task.RequestId)]),
            Arguments.Times([.. tasks.Select(task => task.RequestedAt.UtcDateTime)]),
            Arguments.Time(now));
        return pool.Write(trip, cancel);
    }

    public async Task<ImmutableArray<DueTask>> TakeDue(int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel)
    {
        var tasks = ImmutableArray.CreateBuilder<DueTask>();
        var trip = new RoundTrip();
        trip.Add(Take, row => tasks.Add(Due(row)), Arguments.Number(limit), Arguments.Time(now), Arguments.Time(until));
        await pool.Write(trip, cancel);
        return tasks.DrainToImmutable();
    }

    public Task PutOff(long taskId, DateTimeOffset? until, CancellationToken cancel)
    {
        var trip = new RoundTrip();
        if (until is { } time) trip.Add(SetDue, Arguments.Number(taskId), Arguments.Time(time));
        else trip.Add(Delete, Arguments.Number(taskId));
        return pool.Write(trip, cancel);
    }

    public Task EndLeases(DateTimeOffset now, CancellationToken cancel)
    {
        var trip = new RoundTrip();
        trip.Add(End, Arguments.Time(now));
        return pool.Write(trip, cancel);
    }

    private static DueTask Due(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        new(row.GetInt64(2), (LeadOrder)row.GetInt16(3), row.GetInt64(4), row.GetGuid(5), row.GetFieldValue<DateTimeOffset>(6)));
}
