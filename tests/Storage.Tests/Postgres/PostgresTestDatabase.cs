using LeadEngine.Storage.Postgres;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>A database of its own on the server that all tests share.</summary>
public sealed class PostgresTestDatabase : TestDatabase
{
    private readonly Lazy<string> _connectionString = new(Create);

    public string ConnectionString => _connectionString.Value;

    /// <summary>A connection that no driver knows of.</summary>
    public async Task<Bystander> Watch()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return new(connection);
    }

    private protected override IStoreDriver CreateDriver(StoreOptions options)
    {
        options.ConnectionString ??= ConnectionString;
        return new PostgresDriver(options, TimeProvider.System, NullLogger<PostgresDriver>.Instance);
    }

    private protected override async ValueTask Drop()
    {
        if (!_connectionString.IsValueCreated) return;
        var server = await PostgresServer.Shared();
        await server.DropDatabase(ConnectionString);
    }

    // Drivers are made where nothing can be awaited.
    private static string Create() =>
        Task.Run(async () => await (await PostgresServer.Shared()).CreateDatabase()).GetAwaiter().GetResult();
}
