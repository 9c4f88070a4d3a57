namespace LeadEngine.Storage.Sqlite;

/// <summary>Numbers that are given once. Leads' and people's are taken by the batch: one row is written for hundreds of them.</summary>
internal sealed class SequenceTable(SqliteSession session)
{
    public const string Leads = "leads";
    public const string AccountsAndCampaigns = "ids";
    public const string People = "people";

    /// <summary>The last person whom the index has followed to.</summary>
    public const string IndexedPeople = "indexed people";

    private readonly SqliteStatement _last = session.Statement("select value from sequences where name = ?");

    private readonly SqliteStatement _set = session.Statement(
        "insert into sequences (name, value) values (?, ?) on conflict do update set value = excluded.value");

    /// <summary>The last number that was given; 0 before the first.</summary>
    public long Last(string name)
    {
        using var last = _last.Use();
        last.Bind(1, name);
        return last.Step() ? last.Number(0) : 0;
    }

    public void SetLast(string name, long value)
    {
        using var set = _set.Use();
        set.Bind(1, name);
        set.Bind(2, value);
        set.Run();
    }
}
