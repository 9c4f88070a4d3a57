using SQLitePCL;

namespace LeadEngine.Storage.Sqlite;

/// <summary>A prepared statement, kept for the life of its session.</summary>
internal sealed class SqliteStatement(SqliteSession session, string sql) : IDisposable
{
    private sqlite3_stmt? _handle;

    /// <summary>One use, from binding to the last row. All parameters have to be bound: those of the use before are still there.</summary>
    public SqliteUse Use() => new(session, _handle ??= session.Prepare(sql));

    public void Dispose() => _handle?.Dispose();
}

/// <summary>One use of a statement. Parameters count from 1, columns from 0.</summary>
internal readonly ref struct SqliteUse(SqliteSession session, sqlite3_stmt statement) : IDisposable
{
    public void Bind(int parameter, long value) => session.Check(raw.sqlite3_bind_int64(statement, parameter, value));

    public void Bind(int parameter, long? value)
    {
        if (value is { } number) Bind(parameter, number);
        else BindNull(parameter);
    }

    public void Bind(int parameter, string? value)
    {
        if (value is null) BindNull(parameter);
        else BindText(parameter, session.Encode(value));
    }

    // An empty span has no address, which SQLite would take for null.
    public void BindText(int parameter, ReadOnlySpan<byte> utf8) => session.Check(
        utf8.IsEmpty
            ? raw.sqlite3_bind_text(statement, parameter, utf8z.FromString(""))
            : raw.sqlite3_bind_text(statement, parameter, utf8));

    public void BindBlob(int parameter, ReadOnlySpan<byte> value) => session.Check(
        value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(statement, parameter, 0)
            : raw.sqlite3_bind_blob(statement, parameter, value));

    public void BindNull(int parameter) => session.Check(raw.sqlite3_bind_null(statement, parameter));

    /// <summary>Whether there is a row, or another.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        session.Check(code);
        return false;
    }

    /// <summary>Runs a statement that has no rows.</summary>
    /// <returns>Whether it changed any.</returns>
    public bool Run()
    {
        Step();
        return session.Changes > 0;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>Also lets go of the snapshot that an unfinished query holds.</summary>
    public void Dispose() => raw.sqlite3_reset(statement);
}
