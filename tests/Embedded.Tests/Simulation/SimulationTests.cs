using LeadEngine.Embedded.Tests.Runtime;

namespace LeadEngine.Embedded.Tests.Simulation;

public interface IHistoryGrain : IGrainWithStringKey
{
    Task Step(string name, int milliseconds);

    Task<int> Count();

    Task ThroughPool();
}

internal sealed class HistoryGrain(Journal journal, TimeProvider clock) : Grain, IHistoryGrain
{
    private int _steps;

    public async Task Step(string name, int milliseconds)
    {
        _steps++;
        journal.Add($"{this.GetPrimaryKeyString()} {name} begins");
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock);
        if (name.Length < 3)
        {
            await Task.WhenAll(
                GrainFactory.GetGrain<IHistoryGrain>(name).Step(name + "l", milliseconds),
                GrainFactory.GetGrain<IHistoryGrain>(name).Step(name + "r", milliseconds));
        }

        journal.Add($"{this.GetPrimaryKeyString()} {name} ends at {clock.GetTimestamp()}");
    }

    public Task<int> Count() => Task.FromResult(_steps);

    public async Task ThroughPool() => await Task.Run(() => { });

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Add("deactivated");
        return Task.CompletedTask;
    }
}

public sealed class SimulationTests
{
    private static string[] History(int seed)
    {
        using var silo = new SimulatedSilo(seed);
        silo.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(i => silo.Get<IHistoryGrain>($"g{i % 5}").Step($"{i % 7}", i % 3))));
        return silo.Journal.Entries;
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameHistory()
    {
        for (var seed = 0; seed < 50; seed++) Assert.Equal(History(seed), History(seed));
    }

    [Fact]
    public void Run_ManySeeds_GivesManyHistories()
    {
        var histories = Enumerable.Range(0, 50).Select(seed => string.Join('\n', History(seed))).Distinct().Count();
        Assert.Equal(50, histories);
    }

    [Fact]
    public void Run_ARequestComesAsAnotherEnds_ItDoesNotOvertakeTheOneThatWaits()
    {
        using var silo = new SimulatedSilo(1);
        var grain = silo.Runtime.GetGrain<ITurnGrain>("a", typeof(TurnGrain).FullName);
        silo.Run(async () =>
        {
            var gate = new TaskCompletionSource();
            var (first, second) = (grain.Wait("first", gate.Task), grain.Wait("second", Task.CompletedTask));
            while (silo.Journal.Entries.Length == 0) await Task.Yield();
            for (var i = 0; i < 20; i++) await Task.Yield();
            gate.SetResult();
            await Task.WhenAll(first, second, grain.Wait("third", Task.CompletedTask));
        });
        Assert.Equal(["first begins", "first ends", "second begins", "second ends", "third begins", "third ends"], silo.Journal.Entries);
    }

    [Fact]
    public void Run_GrainCallsItself_IsADeadlock()
    {
        using var silo = new SimulatedSilo(1);
        var grain = silo.Runtime.GetGrain<ITurnGrain>("a", typeof(TurnGrain).FullName);
        var error = Assert.Throws<InvalidOperationException>(() => silo.Run(grain.CallMyself));
        Assert.Contains("deadlock", error.Message);
    }

    [Fact]
    public void Run_NothingToDoUntilLater_MovesTimeOn()
    {
        using var silo = new SimulatedSilo(1);
        silo.Run(() => silo.Get<IHistoryGrain>("a").Step("long name", 3_600_000));
        Assert.Equal(TimeSpan.FromHours(1), silo.Time.GetElapsedTime(0));
    }

    [Fact]
    public void Lose_RequestsRunAndWait_CallersGetAnExceptionAndTheNextCallASuccessor()
    {
        using var silo = new SimulatedSilo(1);
        silo.Run(async () =>
        {
            var grain = silo.Get<IHistoryGrain>("a");
            Task[] calls = [grain.Step("running", 10), grain.Step("waiting", 10)];
            while (silo.Journal.Entries.Length == 0) await Task.Yield();
            GrainRuntime.Find(grain)!.Lose();
            foreach (var call in calls) await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
            Assert.Equal(0, await grain.Count());
            await Task.Delay(TimeSpan.FromSeconds(1), silo.Time);
        });
        Assert.Single(silo.Journal.Entries);
        Assert.Single(silo.Runtime.Activations);
    }

    [Fact]
    public void Lose_BeforeItsTurn_CallerGetsAnException()
    {
        using var silo = new SimulatedSilo(1);
        silo.Run(async () =>
        {
            var grain = silo.Get<IHistoryGrain>("a");
            var call = grain.Step("never", 0);
            GrainRuntime.Find(grain)!.Lose();
            await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        });
        Assert.Empty(silo.Journal.Entries);
    }

    [Fact]
    public void Orphan_RequestsRunAndWait_TheyGoOnBesideTheSuccessor()
    {
        using var silo = new SimulatedSilo(1);
        silo.Run(async () =>
        {
            var grain = silo.Get<IHistoryGrain>("a");
            Task[] zombies = [grain.Step("zombie", 10), grain.Step("zombie", 10)];
            while (silo.Journal.Entries.Length == 0) await Task.Yield();
            var zombie = GrainRuntime.Find(grain)!;
            GrainRuntime.Orphan(zombie);
            await grain.Step("successor", 0);
            Assert.Equal(1, await grain.Count());
            Assert.All(zombies, task => Assert.False(task.IsCompleted));
            await Task.WhenAll(zombies);
            Assert.NotSame(zombie, GrainRuntime.Find(grain));
        });
        Assert.Equal(["a zombie begins", "a successor begins"], silo.Journal.Entries[..2]);
        Assert.Equal(2, silo.Journal.Entries.Count(entry => entry == "a zombie begins"));
    }

    [Fact]
    public void Orphan_ZombieDeactivates_TheSuccessorStays()
    {
        using var silo = new SimulatedSilo(1);
        silo.Run(async () =>
        {
            var grain = silo.Get<IHistoryGrain>("a");
            await grain.Count();
            var zombie = GrainRuntime.Find(grain)!;
            GrainRuntime.Orphan(zombie);
            await grain.Step("successor", 0);
            zombie.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "A fence told it."));
            while (!silo.Journal.Entries.Contains("deactivated")) await Task.Yield();
            Assert.Equal(1, await grain.Count());
        });
    }

    [Fact]
    public void Run_WorkComesFromAnotherThread_IsReported()
    {
        using var silo = new SimulatedSilo(1);
        var error = Assert.Throws<InvalidOperationException>(() => silo.Run(async () =>
        {
            var through = silo.Get<IHistoryGrain>("a").ThroughPool();
            while (!through.IsCompleted) await Task.Yield();
        }));
        Assert.Contains("another thread", error.Message);
    }
}
