namespace LeadEngine.Storage.Sqlite;

/// <summary>How connections are set up.</summary>
internal static class SqliteSettings
{
    private const string Both =
        """
        pragma temp_store = memory;
        pragma cache_size = -65536;
        """;

    // With synchronous=full a commit is on disk before it returns, also in WAL mode. The log is copied into the database when it has
    // grown to this many pages of 4 KiB: the larger, the more changes of one page are copied once.
    private const string Writer =
        """
        pragma synchronous = full;
        pragma wal_autocheckpoint = 20000;
        """;

    public static SqliteSession OpenWriter(string path, TimeSpan lockTimeout, TimeProvider clock)
    {
        var session = SqliteSession.Open(path, readOnly: false, lockTimeout, clock);
        try
        {
            if (session.Scalar("pragma journal_mode = wal") != "wal")
            {
                throw new InvalidOperationException($"{path} lies where SQLite cannot keep a write-ahead log.");
            }
            session.Execute(Both);
            session.Execute(Writer);
            SqliteSchema.Migrate(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public static SqliteSession OpenReader(string path, TimeSpan lockTimeout, TimeProvider clock)
    {
        var session = SqliteSession.Open(path, readOnly: true, lockTimeout, clock);
        session.Execute(Both);
        return session;
    }
}
