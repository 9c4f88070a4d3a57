using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Storage.Sqlite;
using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests.Sqlite;

/// <summary>A database that was filled before there was a directory: every lead gets its person, and nothing else changes.</summary>
public sealed class SqliteMigrationFromSchema1Tests : IAsyncLifetime
{
    private const string Schema1 =
        """
        create table schema_version (version integer not null);
        insert into schema_version values (1);
        create table sequences (name text primary key, value integer not null) without rowid;
        create table secrets (name text primary key, value blob not null) without rowid;
        create table grain_state (
            name text not null, key text not null, etag integer not null, json text not null, primary key (name, key));
        create table campaigns (
            id integer primary key, epoch integer not null, status integer not null, last_rank integer not null, live_count integer not null);
        create table leads (
            id integer primary key, campaign_id integer not null, rank integer not null, version integer not null, created_at integer not null,
            counter integer not null, email text, phone text, parent_id integer, profile text not null, requests blob not null,
            forgotten_until integer);
        create unique index leads_rank on leads (campaign_id, rank);
        create unique index leads_email on leads (campaign_id, email) where email is not null;
        create unique index leads_phone on leads (campaign_id, phone) where phone is not null;
        create table scores (
            campaign_id integer not null, lead_id integer not null, points integer not null, direct_referrals integer not null,
            indirect_referrals integer not null, primary key (campaign_id, lead_id)) without rowid;
        create table idempotency (
            key text primary key, fingerprint text not null, lead_id integer not null, status integer, body blob, created_at integer not null);
        create index idempotency_age on idempotency (created_at);
        """;

    // Campaigns 10 and 11 are of account 7, campaign 300 (12C) is of account 8; campaign 12 was never finished.
    private const string Content =
        """
        insert into sequences values ('ids', 300), ('leads', 100);
        insert into campaigns values (10, 3, 0, 4, 4), (11, 1, 1, 2, 2), (12, 0, 0, 0, 0), (300, 1, 0, 1, 1);
        insert into grain_state values
            ('campaign', 'campaign/A', 1, '{"AccountId":7,"Settings":{"Name":"a","ReferralPoints":3}}'),
            ('campaign', 'campaign/B', 1, '{"AccountId":7,"Settings":{"Name":"b"}}'),
            ('campaign', 'campaign/12C', 2, '{"AccountId":8,"Settings":{"Name":"c"}}'),
            ('account', 'account/A', 1, '{"AccountId":9}');
        insert into scores values (10, 1, 10, 2, 1), (10, 2, 1, 1, 0), (10, 3, 5, 0, 0), (300, 6, 5, 2, 0);
        """;

    private readonly SqliteTestDatabase _database = new();
    private IStoreDriver _driver = null!;

