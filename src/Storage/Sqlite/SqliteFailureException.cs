using SQLitePCL;

namespace LeadEngine.Storage.Sqlite;

/// <summary>SQLite refused a call, with its result code.</summary>
internal sealed class SqliteFailureException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    private int PrimaryCode { get; } = code & 0xFF;

    /// <summary>The file, the disk or a lock was to blame rather than the statement: the same may succeed later.</summary>
    public bool IsPassing => PrimaryCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR
        or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_NOMEM;

    /// <summary>Another connection holds the lock.</summary>
    public bool IsLock => PrimaryCode == raw.SQLITE_BUSY;

    /// <summary>The file may hold either state when a commit failed so.</summary>
    public bool LeavesCommitInDoubt => PrimaryCode == raw.SQLITE_IOERR;
}
