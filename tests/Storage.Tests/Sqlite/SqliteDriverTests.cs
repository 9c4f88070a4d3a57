using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage.Sqlite;
using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests.Sqlite;

/// <summary>What only SQLite has: its settings, a full disk, a lock that another holds, files left behind by a crash.</summary>
public sealed class SqliteDriverTests : StoreContract
{
    private readonly SqliteTestDatabase _database;

    public SqliteDriverTests() : this(new()) { }

    private SqliteDriverTests(SqliteTestDatabase database) : base(database) => _database = database;

    private SqliteDriver Sqlite => (SqliteDriver)Driver;

    [Fact]
    public async Task Open_WritingConnection_IsDurable()
    {
        Assert.Equal("2", await Sqlite.Scalar("pragma synchronous"));
        Assert.Equal("wal", await Sqlite.Scalar("pragma journal_mode"));
        Assert.Equal("160000", await Sqlite.Scalar("pragma wal_autocheckpoint"));
    }

    [Fact]
    public async Task Open_SchemaOfANewerVersion_Refuses()
    {
        await Sqlite.Scalar("update schema_version set version = 999");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Database.Connect());

        Assert.Contains("schema 999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_DiskFull_ChangesNothingAndComesBackByItself()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await Sqlite.Scalar($"pragma max_page_count = {await Sqlite.Scalar("pragma page_count")}");
        var batch = Make.Batch() with
        {
            Units = [unit with { Adds = [.. Enumerable.Range(0, 2000).Select(i => Make.Person($"{i}@x.org", referrer: ann.Lead.Id))] }],
            Changes = [Make.Change(ann)],
        };

        await Assert.ThrowsAsync<StoreBusyException>(() => Driver.Commit(batch, default));

        Assert.Single(await AllLeads(unit.CampaignId));
        SameLead.Assert(ann, await Read(ann.Lead.Id));
        await Sqlite.Scalar("pragma max_page_count = 1000000");
        var reply = await Driver.Commit(batch, default);
        Assert.Equal(Enumerable.Range(2, 2000).Select(rank => (long)rank), reply.Units.Single().Adds.Select(added => added.Rank));
        Assert.Equal(new() { DirectReferrals = 2000 }, reply.Units.Single().Scores.Single().Score);
        Assert.Equal(2, reply.Changes.Single().Stored!.Version);
    }

    [Fact]
    public async Task Commit_AnotherHoldsTheLockTooLong_IsBusyUntilItLetsGo()
    {
        var unit = await NewUnit();
        var impatient = await Database.Connect(new() { StatementTimeout = TimeSpan.FromMilliseconds(100) });
        var batch = Make.Batch() with { Units = [unit with { Adds = [Make.Person("a@x.org")] }] };

        await Sqlite.Scalar("begin immediate");
        await Assert.ThrowsAsync<StoreBusyException>(() => impatient.Commit(batch, default));
        await Sqlite.Scalar("rollback");

        Assert.Equal(1, (await impatient.Commit(batch, default)).Units.Single().LeadCount);
    }

    /// <summary>
    /// The frozen client: its successor waits for the lock, and then is not disturbed by what the frozen one still sends.
    /// </summary>
    [Fact]
    public async Task TakeOver_AnotherHoldsTheLockForAWhile_Waits()
    {
        var unit = await NewUnit();
        var successor = await Database.Connect();
        await Sqlite.Scalar("begin immediate");

        var tenure = successor.TakeOver(unit.CampaignId, default);
        Assert.Equal([null], await successor.Find([new(unit.CampaignId, IdentifierKind.Email, "a@x.org")], default));
        Assert.False(tenure.IsCompleted);
        await Sqlite.Scalar("rollback");

        Assert.Equal(unit.Epoch + 1, (await tenure)!.Epoch);
        Assert.True((await Commit(unit, Make.Person("a@x.org"))).IsFenced);
    }

    [Fact]
    public async Task Commit_OnePartCannotBeStored_NothingOfTheBatchIs()
    {
        var unit = await NewUnit();
        var bad = Make.Person("bad@x.org") with { Profile = new() { CustomFields = [new("a", "{not json")] } };

        await Assert.ThrowsAnyAsync<Exception>(() => Commit(unit, Make.Person("a@x.org"), bad));

        Assert.Empty(await AllLeads(unit.CampaignId));
        Assert.Equal([1L], (await Commit(unit, Make.Person("a@x.org"))).Adds.Select(added => added.Rank));
    }

    [Fact]
    public async Task Commit_RemovalThatLeavesAMember_LeavesNothingPersonal()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org", "+15551230001") with { Profile = SampleProfiles.Full })).Single();

        await Remove(unit, new LeadRemoval(ann.Lead.Id, LeaveMember: true));

        Assert.Equal(
            "[null,null,null,null,\"{}\",0,2,2]",
            await Sqlite.Scalar(
                $"""
                select json_array(email, phone, person_id, external_created_at, profile, length(requests), member_status, version)
                from leads where id = {ann.Lead.Id}
                """));
    }

    /// <summary>Pages are found by indexes: nothing is gathered and sorted.</summary>
    [Theory]
    [InlineData("select * from leads where campaign_id = 1 and member_status <> 2 and external_created_at is not null and (external_created_at, rank) > (1, 1) order by external_created_at, rank", "leads_posted")]
    [InlineData("select * from leads where campaign_id = 1 and rank > 1 and member_status = 1 and member_status <> 0 order by rank", "leads_status")]
    [InlineData("select * from people where account_id = 1 and id > 1 order by id", "people_account")]
    [InlineData("select * from people where account_id = 1 and phone = '1' and email is not null order by id limit 1", "people_phone")]
    public void Query_OfAPage_UsesItsIndex(string query, string index)
    {
        using var session = SqliteSession.Open(_database.Path, readOnly: true, TimeSpan.FromSeconds(1), TimeProvider.System);
        using var statement = session.Statement("explain query plan " + query);
        using var explain = statement.Use();

        Assert.True(explain.Step());
        Assert.Contains(index, explain.Text(3), StringComparison.Ordinal);
        Assert.False(explain.Step(), "There is a second step, such as sorting.");
    }

    /// <summary>The files as a killed process leaves them: the log is not yet copied into the database.</summary>
    [Fact]
    public async Task Open_FilesOfAKilledProcess_NothingIsLost()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, [.. Enumerable.Range(0, 100).Select(i => Make.Person($"{i}@x.org"))]);
        await using var copy = new SqliteTestDatabase();
        foreach (var suffix in new[] { "", "-wal" }) File.Copy(_database.Path + suffix, copy.Path + suffix);

        var restarted = await copy.Connect();

        var read = await restarted.Read([.. stored.Select(lead => lead.Lead.Id)], default);
        Assert.Equal(stored.Select(lead => lead.Lead.Email), read.Select(lead => lead?.Lead.Email));
        Assert.Equal(100, (await restarted.TakeOver(unit.CampaignId, default))!.LeadCount);
    }

    [Fact]
    public async Task DisposeAsync_WhileWorkWaits_DoesItFirst()
    {
        var unit = await NewUnit();
        var leaving = await Database.Connect();
        var commits = Enumerable.Range(0, 20).Select(i => leaving.Commit(
            Make.Batch() with { Units = [unit with { Adds = [Make.Person($"{i}@x.org")] }] }, default)).ToArray();

        await leaving.DisposeAsync();

        Assert.All(commits, commit => Assert.True(commit.IsCompletedSuccessfully));
        Assert.Equal(20, (await AllLeads(unit.CampaignId)).Length);
        await Assert.ThrowsAsync<StoreBusyException>(() => leaving.Ping(default));
    }
}
