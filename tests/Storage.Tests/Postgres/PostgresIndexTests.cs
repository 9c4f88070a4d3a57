using LeadEngine.Storage.Postgres;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;
using Npgsql;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>What follows the search index has little to do here: people are written with their terms.</summary>
public sealed class PostgresIndexTests() : StoreContract(new PostgresTestDatabase())
{
    private new PostgresTestDatabase Database => (PostgresTestDatabase)base.Database;

    [PostgresFact]
    public async Task Commit_NewPeople_AreFoundAtOnce()
    {
        await Commit(await NewUnit(), Make.Person("ada@x.org"), Make.Person(null, "+15551230002"));
        await Driver.Directory.Add(Account, [new() { Email = "bob@y.org", Details = new() }], Make.Noon, default);

        var byIndex = await ByIndex(Database);

        Assert.Equal(["ada@x.org"], await Found(byIndex, "x.org"));
        Assert.Equal([null], await Found(byIndex, "5551230002"));
        Assert.Equal(["bob@y.org"], await Found(byIndex, "bob"));
        Assert.Equal(0, await Driver.Directory.Index(default));
    }

    [PostgresFact]
    public async Task Index_NobodyWritesAnyMore_LeavesNothingToReadThrough()
    {
        await using var other = await Database.Watch();
        await Driver.Directory.Index(default);
        await Driver.Directory.Add(Account, [new() { Email = "ada@x.org", Details = new() }], Make.Noon, default);
        while (await other.Ask<long>("select pg_stat_get_tuples_inserted('people'::regclass)") == 0) await Driver.Directory.Index(default);

        for (var look = 0; look < 2; look++) await Driver.Directory.Index(default);

        Assert.Equal(0, await other.Ask<long>($"select gin_clean_pending_list('{SearchSchema.Index}')"));
    }

    internal static async Task<IStoreDriver> ByIndex(PostgresTestDatabase database)
    {
        var options = TestDatabase.DefaultOptions;
        options.PeopleToScan = 0;
        return await database.Connect(options);
    }

    internal static async Task<IEnumerable<string?>> Found(IStoreDriver driver, string search)
    {
        var found = await driver.Directory.List(Account, new() { Limit = 9, Filter = new() { Search = search } }, default);
        return found.Select(person => person.Email);
    }
}

/// <summary>A database of the version that kept people's terms in a table of their own.</summary>
public sealed class SearchMigrationTests : IAsyncLifetime
{
    private readonly PostgresTestDatabase _database = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [PostgresFact]
    public async Task Open_PeopleWithAndWithoutTerms_AreFound()
    {
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
        {
            await connection.OpenAsync();
            await PostgresSchema.Migrate(connection, version: 3, default);
        }
        await using var other = await _database.Watch();
        await other.Run(
            """
            insert into people (id, account_id, version, created_at, updated_at, email, details) values
                (1, 1, 1, now(), now(), 'ada@x.org', '{"first_name":"Ada"}'),
                (2, 1, 1, now(), now(), 'bob@x.org', '{"first_name":"Bob"}');
            insert into person_terms (account_id, person_id, terms) values (1, 1, '''1:w:known''');
            """);

        await _database.Connect();
        var driver = await PostgresIndexTests.ByIndex(_database);

        Assert.Equal(["ada@x.org"], await PostgresIndexTests.Found(driver, "known"));
        Assert.Equal(1, await driver.Directory.Index(default));
        Assert.Equal(["bob@x.org"], await PostgresIndexTests.Found(driver, "bob"));
    }
}
