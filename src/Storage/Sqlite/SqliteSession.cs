using System.Text;
using SQLitePCL;

namespace LeadEngine.Storage.Sqlite;

/// <summary>
/// One connection with its prepared statements, for one thread. It speaks the C interface directly: the ADO.NET layer costs more time for
/// each row than SQLite itself.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private const int CacheWrites = 9; // SQLITE_DBSTATUS_CACHE_WRITE
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);

    private readonly sqlite3 _db;
    private readonly TimeSpan _lockTimeout;
    private readonly TimeProvider _clock;
    private readonly List<SqliteStatement> _statements = [];
    private byte[] _text = new byte[1024];

    static SqliteSession() => Batteries_V2.Init();

    private SqliteSession(sqlite3 db, TimeSpan lockTimeout, TimeProvider clock) => (_db, _lockTimeout, _clock) = (db, lockTimeout, clock);

    public static SqliteSession Open(string path, bool readOnly, TimeSpan lockTimeout, TimeProvider clock)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX
            | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(path, out var db, flags, null);
        if (code != raw.SQLITE_OK)
        {
            db?.Dispose();
            throw new SqliteFailureException(code, $"{raw.sqlite3_errstr(code).utf8_to_string()}: {path}");
        }
        raw.sqlite3_extended_result_codes(db, 1);
        return new(db, lockTimeout, clock);
    }

    /// <summary>A statement that is prepared at its first use and kept.</summary>
    public SqliteStatement Statement(string sql)
    {
        var statement = new SqliteStatement(this, sql);
        _statements.Add(statement);
        return statement;
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(_db, sql));

    /// <summary>The first column of the first row.</summary>
    public string? Scalar(string sql)
    {
        using var statement = new SqliteStatement(this, sql);
        using var query = statement.Use();
        return query.Step() ? query.Text(0) : null;
    }

    public int Changes => raw.sqlite3_changes(_db);

    /// <summary>How many pages this connection has written since it was last asked.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(_db, CacheWrites, out var pages, out _, resetFlg: 1));
        return pages;
    }

    /// <summary>Copies as much of the log into the database as nobody prevents, and waits for nobody.</summary>
    /// <returns>How many pages of the log are copied by now.</returns>
    public int Checkpoint()
    {
        Check(raw.sqlite3_wal_checkpoint_v2(_db, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out var copied));
        return copied;
    }

    /// <summary>Runs the job in a transaction that holds the write lock from its start, so that what it reads stays true.</summary>
    public T Write<T>(Func<T> job)
    {
        TakeWriteLock();
        T result;
        try
        {
            result = job();
        }
        catch
        {
            Rollback();
            throw;
        }
        Commit();
        return result;
    }

    /// <summary>Runs the job on one snapshot, which also takes the locks once rather than for each statement.</summary>
    public T Read<T>(Func<T> job)
    {
        Execute("begin");
        try
        {
            return job();
        }
        finally
        {
            Rollback();
        }
    }

    // SQLite's own busy time-out is of no use here: this build of it sleeps in whole seconds.
    private void TakeWriteLock()
    {
        var start = _clock.GetTimestamp();
        while (true)
        {
            try
            {
                Execute("begin immediate");
                return;
            }
            catch (SqliteFailureException failure) when (failure.IsLock && _clock.GetElapsedTime(start) < _lockTimeout)
            {
                Task.Delay(LockPause, _clock).Wait();
            }
        }
    }

    private void Commit()
    {
        try
        {
            Execute("commit");
        }
        catch (SqliteFailureException failure)
        {
            Rollback();
            if (failure.LeavesCommitInDoubt) throw new StoreOutcomeUnknownException("The commit failed half-way.", failure);
            throw;
        }
    }

    // SQLite has rolled back by itself after some failures; another rollback is then an error of no meaning.
    private void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_db) == 0) raw.sqlite3_exec(_db, "rollback");
    }

    internal sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }

    /// <summary>The text as UTF-8 in a buffer that the next call overwrites.</summary>
    internal ReadOnlySpan<byte> Encode(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most) _text = new byte[most];
        return _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text));
    }

    internal void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteFailureException(raw.sqlite3_extended_errcode(_db), raw.sqlite3_errmsg(_db).utf8_to_string());
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _db.Dispose();
    }
}
