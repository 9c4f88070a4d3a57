using LeadEngine.Storage.Postgres;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>One process owns the database.</summary>
public sealed class PostgresLeaseTests() : StoreContract(new PostgresTestDatabase())
{
    private static readonly string Lock = $"pg_advisory_lock({AdvisoryLocks.Group}, {AdvisoryLocks.Owner})";

    private static readonly StoreOptions Options = new();

    private new PostgresTestDatabase Database => (PostgresTestDatabase)base.Database;

    private static StoreOptions Exclusive => new() { Exclusive = true };

    [PostgresFact]
    public async Task Take_AnotherHoldsIt_IsRefused()
    {
        await Database.Connect(Exclusive);
        await using var second = NewLease(TimeSpan.FromSeconds(0.2));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => second.Take(default));

        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<StoreBusyException>(second.Demand);
    }

    [PostgresFact]
    public async Task Take_TheOtherIsLeaving_WaitsForIt()
    {
        var first = await Database.Connect(Exclusive);
        await using var other = await Database.Watch();

        var second = Database.Connect(Exclusive);
        await other.UntilOneWaits();
        await first.DisposeAsync();

        await (await second).Ping(default);
    }

    [PostgresFact]
    public async Task Commit_LockIsLost_IsRefusedUntilItIsBack()
    {
        var driver = await Database.Connect(Exclusive);
        var unit = await TakeOver(await NewCampaign(), driver);
        var batch = Make.Batch() with { Units = [unit with { Adds = [Make.Person("a@x.org")] }] };
        await using var holder = await Database.Watch();
        await using var usurper = await Database.Watch();
        var usurping = usurper.Run($"select {Lock}");
        await holder.Until("select exists (select from pg_locks where locktype = 'advisory' and not granted)");

        await holder.Run(
            """
            select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
            where l.locktype = 'advisory' and l.granted and d.datname = current_database()
            """);
        await usurping;

        await Eventually(() => Assert.ThrowsAsync<StoreBusyException>(() => driver.Ping(default)));
        await Assert.ThrowsAsync<StoreBusyException>(() => driver.Commit(batch, default));
        await Assert.ThrowsAsync<StoreBusyException>(() => driver.NextId(default));
        Assert.Empty(await AllLeads(unit.CampaignId));
        await usurper.Run($"select {Lock.Replace("_lock", "_unlock", StringComparison.Ordinal)}");
        await Eventually(() => driver.Ping(default));
        Assert.Equal(1, (await driver.Commit(batch, default)).Units.Single().Adds.Single().Rank);
    }

    [PostgresFact]
    public async Task Connect_NotExclusive_SharesTheDatabase()
    {
        await Database.Connect(Exclusive);

        await (await Database.Connect(Options)).Ping(default);
    }

    private StoreLease NewLease(TimeSpan patience)
    {
        var source = PostgresSettings.CreateDataSource(Database.ConnectionString, patience, pooling: false);
        return new(source, TimeProvider.System, NullLogger.Instance);
    }

    private static async Task Eventually(Func<Task> check)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await check();
                return;
            }
            catch (Exception) when (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
            {
                await Task.Yield();
            }
        }
    }
}
