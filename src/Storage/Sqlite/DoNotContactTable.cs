using LeadEngine.People;

namespace LeadEngine.Storage.Sqlite;

internal sealed class DoNotContactTable(SqliteSession session)
{
    private readonly SqliteStatement _insert = session.Statement(
        "insert into do_not_contact (account_id, kind, value, reason, created_at) values (?, ?, ?, ?, ?) on conflict do nothing");

    private readonly SqliteStatement _read = session.Statement(
        "select reason from do_not_contact where account_id = ? and kind = ? and value = ?");

    /// <returns>Whether it was not there.</returns>
    public bool Insert(long accountId, DoNotContact entry, DateTimeOffset now)
    {
        using var insert = _insert.Use();
        insert.Bind(1, accountId);
        insert.Bind(2, (long)entry.Kind);
        insert.Bind(3, entry.Value);
        insert.Bind(4, entry.Reason);
        insert.Bind(5, UnixMicroseconds.From(now));
        return insert.Run();
    }

    /// <summary>The entry as it is on the list; null when it is not.</summary>
    public DoNotContact? Find(long accountId, DoNotContact entry)
    {
        using var read = _read.Use();
        read.Bind(1, accountId);
        read.Bind(2, (long)entry.Kind);
        read.Bind(3, entry.Value);
        return read.Step() ? entry with { Reason = read.Text(0) } : null;
    }
}
