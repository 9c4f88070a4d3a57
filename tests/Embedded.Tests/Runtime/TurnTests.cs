using Orleans.Concurrency;

namespace LeadEngine.Embedded.Tests.Runtime;

public interface ITurnGrain : IGrainWithStringKey
{
    Task Wait(string name, Task gate);

    [AlwaysInterleave]
    Task WaitInterleaved(string name, Task gate);

    Task<bool> IsAloneOverAwaits(int awaits);

    Task<bool> ComesBackToItsScheduler(ITurnGrain other);

    Task<string> CallMyself();
}

public interface IReentrantTurnGrain : ITurnGrain;

internal abstract class TurnGrainBase(Journal journal) : Grain, ITurnGrain
{
    private int _inside;

    public async Task Wait(string name, Task gate)
    {
        journal.Add($"{name} begins");
        await gate;
        journal.Add($"{name} ends");
    }

    public Task WaitInterleaved(string name, Task gate) => Wait(name, gate);

    public async Task<bool> IsAloneOverAwaits(int awaits)
    {
        for (var i = 0; i < awaits; i++)
        {
            if (!IsAlone()) return false;
            await (i % 3 == 0 ? Task.Run(() => { }) : Task.Factory.StartNew(() => { }));
            if (!IsAlone()) return false;
            await Task.Yield();
        }

        return IsAlone();
    }

    public async Task<bool> ComesBackToItsScheduler(ITurnGrain other)
    {
        var mine = TaskScheduler.Current;
        await Task.Yield();
        if (TaskScheduler.Current != mine) return false;
        await Task.Run(() => { });
        if (TaskScheduler.Current != mine) return false;
        if (await other.IsAloneOverAwaits(1) is false || TaskScheduler.Current != mine) return false;
        await Task.WhenAll(other.IsAloneOverAwaits(1), other.IsAloneOverAwaits(1));
        return TaskScheduler.Current == mine;
    }

    public Task<string> CallMyself() => this.AsReference<ITurnGrain>().CallMyself();

    private bool IsAlone()
    {
        var alone = Interlocked.Increment(ref _inside) == 1;
        Thread.SpinWait(20);
        Interlocked.Decrement(ref _inside);
        return alone;
    }
}

internal sealed class TurnGrain(Journal journal) : TurnGrainBase(journal);

[Reentrant]
internal sealed class ReentrantTurnGrain(Journal journal) : TurnGrainBase(journal), IReentrantTurnGrain;

public sealed class TurnTests
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ITurnGrain Plain(TestSilo silo) => silo.Runtime.GetGrain<ITurnGrain>("a", typeof(TurnGrain).FullName);

    [Fact(Timeout = 30_000)]
    public async Task Request_NonReentrant_StartsAfterThePreviousEnded()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = Plain(silo);
        var calls = Task.WhenAll(grain.Wait("first", _gate.Task), grain.Wait("second", _gate.Task), grain.Wait("third", _gate.Task));
        await silo.Journal.Seen("first begins");
        await grain.WaitInterleaved("probe", Task.CompletedTask);
        _gate.SetResult();
        await calls;
        Assert.Equal(
            ["first begins", "probe begins", "probe ends", "first ends", "second begins", "second ends", "third begins", "third ends"],
            silo.Journal.Entries);
    }

    [Fact(Timeout = 30_000)]
    public async Task Request_Reentrant_StartsAtAnAwaitOfThePrevious()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IReentrantTurnGrain>("a");
        var first = grain.Wait("first", _gate.Task);
        await grain.Wait("second", Task.CompletedTask);
        _gate.SetResult();
        await first;
        Assert.Equal(["first begins", "second begins", "second ends", "first ends"], silo.Journal.Entries);
    }

    [Fact(Timeout = 30_000)]
    public async Task Request_WhileOnlyAnInterleavedOneRuns_Starts()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = Plain(silo);
        var interleaved = grain.WaitInterleaved("long", _gate.Task);
        await grain.Wait("second", Task.CompletedTask);
        _gate.SetResult();
        await interleaved;
        Assert.Equal(["long begins", "second begins", "second ends", "long ends"], silo.Journal.Entries);
    }

    [Fact(Timeout = 30_000)]
    public async Task Turns_OfOneActivation_NeverRunBesideEachOther()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IReentrantTurnGrain>("a");
        var alone = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => grain.IsAloneOverAwaits(30))));
        Assert.All(alone, Assert.True);
    }

    [Fact(Timeout = 30_000)]
    public async Task Await_InATurn_ContinuesOnTheActivationsScheduler()
    {
        await using var silo = await TestSilo.StartAsync();
        var other = silo.Get<IReentrantTurnGrain>("other");
        var back = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Plain(silo).ComesBackToItsScheduler(other)));
        Assert.All(back, Assert.True);
    }

    [Fact(Timeout = 30_000)]
    public async Task Await_OutsideOfGrains_DoesNotContinueOnTheCalleesScheduler()
    {
        await using var silo = await TestSilo.StartAsync();
        await Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await silo.Get<IReentrantTurnGrain>("a").IsAloneOverAwaits(1);
                Assert.Same(TaskScheduler.Default, TaskScheduler.Current);
            }
        });
    }
}
