using Orleans.Concurrency;

namespace LeadEngine.Embedded.Tests.Runtime;

public interface ITimerGrain : IGrainWithStringKey
{
    Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive, Task gate);

    Task Change(TimeSpan due, TimeSpan period);

    Task StopTimer();

    Task Leave();

    [AlwaysInterleave]
    Task Touch();

    Task Hold(Task gate);
}

internal sealed class TimerGrain(Journal journal) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;

    public Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive, Task gate)
    {
        RequestContext.Set("who", "caller");
        _timer = this.RegisterGrainTimer(
            async (state, token) =>
            {
                journal.Add($"tick {RequestContext.Get("who") ?? "-"} {ReferenceEquals(TaskScheduler.Current, state)}");
                await gate;
                journal.Add("tock");
                if (period == TimeSpan.FromSeconds(7)) throw new FormatException("as asked");
            },
            TaskScheduler.Current,
            new() { DueTime = due, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Touch() => Task.CompletedTask;

    public Task Hold(Task gate)
    {
        journal.Add("holding");
        return gate;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Add("deactivated");
        return Task.CompletedTask;
    }
}

public sealed class TimerTests
{
    private const string Tick = "tick - True";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task Start(
        ITimerGrain grain, TimeSpan due, TimeSpan period, Task? gate = null, bool interleave = false, bool keepAlive = false) =>
        grain.Start(due, period, interleave, keepAlive, gate ?? Task.CompletedTask);

    /// <summary>Waits for the end of the turn in which a tick ends; it sets the next one.</summary>
    private static async Task TickEnds(TestSilo silo, int count = 1)
    {
        await silo.Journal.Seen("tock", count);
        await Task.Factory.StartNew(() => { }, default, TaskCreationOptions.None, silo.Runtime.Activations.Single());
    }

    [Fact]
    public async Task Timer_Due_TicksAsATurnWithoutTheContextOfWhoeverMadeIt()
    {
        await using var silo = await TestSilo.StartAsync();
        await Start(silo.Get<ITimerGrain>("a"), Second, Timeout.InfiniteTimeSpan);
        silo.Time.Advance(Second);
        await TickEnds(silo);
        silo.Time.Advance(Second);
        Assert.Equal([Tick, "tock"], silo.Journal.Entries);
    }

    [Fact]
    public async Task Timer_TickUnderWay_NextIsDueAPeriodAfterItsEnd()
    {
        await using var silo = await TestSilo.StartAsync();
        await Start(silo.Get<ITimerGrain>("a"), Second, Second, _gate.Task);
        silo.Time.Advance(Second);
        await silo.Journal.Seen(Tick);
        silo.Time.Advance(10 * Second);
        Assert.Equal([Tick], silo.Journal.Entries);
        _gate.SetResult();
        await TickEnds(silo);
        silo.Time.Advance(Second);
        await TickEnds(silo, 2);
        Assert.Equal([Tick, "tock", Tick, "tock"], silo.Journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Timer_RequestUnderWay_TicksBesideItOnlyIfItInterleaves(bool interleave)
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ITimerGrain>("a");
        await Start(grain, Second, Second, interleave: interleave);
        var held = grain.Hold(_gate.Task);
        await silo.Journal.Seen("holding");
        silo.Time.Advance(Second);
        await grain.Touch();
        await grain.Touch();
        Assert.Equal(interleave, silo.Journal.Entries.Contains(Tick));
        _gate.SetResult();
        await held;
        await TickEnds(silo);
    }

    [Fact]
    public async Task Timer_CallbackThrows_GoesOn()
    {
        await using var silo = await TestSilo.StartAsync();
        await Start(silo.Get<ITimerGrain>("a"), 7 * Second, 7 * Second);
        silo.Time.Advance(7 * Second);
        await TickEnds(silo);
        silo.Time.Advance(7 * Second);
        await TickEnds(silo, 2);
    }

    [Fact]
    public async Task Timer_ChangedOrDisposed_FollowsFromThen()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ITimerGrain>("a");
        await Start(grain, Second, Second);
        await grain.Change(5 * Second, 2 * Second);
        silo.Time.Advance(4 * Second);
        Assert.Empty(silo.Journal.Entries);
        silo.Time.Advance(Second);
        await TickEnds(silo);
        silo.Time.Advance(2 * Second);
        await TickEnds(silo, 2);
        await grain.StopTimer();
        silo.Time.Advance(10 * Second);
        await grain.Touch();
        Assert.Equal(4, silo.Journal.Entries.Length);
    }

    [Fact]
    public async Task Timer_ActivationEnds_EndsWithIt()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ITimerGrain>("a");
        await Start(grain, Second, Second);
        await grain.Leave();
        await grain.Touch();
        silo.Time.Advance(10 * Second);
        await grain.Touch();
        Assert.Equal(["deactivated"], silo.Journal.Entries);
    }

    [Fact]
    public async Task Timer_OfAnIdleGrain_DoesNotKeepIt()
    {
        await using var silo = await TestSilo.StartAsync();
        await Start(silo.Get<ITimerGrain>("a"), 50 * Second, Timeout.InfiniteTimeSpan);
        silo.Time.Advance(50 * Second);
        await TickEnds(silo);
        silo.Time.Advance(35 * Second);
        await silo.Journal.Seen("deactivated");
    }

    [Fact]
    public async Task Timer_ToKeepAlive_KeepsAnIdleGrain()
    {
        await using var silo = await TestSilo.StartAsync();
        await Start(silo.Get<ITimerGrain>("a"), 50 * Second, Timeout.InfiniteTimeSpan, keepAlive: true);
        silo.Time.Advance(50 * Second);
        await TickEnds(silo);
        silo.Time.Advance(20 * Second);
        await silo.Get<ITimerGrain>("a").Touch();
        Assert.DoesNotContain("deactivated", silo.Journal.Entries);
    }
}
