using LeadEngine.Leads;
using LeadEngine.Storage.Postgres;
using LeadEngine.TestSupport;
using Npgsql;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>A database of the version before the directory of people.</summary>
public sealed class DirectoryMigrationTests : IAsyncLifetime
{
    private const long Campaign = 0x2A;
    private const long Account = 7;
    private readonly PostgresTestDatabase _database = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [PostgresFact]
    public async Task Open_LeadsWithoutPeople_AreLinkedByTheRules()
    {
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
        {
            await connection.OpenAsync();
            await PostgresSchema.Migrate(connection, version: 2, default);
        }
        await using var other = await _database.Watch();
        await other.Run(
            $$$"""
            insert into campaigns (id, epoch, status, last_rank, live_count) values ({{{Campaign}}}, 1, 0, 4, 4), (43, 1, 0, 1, 1);
            insert into grain_state (name, key, version, json) values
                ('campaign', 'campaign/2A', 1, '{"AccountId":{{{Account}}},"Settings":{"Name":"A"}}'),
                ('campaign', 'campaign/2B', 1, '{"AccountId":{{{Account}}},"Settings":{"Name":"B"}}');
            insert into leads (campaign_id, rank, version, created_at, counter, email, phone, requests, profile) values
                ({{{Campaign}}}, 1, 1, now(), 1, null, '+15551230001', '', '{"first_name":"Phone \"P\""}'),
                ({{{Campaign}}}, 2, 1, now(), 1, 'ann@x.org', '+15551230002', '', '{"first_name":"Ann","custom":{"a":1.0}}'),
                ({{{Campaign}}}, 3, 1, now(), 1, null, '+15551230009', '', '{"uid":"\u0000"}'),
                ({{{Campaign}}}, 4, 1, now(), 1, 'bob@x.org', null, '', '{"last_name":"Lee"}'),
                (43, 1, 1, now(), 1, 'ann@x.org', '+15551230001', '', '{}');
            """);

        var driver = await _database.Connect();

        var people = await driver.Directory.List(Account, new() { Limit = 9 }, default);
        Assert.Equal(
            [
                (null, "+15551230001", "Phone \"P\"", null),
                (null, "+15551230009", null, null),
                ("ann@x.org", "+15551230002", "Ann", null),
                ("bob@x.org", null, null, "Lee"),
            ],
            people.Select(person => (person.Email, person.Phone, person.Details.FirstName, person.Details.LastName)).Order());
        var ann = people.Single(person => person.Email == "ann@x.org").Id;
        var members = await driver.Directory.ListMembers(Campaign, new() { Limit = 9 }, default);
        Assert.Equal([1L, 2, 3, 4], members.Select(member => member.Rank));
        Assert.All(members, member => Assert.NotNull(member.Person));
        Assert.Equal(ann, members[1].Person!.Id);
        Assert.Equal(
            [members[1].LeadId, members[0].LeadId, null],
            await driver.Find(
                [
                    new(Campaign, IdentifierKind.Email, "ann@x.org"),
                    new(Campaign, IdentifierKind.Phone, "+15551230001"),
                    new(43, IdentifierKind.Email, "bob@x.org"),
                ],
                default));
        Assert.Equal(ann, (await driver.Directory.ListMembers(43, new() { Limit = 9 }, default)).Single().Person!.Id);
    }
}
