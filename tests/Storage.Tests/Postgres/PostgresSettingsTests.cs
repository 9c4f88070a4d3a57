using LeadEngine.Storage.Postgres;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>How connections are set up, and what is refused at start.</summary>
public sealed class PostgresSettingsTests() : StoreContract(new PostgresTestDatabase())
{
    private new PostgresTestDatabase Database => (PostgresTestDatabase)base.Database;

    [PostgresTheory]
    [InlineData("synchronous_commit", "on")]
    [InlineData("fsync", "on")]
    [InlineData("transaction_isolation", "read committed")]
    [InlineData("statement_timeout", "1500ms")]
    [InlineData("lock_timeout", "1500ms")]
    [InlineData("idle_in_transaction_session_timeout", "1500ms")]
    [InlineData("application_name", "lead-engine")]
    public async Task CreateDataSource_ServerSaysOtherwise_ConnectionsHaveTheirOwn(string setting, string expected)
    {
        await using var other = await Database.Watch();
        await other.Run(
            """
            do $$ begin
                execute format('alter database %I set synchronous_commit = off', current_database());
                execute format('alter database %I set default_transaction_isolation = serializable', current_database());
            end $$
            """);
        await using var source = PostgresSettings.CreateDataSource(Database.ConnectionString, TimeSpan.FromSeconds(1.5));

        // What a connection was used for before must not matter.
        for (var use = 0; use < 2; use++)
        {
            await using var command = source.CreateCommand($"show {setting}");
            Assert.Equal(expected, await command.ExecuteScalarAsync());
        }
    }

    [PostgresFact]
    public async Task CreateDataSource_PoolSizeIsGiven_IsKept()
    {
        var timeout = TimeSpan.FromSeconds(1);
        await using var given = PostgresSettings.CreateDataSource(Database.ConnectionString + ";Maximum Pool Size=3", timeout);
        await using var small = PostgresSettings.CreateDataSource(Database.ConnectionString, timeout);

        Assert.Equal(3, new NpgsqlConnectionStringBuilder(given.ConnectionString).MaxPoolSize);
        Assert.Equal(10, new NpgsqlConnectionStringBuilder(small.ConnectionString).MaxPoolSize);
    }

    [PostgresFact]
    public async Task Open_SchemaOfANewerEngine_IsRefused()
    {
        await using var other = await Database.Watch();
        await other.Run("insert into schema_version (version) values (1000)");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Database.Connect());

        Assert.Contains("newer", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A plan is kept as long as its connection; one made for empty tables must do for full ones.</summary>
    [PostgresFact]
    public async Task Commit_PlannedOnEmptyTables_LooksUpByTheRightIndex()
    {
        await using var other = await Database.Watch();
        await other.Run("vacuum analyze");
        var driver = Database.NewDriver();
        var unit = await NewUnit();
        for (var round = 0; round < 3; round++)
        {
            var people = Enumerable.Range(0, 500).Select(i => Make.Person($"{round}.{i}@x.org", $"+1555{round}{i:000000}"));
            var reply = await driver.Commit(Make.Batch() with { Units = [unit with { Adds = [.. people] }] }, default);
            var ids = reply.Units.Single().Adds.Select(added => added.LeadId);
            var stored = await driver.Read([.. ids], default);
            var changes = stored.Select(lead => Make.Change(lead!) with { ClaimEmail = "z@x.org" });
            await driver.Commit(Make.Batch() with { Changes = [.. changes] }, default);
        }
        await driver.DisposeAsync();

        await other.Until("select n_tup_ins = 1500 and n_tup_upd = 1500 from pg_stat_user_tables where relname = 'leads'");
        Assert.Equal(0, await other.Ask<long>("select idx_tup_read from pg_stat_user_indexes where indexrelname = 'leads_by_rank'"));
        Assert.Equal(0, await other.Ask<long>("select idx_tup_read from pg_stat_user_indexes where indexrelname = 'people_by_account'"));
        Assert.Equal(0, await other.Ask<long>("select sum(seq_tup_read)::bigint from pg_stat_user_tables where relname in ('leads', 'people')"));
    }
}

/// <summary>Needs no server.</summary>
public sealed class PostgresConnectionStringTests
{
    [Theory]
    [InlineData(null, "missing")]
    [InlineData(" ", "missing")]
    [InlineData("Database=leads", "no host")]
    [InlineData("Host=localhost;Colour=blue", "cannot be read")]
    [InlineData("Host=localhost;Port=many", "cannot be read")]
    public void PostgresDriver_NoUsableConnectionString_SaysSo(string? text, string expected)
    {
        var options = new StoreOptions { ConnectionString = text };

        var refusal = Assert.Throws<OptionsValidationException>(
            () => new PostgresDriver(options, TimeProvider.System, NullLogger<PostgresDriver>.Instance));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:ConnectionString", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NobodyListens_IsBusy()
    {
        var options = new StoreOptions { ConnectionString = "Host=127.0.0.1;Port=1", StatementTimeout = TimeSpan.FromSeconds(1) };
        await using var driver = new PostgresDriver(options, TimeProvider.System, NullLogger<PostgresDriver>.Instance);

        await Assert.ThrowsAsync<StoreBusyException>(() => driver.Ping(default));
    }
}
