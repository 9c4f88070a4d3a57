using LeadEngine.Storage.Postgres;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>The server stops and starts again under a store that goes on asking; it has a server of its own.</summary>
public sealed class PostgresServerOutageTests : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private string _connectionString = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.Start();
        _connectionString = await _server.CreateDatabase();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [PostgresFact]
    public async Task Commit_ServerIsAway_IsBusyThenServedAgain()
    {
        await using var driver = await Connect();
        var unit = await NewUnit(driver);
        await driver.Commit(Make.Batch() with { Units = [unit with { Adds = [Make.Person("a@x.org")] }] }, default);
        var batch = Make.Batch() with { Units = [unit with { Adds = [Make.Person("b@x.org")] }] };

        await _server.Stop();
        await ThrowsBusyOrUnknown(() => driver.Commit(batch, default));
        await Assert.ThrowsAsync<StoreBusyException>(() => driver.Commit(batch, default));
        await Assert.ThrowsAsync<StoreBusyException>(() => driver.TakeOver(unit.CampaignId, default));
        await Assert.ThrowsAsync<StoreBusyException>(() => driver.Read([1], default));
        await _server.StartAgain();

        Assert.Equal(2, (await driver.Commit(batch, default)).Units.Single().Adds.Single().Rank);
        Assert.Equal(2, (await driver.List(unit.CampaignId, 0, 10, default)).Length);
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_ServerCrashesUnderLoad_WhatWasAcknowledgedIsThereOnce(bool isKilled)
    {
        var options = new StoreOptions { ConnectionString = _connectionString, Patience = TimeSpan.FromSeconds(30) };
        await using var store = new LeadStore(
            NewDriver(options), Options.Create(options), TimeProvider.System, Make.Metrics(), NullLogger<LeadStore>.Instance);
        await store.StartAsync(default);
        var campaign = await store.NextId();
        await store.CreateCampaign(campaign, 1);
        var unit = new CampaignUnit { CampaignId = campaign, AccountId = 1, Epoch = (await store.TakeOver(campaign))!.Epoch };
        using var end = new CancellationTokenSource();
        var warm = new TaskCompletionSource();

        var sender = Send();
        await warm.Task;
        await (isKilled ? _server.KillPostmaster() : _server.StopAtOnce());
        await _server.StartAgain();
        await store.NextId();
        await end.CancelAsync();
        var acknowledged = await sender;

        var leads = await store.List(campaign, 0, 1_000_000);
        Assert.Equal(Enumerable.Range(1, leads.Length).Select(rank => (long)rank), leads.Select(lead => lead.Rank));
        Assert.Equal(leads.Length, leads.Select(lead => lead.Email).Distinct().Count());
        Assert.Equal(acknowledged, leads.Select(lead => lead.Id));
        await store.StopAsync(default);

        async Task<List<long>> Send()
        {
            List<long> ids = [];
            for (var round = 0; !end.IsCancellationRequested; round++)
            {
                var people = Enumerable.Range(0, 20).Select(i => Make.Person($"{round}.{i}@x.org"));
                var reply = await store.Commit(unit with { Adds = [.. people] });
                ids.AddRange(reply.Adds.Select(added => added.LeadId));
                if (round == 20) warm.SetResult();
            }
            return ids;
        }
    }

    [PostgresFact]
    public async Task Open_ServerDoesNotSync_IsRefused()
    {
        await _server.Configure("fsync = off");
        await using var driver = NewDriver(new() { ConnectionString = _connectionString });

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => driver.Open(default));

        Assert.Contains("fsync", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<PostgresDriver> Connect()
    {
        var driver = NewDriver(new() { ConnectionString = _connectionString });
        await driver.Open(default);
        return driver;
    }

    private static PostgresDriver NewDriver(StoreOptions options) => new(options, TimeProvider.System, NullLogger<PostgresDriver>.Instance);

    private static async Task<CampaignUnit> NewUnit(PostgresDriver driver)
    {
        var campaign = await driver.NextId(default);
        await driver.CreateCampaign(campaign, 1, default);
        return new() { CampaignId = campaign, AccountId = 1, Epoch = (await driver.TakeOver(campaign, default))!.Epoch };
    }

    private static async Task ThrowsBusyOrUnknown(Func<Task> call)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(call);
        Assert.True(failure is StoreBusyException or StoreOutcomeUnknownException, failure.ToString());
    }
}
