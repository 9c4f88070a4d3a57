using System.Collections.Immutable;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Work on leads that was promised.</summary>
internal sealed class TaskTable(SqliteSession session)
{
    private readonly SqliteStatement _insert = session.Statement(
        """
        insert into lead_tasks (campaign_id, lead_id, lead_order, subject, request_id, requested_at, due_at) values (?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly SqliteStatement _due = session.Statement(
        """
        select id, campaign_id, lead_id, lead_order, subject, request_id, requested_at from lead_tasks
        where due_at <= ? and not exists (
            select 1 from lead_tasks earlier where earlier.lead_id = lead_tasks.lead_id and earlier.id < lead_tasks.id)
        order by due_at, id limit ?
        """);

    private readonly SqliteStatement _putOff = session.Statement("update lead_tasks set due_at = ? where id = ?");
    private readonly SqliteStatement _endLeases = session.Statement("update lead_tasks set due_at = ?1 where due_at > ?1");
    private readonly SqliteStatement _delete = session.Statement("delete from lead_tasks where id = ?");
    private readonly SqliteStatement _deleteOf = session.Statement("delete from lead_tasks where lead_id = ?");

    public void Insert(long campaignId, NewTask task, DateTimeOffset now)
    {
        using var insert = _insert.Use();
        insert.Bind(1, campaignId);
        insert.Bind(2, task.LeadId);
        insert.Bind(3, (long)task.Order);
        insert.Bind(4, task.Subject);
        insert.BindBlob(5, task.RequestId.ToByteArray(bigEndian: true));
        insert.Bind(6, UnixMicroseconds.From(task.RequestedAt));
        insert.Bind(7, UnixMicroseconds.From(now));
        insert.Run();
    }

    public ImmutableArray<DueTask> TakeDue(int limit, DateTimeOffset now, DateTimeOffset until)
    {
        var tasks = ReadDue(limit, now);
        foreach (var task in tasks) PutOff(task.Id, until);
        return tasks;
    }

    public void PutOff(long id, DateTimeOffset until)
    {
        using var putOff = _putOff.Use();
        putOff.Bind(1, UnixMicroseconds.From(until));
        putOff.Bind(2, id);
        putOff.Run();
    }

    public void EndLeases(DateTimeOffset now)
    {
        using var end = _endLeases.Use();
        end.Bind(1, UnixMicroseconds.From(now));
        end.Run();
    }

    public void Delete(long id) => Delete(_delete, id);

    public void DeleteOf(long leadId) => Delete(_deleteOf, leadId);

    private static void Delete(SqliteStatement statement, long id)
    {
        using var delete = statement.Use();
        delete.Bind(1, id);
        delete.Run();
    }

    private ImmutableArray<DueTask> ReadDue(int limit, DateTimeOffset now)
    {
        using var due = _due.Use();
        due.Bind(1, UnixMicroseconds.From(now));
        due.Bind(2, limit);
        var tasks = ImmutableArray.CreateBuilder<DueTask>();
        while (due.Step()) tasks.Add(new(due.Number(0), due.Number(1), Task(due)));
        return tasks.DrainToImmutable();
    }

    private static NewTask Task(SqliteUse row) => new(
        row.Number(2), (LeadOrder)row.Number(3), row.Number(4), new Guid(row.Bytes(5), bigEndian: true), UnixMicroseconds.To(row.Number(6)));
}
