using LeadEngine.People;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>An account's lists and searches do not go through the people of others.</summary>
public sealed class PostgresSearchPlanTests() : StoreContract(new PostgresTestDatabase())
{
    private const int Others = 20_000;

    private new PostgresTestDatabase Database => (PostgresTestDatabase)base.Database;

    [PostgresFact]
    public async Task ListAndCount_MostPeopleAreOthers_LeavesThemAlone()
    {
        await using var other = await Database.Watch();
        await other.Run(
            $"""
            insert into people (account_id, version, created_at, updated_at, email, details, terms)
            select a.id, 1, now(), now(), i || '@x.org', '{"{}"}', format('''%s:t:all''', a.id)::tsvector
            from generate_series(1, {Others + 5_000}) i,
                lateral (select case when i between {Others / 2} and {Others / 2 + 4_999} then {Account} else {Account + 1} end as id) a;
            analyze people;
            """);

        foreach (var newestFirst in (bool[])[false, true])
        {
            Assert.Equal(9, await Found(newestFirst));
            Assert.Equal(9, await Found(newestFirst, "all"));
            Assert.Equal(0, await Found(newestFirst, "none"));
        }
        Assert.Equal(100, (await Driver.Directory.Count(Account, new(), 100, default)).Count);
        Assert.Equal(100, (await Driver.Directory.Count(Account, new() { Tags = ["all"] }, 100, default)).Count);
        Assert.Equal(0, (await Driver.Directory.Count(Account, new() { Tags = ["none"] }, 100, default)).Count);

        // What a session has read is known at its end.
        await other.EndAll();
        Assert.InRange(
            await other.Ask<long>("select idx_tup_read from pg_stat_user_indexes where indexrelname = 'people_pkey'"), 0, Others / 10);
    }

    private async Task<int> Found(bool newestFirst, params string[] tags)
    {
        var query = new PeopleQuery { Limit = 9, NewestFirst = newestFirst, Filter = new() { Tags = [.. tags] } };
        return (await Driver.Directory.List(Account, query, default)).Length;
    }
}