    public async Task InitializeAsync()
    {
        using (var session = SqliteSession.Open(_database.Path, readOnly: false, TimeSpan.FromSeconds(1), TimeProvider.System))
        {
            session.Execute(Schema1 + Content);
            Insert(session, 1, 10, 1, "ann@x.org", "+15551230001", LeadProfileJson.ToText(SampleProfiles.Full with
            {
                ContactEmail = null,
                ContactPhone = null,
                PhoneAsSent = null,
                Region = null,
                ZipCode = null,
                Link = null,
                FraudReasons = [],
                CountedIp = null,
                ExternalCreatedAt = null,
            }));
            Insert(session, 2, 10, 2, null, "+15551230002", """{"first_name":"Bob"}""");
            Insert(session, 3, 10, 3, null, "+15551230003", "{}");
            Insert(session, 4, 11, 1, "ann@x.org", null, """{"first_name":"Other"}""");
            Insert(session, 5, 11, 2, null, "+15551230001", "{}");
            Insert(session, 6, 300, 1, "ann@x.org", "+15551230002", """{"last_name":"There"}""");
            Insert(session, 7, 10, 4, "cleo@x.org", "+15551230004", """{"custom":{"first_name":"no"},"uid":"1"}""");
        }
        _driver = await _database.Connect();
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Open_FilledDatabase_MakesThePeople()
    {
        var people = await _driver.Directory.List(7, new() { Limit = 99 }, default);
        var there = (await _driver.Directory.List(8, new() { Limit = 99 }, default)).Single();

        Assert.Equal(
            [("ann@x.org", "+15551230001"), ("cleo@x.org", "+15551230004"), (null, "+15551230002"), (null, "+15551230003")],
            people.Select(person => (person.Email, person.Phone)));
        SamePerson.Assert(new PersonDetails { FirstName = SampleProfiles.Full.FirstName, LastName = SampleProfiles.Full.LastName }, people[0].Details);
        SamePerson.Assert(new PersonDetails(), people[1].Details);
        SamePerson.Assert(new PersonDetails { FirstName = "Bob" }, people[2].Details);
        Assert.Equal(("ann@x.org", "+15551230002", "There", 1), (there.Email, there.Phone, there.Details.LastName, there.Version));
        Assert.All(people, person => Assert.Equal(Make.Noon, person.CreatedAt));
    }

    [Fact]
    public async Task Open_FilledDatabase_LinksEveryLead()
    {
        var people = await _driver.Directory.List(7, new() { Limit = 99 }, default);

        var memberships = await _driver.Directory.Memberships(7, [.. people.Select(person => person.Id)], default);

        Assert.Equal(
            ["1 4 5", "7", "2", "3"],
            people.Select(person => string.Join(' ', memberships.Where(lead => lead.PersonId == person.Id).Select(lead => lead.LeadId).Order())));
        var member = Assert.Single(await _driver.Directory.ListMembers(300, new() { Limit = 9 }, default));
        Assert.Equal((6L, 8L), (member.LeadId, member.Person!.AccountId));
    }

    [Fact]
    public async Task Open_FilledDatabase_EverythingElseIsAsItWas()
    {
        var lead = (await _driver.Read([1], default)).Single()!;

        Assert.Equal((1L, "ann@x.org", SampleProfiles.Full.Uid), (lead.Lead.Rank, lead.Lead.Email, lead.Lead.Profile.Uid));
        Assert.Equal([4L, null], await _driver.Find([new(11, IdentifierKind.Email, "ann@x.org"), new(12, IdentifierKind.Email, "ann@x.org")], default));
        var tenure = await _driver.TakeOver(10, default);
        Assert.Equal((4L, 4L), (tenure!.Epoch, tenure.LeadCount));
    }

    /// <summary>Points that referrals brought were points like any other.</summary>
    [Fact]
    public async Task Open_ScoresOfFormerTimes_BecomeWhatWasGivenByHand()
    {
        Assert.Equal(
            [
                new ScoreRow(1, new() { Points = 4, DirectReferrals = 2, IndirectReferrals = 1 }),
                new ScoreRow(2, new() { Points = -2, DirectReferrals = 1 }),
                new ScoreRow(3, new() { Points = 5 }),
            ],
            (await _driver.TakeOver(10, default))!.Scores.OrderBy(row => row.LeadId));
        Assert.Equal(new() { Points = 3, DirectReferrals = 2 }, (await _driver.TakeOver(300, default))!.Scores.Single().Score);
    }

    [Fact]
    public async Task Commit_AfterTheMigration_GoesOnWithPeopleRanksAndIds()
    {
        var unit = new CampaignUnit { CampaignId = 11, AccountId = 7, Epoch = (await _driver.TakeOver(11, default))!.Epoch };
        await _driver.SetStatus(11, unit.Epoch, Campaigns.CampaignStatus.Open, default);

        var reply = await _driver.Commit(
            Make.Batch() with { Units = [unit with { Adds = [Make.Person("ann@x.org"), Make.Person("cleo@x.org"), Make.Person("new@x.org")] }] }, default);

        Assert.Equal([AddOutcome.Exists(4), AddOutcome.Added(101, 3, null), AddOutcome.Added(102, 4, null)], reply.Units.Single().Adds.AsEnumerable());
        var people = await _driver.Directory.List(7, new() { Limit = 99 }, default);
        Assert.Equal(5, people.Length);
        Assert.Equal("new@x.org", people[^1].Email);
    }

    [Fact]
    public async Task Index_AfterTheMigration_TakesEverybody()
    {
        Assert.Equal(5, await _driver.Directory.Index(default));
        Assert.Equal(0, await _driver.Directory.Index(default));
        var options = TestDatabase.DefaultOptions;
        options.PeopleToScan = 0;
        var byIndex = await _database.Connect(options);

        Assert.Equal(new PeopleCount(1, true), await byIndex.Directory.Count(7, new() { Search = "bob" }, 9, default));
    }

    private static void Insert(SqliteSession session, long id, long campaign, long rank, string? email, string? phone, string profile)
    {
        using var statement = session.Statement(
            "insert into leads (id, campaign_id, rank, version, created_at, counter, email, phone, profile, requests) values (?, ?, ?, 1, ?, 1, ?, ?, ?, x'')");
        using var insert = statement.Use();
        insert.Bind(1, id);
        insert.Bind(2, campaign);
        insert.Bind(3, rank);
        insert.Bind(4, UnixMicroseconds.From(Make.Noon));
        insert.Bind(5, email);
        insert.Bind(6, phone);
        insert.Bind(7, profile);
        insert.Run();
    }
}
