using System.Globalization;
using LeadEngine.TestSupport;
using Npgsql;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>The PostgreSQL server that the targets share, each with a database of its own.</summary>
internal sealed class BenchmarkPostgres : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly NpgsqlDataSource administration;

    private BenchmarkPostgres(PostgresServer server, NpgsqlDataSource administration) =>
        (this.server, this.administration) = (server, administration);

    /// <summary>The parent of all of the server's processes.</summary>
    public int ProcessId { get; private set; }

    public string Version { get; private set; } = "";

    public static async Task<BenchmarkPostgres> StartAsync(CancellationToken token)
    {
        var server = await PostgresServer.Start();
        var administration = new NpgsqlConnectionStringBuilder(await server.CreateDatabase()) { Pooling = false };
        var postgres = new BenchmarkPostgres(server, NpgsqlDataSource.Create(administration));
        try
        {
            await postgres.ConfigureAsync(token);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>An empty database's connection string.</summary>
    public Task<string> CreateDatabaseAsync() => server.CreateDatabase();

    /// <summary>Writes now, at nobody's cost, what earlier runs left to be written.</summary>
    public Task CheckpointAsync(CancellationToken token) => AskAsync("checkpoint", token);

    public async ValueTask DisposeAsync()
    {
        await administration.DisposeAsync();
        await server.DisposeAsync();
    }

    private async Task ConfigureAsync(CancellationToken token)
    {
        await AskAsync("alter system set shared_buffers = '512MB'", token);
        await AskAsync("alter system set max_wal_size = '8GB'", token);
        await server.Stop();
        await server.StartAgain();
        Version = await AskAsync("show server_version", token);
        ProcessId = int.Parse(await AskAsync("select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)", token), CultureInfo.InvariantCulture);
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
        {
            if (await AskAsync($"show {setting}", token) != "on") throw new InvalidOperationException($"PostgreSQL's {setting} is off.");
        }
    }

    private async Task<string> AskAsync(string sql, CancellationToken token)
    {
        await using var command = administration.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (string?)await command.ExecuteScalarAsync(token) ?? "";
    }
}
