using System.Globalization;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>What every connection sets before its first use, so that nothing depends on how the server or the role is configured.</summary>
internal sealed class PostgresSession(TimeSpan statementTimeout)
{
    private readonly (string Name, string Value)[] _settings =
    [
        // A commit that was acknowledged is on disk.
        ("synchronous_commit", "on"),
        // After a lock was awaited, the next statement sees what the one before it left.
        ("default_transaction_isolation", "read committed"),
        ("statement_timeout", Milliseconds(statementTimeout)),
        ("lock_timeout", Milliseconds(statementTimeout)),
        ("idle_in_transaction_session_timeout", Milliseconds(statementTimeout)),
        // A client that is cut off holds its locks no longer than that takes to notice.
        ("tcp_keepalives_idle", "5"),
        ("tcp_keepalives_interval", "5"),
        ("tcp_keepalives_count", "3"),
        // Plans are made once for each connection, maybe while the tables are still empty. Everything here is looked up by an index, so
        // a plan that is right for many rows is right for few.
        ("plan_cache_mode", "force_generic_plan"),
        ("enable_seqscan", "off"),
        ("enable_hashjoin", "off"),
        ("enable_mergejoin", "off"),
        ("jit", "off"),
    ];

    public void Configure(NpgsqlConnection connection)
    {
        using var command = CreateCommand(connection);
        using var reader = command.ExecuteReader();
        while (reader.Read()) Assert(reader.GetString(0), reader.GetString(1));
    }

    public async Task ConfigureAsync(NpgsqlConnection connection)
    {
        await using var command = CreateCommand(connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) Assert(reader.GetString(0), reader.GetString(1));
    }

    private NpgsqlCommand CreateCommand(NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(
            """
            select name, set_config(name, value, false) from unnest($1, $2) s(name, value)
            union all select 'fsync', current_setting('fsync')
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _settings.Select(setting => setting.Name)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _settings.Select(setting => setting.Value)] });
        return command;
    }

    private static void Assert(string name, string value)
    {
        if (name is not ("synchronous_commit" or "fsync") || value == "on") return;
        throw new InvalidOperationException(
            $"The PostgreSQL server has {name} = {value}. It must be on: an answer of the engine means that the change is on disk.");
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
