using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace LeadEngine.Embedded.Tests.Runtime;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Instance();

    Task<int> Leave(Task gate);

    [AlwaysInterleave]
    Task<int> InstanceInterleaved();

    Task Hold(Task gate);
}

public interface IShortLifeGrain : ILifeGrain;

public interface ILongLifeGrain : ILifeGrain;

public interface IFailingGrain : IGrainWithStringKey
{
    Task<string> Hello();
}

public interface IFleetingGrain : IGrainWithStringKey
{
    Task Hello();
}

public interface IFailingConstructorGrain : IFailingGrain;

internal abstract class LifeGrainBase(Journal journal, LifeGrainBase.Counter counter) : Grain, ILifeGrain, IAsyncDisposable
{
    private readonly int _instance = counter.Next();

    public Task<int> Instance() => Task.FromResult(_instance);

    public Task<int> InstanceInterleaved() => Instance();

    public async Task<int> Leave(Task gate)
    {
        DeactivateOnIdle();
        journal.Add("asked to leave");
        await gate;
        journal.Add("request ends");
        return _instance;
    }

    public Task Hold(Task gate)
    {
        journal.Add("holding");
        return gate;
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        journal.Add($"activated {_instance}");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        journal.Add($"deactivated {_instance} {reason.ReasonCode}");
        if (this.GetPrimaryKeyString() == "fails to leave") throw new FormatException("as asked");
    }

    public ValueTask DisposeAsync()
    {
        journal.Add($"disposed {_instance}");
        return ValueTask.CompletedTask;
    }

    internal sealed class Counter
    {
        private int _last;

        public int Next() => Interlocked.Increment(ref _last);
    }
}

internal sealed class LifeGrain(Journal journal, LifeGrainBase.Counter counter) : LifeGrainBase(journal, counter);

[CollectionAgeLimit("00:00:20")]
internal sealed class ShortLifeGrain(Journal journal, LifeGrainBase.Counter counter) : LifeGrainBase(journal, counter), IShortLifeGrain;

[CollectionAgeLimit(AlwaysActive = true)]
internal sealed class LongLifeGrain(Journal journal, LifeGrainBase.Counter counter) : LifeGrainBase(journal, counter), ILongLifeGrain;

internal sealed class FailingGrain(FailingGrain.Plan plan) : Grain, IFailingGrain
{
    public Task<string> Hello() => Task.FromResult("hello");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await plan.Gate;
        if (plan.Fails) throw new FormatException("not yet");
    }

    internal sealed class Plan
    {
        public bool Fails { get; set; } = true;

        public Task Gate { get; set; } = Task.CompletedTask;
    }
}

internal sealed class FleetingGrain(Journal journal) : Grain, IFleetingGrain
{
    public Task Hello() => Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Add("activated");
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

internal sealed class FailingConstructorGrain : Grain, IFailingConstructorGrain
{
    public FailingConstructorGrain(Journal journal)
    {
        journal.Add("made");
        if (journal.Entries.Length == 1) throw new FormatException("not yet");
    }

    public Task<string> Hello() => Task.FromResult("hello");
}

public sealed class LifeTests
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task<TestSilo> Start(Action<GrainCollectionOptions>? configure = null) => TestSilo.StartAsync(services =>
    {
        services.AddSingleton<LifeGrainBase.Counter>();
        services.Configure(configure ?? (_ => { }));
    });

    private static ILifeGrain Plain(TestSilo silo, string key = "a") =>
        silo.Runtime.GetGrain<ILifeGrain>(key, typeof(LifeGrain).FullName);

    [Fact]
    public async Task Leave_InItsFirstRequest_IsNotWatched()
    {
        await using var silo = await Start();
        await Plain(silo, "leaves").Leave(Task.CompletedTask);
        await Plain(silo, "stays").Instance();
        Assert.Equal(1, silo.Runtime.Classes.Single().WatchedCount);
    }

    [Fact]
    public async Task Reference_Made_ActivatesNothing()
    {
        await using var silo = await Start();
        _ = Plain(silo);
        Assert.Empty(silo.Runtime.Activations);
    }

    [Fact]
    public async Task DeactivateOnIdle_WithRequestsWaiting_PassesThemToTheNextActivation()
    {
        await using var silo = await Start();
        var grain = Plain(silo);
        var leaver = grain.Leave(_gate.Task);
        await silo.Journal.Seen("asked to leave");
        var waiting = Enumerable.Range(0, 10).Select(_ => grain.Instance()).Append(grain.InstanceInterleaved()).ToArray();
        _gate.SetResult();
        Assert.Equal(1, await leaver);
        Assert.All(await Task.WhenAll(waiting), instance => Assert.Equal(2, instance));
        Assert.Equal(
            ["activated 1", "asked to leave", "request ends", "deactivated 1 ApplicationRequested", "disposed 1", "activated 2"],
            silo.Journal.Entries);
    }

    [Fact]
    public async Task DeactivateOnIdle_OnDeactivateThrows_GrainLeavesAllTheSame()
    {
        await using var silo = await Start();
        var grain = Plain(silo, "fails to leave");
        Assert.Equal(1, await grain.Leave(Task.CompletedTask));
        Assert.Equal(2, await grain.Instance());
        Assert.Contains("disposed 1", silo.Journal.Entries);
    }

