using Npgsql;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>A connection beside those of the drivers: it gets in their way, ends them, and looks what they do.</summary>
public sealed class Bystander(NpgsqlConnection connection) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task Run(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> Ask<T>(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Asks until the answer is yes.</summary>
    public async Task Until(string sql)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await Ask<bool>(sql))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"Still not: {sql}");
        }
    }

    /// <summary>Waits until a session of the engine waits for a lock.</summary>
    public Task UntilOneWaits() => Until(
        """
        select exists (
            select from pg_stat_activity
            where datname = current_database() and application_name = 'lead-engine' and wait_event_type = 'Lock')
        """);

    /// <summary>Ends all sessions of the engine, and waits until they are gone.</summary>
    public async Task EndAll()
    {
        const string Sessions = "from pg_stat_activity where datname = current_database() and application_name = 'lead-engine'";
        await Run($"select pg_terminate_backend(pid) {Sessions}");
        await Until($"select not exists (select {Sessions})");
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
