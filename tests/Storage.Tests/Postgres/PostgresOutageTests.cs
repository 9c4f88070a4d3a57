using System.Globalization;
using LeadEngine.Campaigns;
using LeadEngine.Storage.Gathering;
using LeadEngine.Storage.Postgres;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>Clients that freeze, answers that are lost, servers that go away.</summary>
public sealed class PostgresOutageTests() : StoreContract(new PostgresTestDatabase())
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);

    private new PostgresTestDatabase Database => (PostgresTestDatabase)base.Database;

    [PostgresFact]
    public async Task TakeOver_ClientFrozeBetweenLockAndCommit_GoesOn()
    {
        var unit = await NewUnit();
        await using var source = PostgresSettings.CreateDataSource(Database.ConnectionString, Short);
        await using var frozen = await source.OpenConnectionAsync();
        await using var transaction = await frozen.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand($"select from campaigns where id = {unit.CampaignId} for update", frozen);
        await command.ExecuteNonQueryAsync();

        Assert.Equal(unit.Epoch + 1, (await Patiently(driver => driver.TakeOver(unit.CampaignId, default)))!.Epoch);
    }

    /// <summary>
    /// The one moment in which a client that freezes leaves the server waiting inside a transaction: half of the batch was sent. None of
    /// the server's time-outs covers it.
    /// </summary>
    [PostgresFact]
    public async Task Commit_ClientFrozeInMidSentence_SuccessorGoesOnAndNothingOfItLands()
    {
        var unit = await NewUnit();
        await using var wire = new FaultyWire(Database.ConnectionString);
        var patient = new StoreOptions { ConnectionString = wire.ConnectionString, StatementTimeout = TimeSpan.FromSeconds(30) };
        var frozen = await Database.Connect(patient);
        await frozen.Commit(Make.Batch() with { Units = [unit with { Adds = [Make.Person("a@x.org")] }] }, default);
        await using var other = await Database.Watch();

        wire.FreezeClientAfter(8 * 1024);
        var stuck = frozen.Commit(Make.Batch() with { Units = [unit with { Adds = People(1000) }] }, default);
        await other.Until(
            """
            select exists (
                select from pg_stat_activity
                where datname = current_database() and state = 'active' and wait_event = 'ClientRead')
            """);
        var successor = await Patiently(driver => driver.TakeOver(unit.CampaignId, default));

        Assert.Equal(unit.Epoch + 1, successor!.Epoch);
        Assert.Equal(1, successor.LeadCount);
        await Assert.ThrowsAsync<StoreBusyException>(() => stuck);
        Assert.Single(await AllLeads(unit.CampaignId));
    }

    [PostgresFact]
    public async Task Commit_AnswerToTheCommitIsLost_IsUnknownAndMayBeRepeated()
    {
        var unit = await NewUnit();
        await using var wire = new FaultyWire(Database.ConnectionString);
        var driver = await Database.Connect(new() { ConnectionString = wire.ConnectionString });
        var batch = Make.Batch() with { Units = [unit with { Adds = [Make.Person("a@x.org", claim: new("key", "f"))] }] };
        await driver.Commit(Make.Batch() with { Answers = [new("other", Make.Answer(0))] }, default);

        wire.LoseAnswers();
        await Assert.ThrowsAsync<StoreOutcomeUnknownException>(() => driver.Commit(batch, default));
        wire.Heal();
        await using var other = await Database.Watch();
        await other.Until($"select exists (select from leads where campaign_id = {unit.CampaignId})");
        var again = (await driver.Commit(batch, default)).Units.Single().Adds.Single();

        Assert.Equal(AddOutcome.Exists((await AllLeads(unit.CampaignId)).Single().Id), again);
    }

    [PostgresFact]
    public async Task Commit_OneStatementFails_LeavesNothingBehind()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person(phone: "+15551230001"), Make.Person(phone: "+15551230002"));
        var collision = Make.Batch() with
        {
            Units = [unit with { Adds = [Make.Person("new@x.org")] }],
            Changes = [.. stored.Select(lead => Make.Change(lead) with { ClaimEmail = "same@x.org" })],
        };

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Driver.Commit(collision, default));

        await using var other = await Database.Watch();
        Assert.Equal(
            0,
            await other.Ask<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"));
        Assert.Equal(2, (await AllLeads(unit.CampaignId)).Length);
        Assert.Equal(3, (await Commit(unit, Make.Person("next@x.org"))).Adds.Single().Rank);
    }

    [PostgresFact]
    public async Task Commit_ConnectionWasLostWhileIdle_GoesOnWithAnother()
    {
        var unit = await NewUnit();
        var clock = new ManualClock();
        var options = new StoreOptions { ConnectionString = Database.ConnectionString };
        await using var driver = new PostgresDriver(options, clock, NullLogger<PostgresDriver>.Instance);
        await driver.Commit(Make.Batch() with { Answers = [new("key", Make.Answer(0))] }, default);
        await using var other = await Database.Watch();
        await other.EndAll();

        clock.Advance(TimeSpan.FromSeconds(2));
        var reply = await driver.Commit(Make.Batch() with { Units = [unit with { Adds = [Make.Person("a@x.org")] }] }, default);

        Assert.Equal(1, reply.Units.Single().Adds.Single().Rank);
    }

    private static System.Collections.Immutable.ImmutableArray<NewLead> People(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Make.Person(string.Create(CultureInfo.InvariantCulture, $"p{i}@x.org")))];

    /// <summary>As the store does: tries again while it is busy.</summary>
    private async Task<T> Patiently<T>(Func<IStoreDriver, Task<T>> call)
    {
        var driver = await Database.Connect(new() { StatementTimeout = Short });
        return await new PatientCaller(TimeSpan.FromSeconds(10), TimeProvider.System, Random.Shared).Repeat(_ => call(driver));
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
