using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Engine;

/// <summary>
/// The whole program on a PostgreSQL database of its own. Test classes that use it carry <see cref="NeedsPostgresAttribute"/>, and their
/// tests <see cref="ContractFactAttribute"/>, so that they are skipped where there is no server: then there is nothing behind this.
/// </summary>
public sealed class PostgresLeadEngineApplication : LeadEngineApplication
{
    private string? _connectionString;

    public override async Task InitializeAsync()
    {
        if (PostgresServer.WhyAbsent is null) await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_connectionString is not null) await (await PostgresServer.Shared()).DropDatabase(_connectionString);
    }

    protected override async Task<Dictionary<string, string>> MakeStore()
    {
        _connectionString = await (await PostgresServer.Shared()).CreateDatabase();
        return new()
        {
            ["Storage:Provider"] = "postgres",
            ["Storage:ConnectionString"] = _connectionString,
            ["Admin:KeyFile"] = AdminKeyFile,
        };
    }
}

[CollectionDefinition(Name)]
public sealed class PostgresLeadEngineCollection : ICollectionFixture<PostgresLeadEngineApplication>
{
    public const string Name = "Lead engine on PostgreSQL";
}
