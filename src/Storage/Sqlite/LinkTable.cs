using LeadEngine.Leads;

namespace LeadEngine.Storage.Sqlite;

internal sealed class LinkTable(SqliteSession session)
{
    private readonly SqliteStatement _insert = session.Statement(
        "insert into links (code, url, campaign_id, lead_id, clicks, created_at) values (?, ?, ?, ?, 0, ?)");

    private readonly SqliteStatement _read = session.Statement("select url, campaign_id, lead_id, clicks from links where code = ?");
    private readonly SqliteStatement _count = session.Statement("update links set clicks = clicks + ? where code = ?");
    private readonly SqliteStatement _deleteOf = session.Statement("delete from links where lead_id = ?");

    public void Insert(ShortLink link, long campaignId, long leadId, DateTimeOffset now)
    {
        using var insert = _insert.Use();
        insert.Bind(1, link.Code);
        insert.Bind(2, link.Url);
        insert.Bind(3, campaignId);
        insert.Bind(4, leadId);
        insert.Bind(5, UnixMicroseconds.From(now));
        insert.Run();
    }

    public StoredLink? Read(string code)
    {
        using var read = _read.Use();
        read.Bind(1, code);
        return read.Step() ? new(read.Text(0), read.Number(1), read.Number(2), read.Number(3)) : null;
    }

    public bool CountClicks(string code, long clicks)
    {
        using var count = _count.Use();
        count.Bind(1, clicks);
        count.Bind(2, code);
        return count.Run();
    }

    public void DeleteOf(long leadId)
    {
        using var delete = _deleteOf.Use();
        delete.Bind(1, leadId);
        delete.Run();
    }
}
