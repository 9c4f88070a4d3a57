using System.Globalization;

namespace LeadEngine.Storage.Sqlite;

/// <summary>How connections are set up.</summary>
internal static class SqliteSettings
{
    public const int CheckpointPages = 40_000;

    private const string Both =
        """
        pragma temp_store = memory;
        pragma cache_size = -65536;
        """;

    // With synchronous=full a commit is on disk before it returns, also in WAL mode, and a checkpoint before the log begins anew.
    // The writer makes checkpoints of its own only when those beside it do not keep up.
    private static readonly string Writer = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        pragma synchronous = full;
        pragma wal_autocheckpoint = {4 * CheckpointPages};
        """);

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

    public static SqliteSession OpenForCheckpoints(string path, TimeSpan lockTimeout, TimeProvider clock)
    {
        var session = SqliteSession.Open(path, readOnly: false, lockTimeout, clock);
        session.Execute("pragma synchronous = full");
        return session;
    }

    public static SqliteSession OpenReader(string path, TimeSpan lockTimeout, TimeProvider clock)
    {
        var session = SqliteSession.Open(path, readOnly: true, lockTimeout, clock);
        session.Execute(Both);
        return session;
    }
}
