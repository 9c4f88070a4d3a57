using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace LeadEngine.TestSupport;

/// <summary>
/// A PostgreSQL server of its own in a temporary folder, as durable as a real one (fsync is on). It needs the server's programs and nothing
/// else, and is gone when its process is, however that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const int StartTries = 3;

    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(Start);

    private readonly string _folder;
    private readonly OwnedProcess _remover;
    private int _databases;

    private PostgresServer(string folder)
    {
        _folder = folder;
        _remover = PostgresPrograms.RunUntilOwnerEnds($"pg_ctl stop -s -m immediate -D {Data}; rm -rf {_folder}");
    }

    /// <summary>Why there can be no server here; null when there can.</summary>
    public static string? WhyAbsent { get; } = PostgresPrograms.WhyAbsent;

    /// <summary>The port on 127.0.0.1 that it listens on, also after a restart.</summary>
    public int Port { get; private set; }

    private string Data => $"{_folder}/data";

    /// <summary>The one server that all tests of this process share; those that stop it need their own.</summary>
    public static Task<PostgresServer> Shared() => SharedServer.Value;

    /// <summary>A new server.</summary>
    public static async Task<PostgresServer> Start()
    {
        if (WhyAbsent is not null) throw new InvalidOperationException(WhyAbsent);
        var folder = await PostgresPrograms.Run("mktemp -d ${TMPDIR:-/tmp}/lead-engine-postgres.XXXXXX");
        var server = new PostgresServer(folder);
        try
        {
            await PostgresPrograms.Run($"initdb -D {server.Data} -U {Superuser} -A trust -E UTF8 --locale=C --no-sync >/dev/null");
            await server.StartOnFreePort();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await Execute(Superuser, $"create database {name}");
        return ConnectionString(name);
    }

    /// <summary>Drops a database, whoever is connected to it.</summary>
    /// <param name="connectionString">What <see cref="CreateDatabase"/> returned.</param>
    public Task DropDatabase(string connectionString) =>
        Execute(Superuser, $"drop database {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    /// <summary>Stops the server so that connections break without a word and recovery runs at the next start.</summary>
    public Task StopAtOnce() => PostgresPrograms.Run($"pg_ctl stop -w -s -m immediate -D {Data}");

    /// <summary>Stops the server as an administrator does.</summary>
    public Task Stop() => PostgresPrograms.Run($"pg_ctl stop -w -s -m fast -D {Data}");

    /// <summary>Kills the postmaster, as the out-of-memory killer would.</summary>
    public Task KillPostmaster() => PostgresPrograms.Run($"kill -KILL $(head -n 1 {Data}/postmaster.pid)");

    /// <summary>Starts the server again after it was stopped or killed.</summary>
    // Orphans of a killed postmaster need a moment to notice; until then the server does not start.
    public Task StartAgain() => PostgresPrograms.Run(
        $"""
        for try in $(seq 100); do
            pg_ctl start -w -s -D {Data} -l {_folder}/log >/dev/null 2>&1 && exit 0
            sleep 0.1
        done
        tail -n 20 {_folder}/log >&2
        exit 1
        """);

    /// <summary>Changes a setting that takes effect at once.</summary>
    /// <param name="setting">A line of postgresql.conf.</param>
    public Task Configure(string setting) =>
        PostgresPrograms.Run($"echo \"{setting}\" >> {Data}/postgresql.conf; pg_ctl reload -s -D {Data}");

    /// <summary>Stops the server and removes all that it kept.</summary>
    public ValueTask DisposeAsync() => _remover.DisposeAsync();

    private async Task StartOnFreePort()
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort();
            await PostgresPrograms.Run(
                $"""
                cat >> {Data}/postgresql.conf <<END
                listen_addresses = '127.0.0.1'
                port = {Port}
                unix_socket_directories = '{_folder}'
                fsync = on
                shared_buffers = 256MB
                max_wal_size = 4GB
                END
                """);
            try
            {
                await PostgresPrograms.Run(
                    $"pg_ctl start -w -s -D {Data} -l {_folder}/log >/dev/null 2>&1 || (tail -n 20 {_folder}/log >&2; exit 1)");
                return;
            }
            catch (InvalidOperationException) when (attempt < StartTries)
            {
                // Somebody else took the port meanwhile.
            }
        }
    }

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = Superuser,
        Database = database,
    }.ConnectionString;

    private async Task Execute(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
