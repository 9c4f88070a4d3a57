using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Ends sessions of the engine whose client stopped in the middle of a batch. Such a session holds its locks, but no time-out of the server
/// ends it: it is neither idle nor running a statement, it awaits the rest of what it was sent.
/// </summary>
internal sealed partial class FrozenClients(NpgsqlDataSource source, TimeSpan age, ILogger logger)
{
    private const string Sql =
        """
        select count(pg_terminate_backend(pid))
        from pg_stat_activity
        where datname = current_database() and usename = current_user and application_name = current_setting('application_name')
            and pid <> pg_backend_pid() and state = 'active' and wait_event = 'ClientRead'
            and xact_start is not null and state_change < clock_timestamp() - make_interval(secs => $1)
        """;

    /// <summary>Called when a lock was not to be had in time; the one who waited then tries again.</summary>
    public async Task End(CancellationToken cancel)
    {
        try
        {
            await using var command = source.CreateCommand(Sql);
            command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = age.TotalSeconds });
            var ended = (long)(await command.ExecuteScalarAsync(cancel))!;
            if (ended > 0) LogEnded(ended);
        }
        catch (NpgsqlException failure)
        {
            // The next time-out comes here again.
            LogFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} sessions held locks for clients that had stopped in mid-sentence; they were ended.")]
    private partial void LogEnded(long count);

    [LoggerMessage(LogLevel.Warning, "Sessions of stopped clients could not be looked for.")]
    private partial void LogFailed(Exception failure);
}