    [Fact]
    public async Task DeactivateOnIdle_ByEveryActivationAtOnce_RejectsTheRequestAfterTwoForwards()
    {
        await using var silo = await Start();
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(silo.Get<IFleetingGrain>("a").Hello);
        Assert.Equal(["activated", "activated", "activated"], silo.Journal.Entries);
    }

    [Fact]
    public async Task Activation_Fails_EveryWaitingCallerGetsTheExceptionAndTheNextCallTriesAnew()
    {
        var plan = new FailingGrain.Plan { Gate = _gate.Task };
        await using var silo = await TestSilo.StartAsync(services => services.AddSingleton(plan));
        var grain = silo.Runtime.GetGrain<IFailingGrain>("a", typeof(FailingGrain).FullName);
        var calls = Enumerable.Range(0, 10).Select(_ => grain.Hello()).ToArray();
        _gate.SetResult();
        foreach (var call in calls) await Assert.ThrowsAsync<FormatException>(() => call);
        Assert.Empty(silo.Runtime.Activations);
        plan.Fails = false;
        Assert.Equal("hello", await grain.Hello());
    }

    [Fact]
    public async Task Activation_ConstructorThrows_CallerGetsTheExceptionAndTheNextCallTriesAnew()
    {
        await using var silo = await Start();
        var grain = silo.Get<IFailingConstructorGrain>("a");
        await Assert.ThrowsAsync<FormatException>(grain.Hello);
        Assert.Equal("hello", await grain.Hello());
    }

    [Fact]
    public async Task Idle_ForTheCollectionAge_IsDeactivated()
    {
        await using var silo = await Start();
        Assert.Equal(1, await Plain(silo).Instance());
        silo.Time.Advance(TimeSpan.FromSeconds(80));
        await silo.Journal.Seen("deactivated 1 ActivationIdle");
        await silo.Journal.Seen("disposed 1");
        Assert.Equal(2, await Plain(silo).Instance());
    }

    [Fact]
    public async Task Idle_WasWatchedUntilItLeft_IsNotKeptInMemory()
    {
        await using var silo = await Start();
        var left = await LeftBehind(silo);
        Assert.Equal(2, await Plain(silo).Instance());

        for (var tries = 0; tries < 100 && left.IsAlive; tries++)
        {
            await Task.Yield();
            GC.Collect();
        }

        Assert.False(left.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LeftBehind(TestSilo silo)
    {
        await Plain(silo).Instance();
        var activation = new WeakReference(silo.Runtime.Activations.Single());
        silo.Time.Advance(TimeSpan.FromSeconds(80));
        await silo.Journal.Seen("disposed 1");
        return activation;
    }

    [Fact]
    public async Task Idle_CalledForAMomentAsItWoke_IsDeactivatedAtTheFirstLook()
    {
        await using var silo = await Start();
        var held = Plain(silo).Hold(_gate.Task);
        await silo.Journal.Seen("holding");
        silo.Time.Advance(TimeSpan.FromSeconds(1));
        _gate.SetResult();
        await held;

        silo.Time.Advance(TimeSpan.FromSeconds(79));

        await silo.Journal.Seen("deactivated 1 ActivationIdle");
    }

    [Fact]
    public async Task Idle_ForTwoCollectionAgesAfterCalls_IsDeactivated()
    {
        await using var silo = await Start();
        Assert.Equal(1, await Plain(silo).Instance());
        silo.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, await Plain(silo).Instance());
        silo.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, await Plain(silo).Instance());
        silo.Time.Advance(TimeSpan.FromSeconds(150));
        await silo.Journal.Seen("deactivated 1 ActivationIdle");
        Assert.Equal(2, await Plain(silo).Instance());
    }

    [Fact]
    public async Task Idle_ARequestRuns_IsNotIdle()
    {
        await using var silo = await Start();
        var held = Plain(silo).Hold(_gate.Task);
        await silo.Journal.Seen("holding");
        silo.Time.Advance(TimeSpan.FromHours(1));
        _gate.SetResult();
        await held;
        Assert.Equal(1, await Plain(silo).Instance());
    }

    [Fact]
    public async Task Idle_AgeOfTheClass_WinsOverTheGeneralOne()
    {
        await using var silo = await Start(
            options => options.ClassSpecificCollectionAge[typeof(LifeGrain).FullName!] = TimeSpan.FromHours(1));
        await silo.Get<IShortLifeGrain>("a").Instance();
        await silo.Get<ILongLifeGrain>("a").Instance();
        await Plain(silo).Instance();
        silo.Time.Advance(TimeSpan.FromSeconds(30));
        await silo.Journal.Seen("deactivated 1 ActivationIdle");
        silo.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(3, await Plain(silo).Instance());
        silo.Time.Advance(TimeSpan.FromDays(1));
        await silo.Journal.Seen("deactivated 3 ActivationIdle");
        Assert.Equal(2, await silo.Get<ILongLifeGrain>("a").Instance());
    }

    [Fact]
    public async Task Activation_OfATinyGrain_TakesLessThan600Bytes()
    {
        const int Count = 50_000;
        await using var silo = await Start();
        await silo.Get<IEchoGrain>("warm").Nothing();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++) await silo.Get<IEchoGrain>($"campaign-1/email/person-{i}@example.com").Nothing();
        var perActivation = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        Assert.InRange(perActivation, 1, 600);
    }
}
