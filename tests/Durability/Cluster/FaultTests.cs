using LeadEngine.TestSupport;
using Xunit.Abstractions;

namespace LeadEngine.Durability.Cluster;

/// <summary>
/// A receipt is a receipt in a cluster too, whatever happens to its processes and to its database; and service comes back by itself, or
/// with what failed.
/// </summary>
[Collection(ClusterCollectionDefinition.Name)]
public sealed class FaultTests(ClusterFixture fixture, ITestOutputHelper output)
{
    private const int Before = 500;
    private const int After = 500;

    // Longer than a silo is believed to live that says nothing.
    private static readonly TimeSpan Freeze = TimeSpan.FromSeconds(45);

    [PostgresFact]
    public Task KilledSilo_UnderLoad_KeepsThePromises() => Survive(async run =>
    {
        var holder = await run.Holder();
        var other = LocalCluster.Silos.First(silo => silo != holder);
        run.Fault();
        await run.Cluster.Kill(other);
        await run.UntilBack();
    });

    [PostgresFact]
    public Task KilledSilo_ThatHoldsTheCampaign_KeepsThePromises() => Survive(async run =>
    {
        var holder = await run.Holder();
        run.Fault();
        await run.Cluster.Kill(holder);
        await run.UntilBack();
        Assert.NotEqual(holder, await run.Holder());
    });

    [PostgresFact]
    public Task FrozenSilo_ThatHoldsTheCampaign_FindsItselfDeadAndKeepsThePromises() => Survive(async run =>
    {
        var holder = await run.Holder();
        run.Fault();
        await run.Cluster.Signal(holder, "STOP");
        var thaw = Task.Delay(Freeze, TimeProvider.System);
        await run.UntilBack();
        Assert.NotEqual(holder, await run.Holder());
        await thaw;
        await run.Cluster.Signal(holder, "CONT");
        await run.Cluster.AwaitEnd(holder);
    });

    [PostgresFact]
    public Task StoppedPostgres_StartedAgain_KeepsThePromises() => Survive(async run =>
    {
        run.Fault();
        await run.Cluster.Database.StopAtOnce();
        await run.UntilNoticed();
        run.Repair();
        await run.Cluster.Database.StartAgain();
        await run.UntilBack();
    });

    [PostgresFact]
    public Task KilledSilos_AllOfThem_KeepThePromisesOnceStartedAgain() => Survive(async run =>
    {
        run.Fault();
        await run.Cluster.Kill(LocalCluster.Silos);
        run.Repair();
        await run.Cluster.Heal();
        await run.UntilBack();
    });

    [PostgresFact]
    public Task EndedCampaign_WhileItsSiloDies_TakesNobodyAfterTheReceipt() => Survive(async run =>
    {
        var holder = await run.Holder();
        run.Fault();
        await run.Cluster.Kill(holder);
        await run.End();
        await run.UntilBack();
    });

    private async Task Survive(Func<FaultRun, Task> disturb)
    {
        var cluster = await fixture.Whole();
        await using var run = await FaultRun.Start(cluster);
        await run.Load.UntilServed(Before);
        await disturb(run);
        await cluster.Heal();
        await run.Load.UntilServed(After);
        await run.Load.Stop();

        output.WriteLine($"{run.Recovery}; {run.Ledger.Acknowledged} sign-ups acknowledged");
        await run.Ledger.Verify(cluster.Api, run.CampaignId);
        Assert.All(run.Load.Answers, answer => Assert.Contains(answer.Status, run.Expected));
    }
}
