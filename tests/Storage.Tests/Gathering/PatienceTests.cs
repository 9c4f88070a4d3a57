namespace LeadEngine.Storage.Tests.Gathering;

/// <summary>A store that is away, lost, or of which one part fails; and the end.</summary>
public sealed class PatienceTests
{
    private static readonly StoreBusyException Busy = new("busy");
    private static readonly StoreOutcomeUnknownException Unknown = new("unknown");
    private static readonly TimeSpan Patience = new StoreOptions().Patience;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly StoreWorld _world = new();

    [Fact]
    public void Commit_BehindAStuckTransaction_IsBusyWhenPatienceEnds()
    {
        var stuck = _world.Commit(1);
        var waiting = _world.Commit(2);
        _world.Advance(Patience / 2);
        var younger = _world.Commit(3);

        _world.Advance(Patience / 2 - Moment);
        Assert.False(waiting.IsCompleted);
        _world.Advance(Moment);

        StoreWorld.Failure<StoreBusyException>(waiting);
        Assert.False(younger.IsCompleted);
        _world.Succeed();
        _world.Succeed();
        Assert.True(stuck.IsCompletedSuccessfully && younger.IsCompletedSuccessfully);
        Assert.Equal([1L, 3], _world.Driver.Commits.SelectMany(commit => commit.Request.Units).Select(unit => unit.CampaignId));
    }

    [Fact]
    public void Commit_BehindAStuckTransaction_TheYoungerIsBusyInItsTurn()
    {
        _ = _world.Commit(1);
        _world.Advance(Patience / 2);
        var younger = _world.Commit(2);

        _world.Advance(Patience);

        StoreWorld.Failure<StoreBusyException>(younger);
    }

    [Fact]
    public async Task Commit_BusyForAWhile_IsTriedAgainUntilItSucceeds()
    {
        var reply = _world.Commit(7);
        for (var tries = 1; tries < 5; tries++)
        {
            _world.Fail(Busy);
            _world.Advance(TimeSpan.FromMilliseconds(500));
            Assert.Equal(tries + 1, _world.Driver.Commits.Count);
        }

        _world.Succeed();

        Assert.Equal(7, (await reply).LeadCount);
    }

    [Fact]
    public void Commit_Busy_PausesGrowAndStayShort()
    {
        _ = _world.Commit(7);
        List<double> pauses = [];
        while (_world.Clock.Elapsed < Patience - TimeSpan.FromSeconds(1)) pauses.Add(PauseAfter(Busy));

        Assert.InRange(pauses[0], 10, 20);
        Assert.InRange(pauses[1], 20, 40);
        Assert.InRange(pauses[2], 40, 80);
        Assert.All(pauses.Skip(5), pause => Assert.InRange(pause, 250, 500));
        Assert.True(pauses.Skip(5).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Commit_BusyTooLong_SaysSoAndServesTheNext()
    {
        var reply = _world.Commit(7);
        BusyUntilDone(reply);

        StoreWorld.Failure<StoreBusyException>(reply);
        Assert.InRange(_world.Clock.Elapsed, Patience, Patience + TimeSpan.FromSeconds(1));
        var next = _world.Commit(8);
        _world.Succeed();
        Assert.Equal(8, (await next).LeadCount);
    }

    [Fact]
    public void Commit_BusyAfterPatienceEnded_SaysSoAtOnce()
    {
        var reply = _world.Commit(7);
        _world.Advance(Patience);
        Assert.False(reply.IsCompleted);

        _world.Fail(Busy);

        Assert.Same(Busy, StoreWorld.Failure<StoreBusyException>(reply).InnerException);
    }

    [Fact]
    public async Task Commit_OutcomeUnknown_IsRepeatedAsItWas()
    {
        var reply = _world.Commit(7, adds: 3);
        _world.Fail(Unknown);
        _world.Advance(TimeSpan.FromMilliseconds(20));

        _world.Succeed();

        Assert.Equal(7, (await reply).LeadCount);
        Assert.Equal(_world.Driver.Commits[0].Request.Units.AsEnumerable(), _world.Driver.Commits[1].Request.Units);
    }

    [Fact]
    public void Commit_OutcomeUnknownThenBusyTooLong_IsUnknown()
    {
        var inDoubt = _world.Commit(7);
        var waiting = _world.Commit(8);
        _world.Fail(Unknown);
        _world.Advance(TimeSpan.FromMilliseconds(20));
        BusyUntilDone(inDoubt);

        StoreWorld.Failure<StoreOutcomeUnknownException>(inDoubt);
        StoreWorld.Failure<StoreBusyException>(waiting);
    }

    [Fact]
    public void Commit_OutcomeUnknownThenFault_IsUnknown()
    {
        var reply = _world.Commit(7);
        _world.Fail(Unknown);
        _world.Advance(TimeSpan.FromMilliseconds(20));
        var fault = new InvalidOperationException("a fault");
        _world.Fail(fault);

        Assert.Same(fault, StoreWorld.Failure<StoreOutcomeUnknownException>(reply).InnerException);
    }

    [Fact]
    public async Task Commit_BatchLosesPatience_TheYoungerOfItGoesOn()
    {
        _ = _world.Commit(1);
        var older = _world.Commit(2);
        _world.Advance(Patience / 2);
        var younger = _world.Write(10);
        _world.Succeed();
        BusyUntilDone(older);

        Assert.False(younger.IsCompleted);
        StoreWorld.Failure<StoreBusyException>(older);
        Assert.Empty(_world.Driver.Commits[^1].Request.Units);
        _world.Succeed();
        Assert.Equal(10, (await younger).Stored!.Lead.Id);
    }

    [Fact]
    public async Task Commit_OnePartFails_OnlyThatOneFails()
    {
        _ = _world.Commit(1);
        var good = _world.Commit(2);
        var culprit = _world.Write(10);
        var alsoGood = _world.Write(11);
        _world.Succeed();
        var fault = new InvalidOperationException("a duplicate key");

        _world.Fail(fault);
        _world.Succeed();
        _world.Fail(fault);
        _world.Succeed();

        Assert.Equal(2, (await good).LeadCount);
        Assert.Same(fault, StoreWorld.Failure<InvalidOperationException>(culprit));
        Assert.Equal(11, (await alsoGood).Stored!.Lead.Id);
        Assert.Equal([1, 3, 1, 1, 1], _world.Driver.Commits.Select(commit => commit.Request.Units.Length + commit.Request.Changes.Length));
    }

    [Fact]
    public async Task Commit_OnePartFailsAndTheNextIsBusy_TheNextIsTriedAgain()
    {
        _ = _world.Commit(1);
        var culprit = _world.Write(10);
        var good = _world.Write(11);
        _world.Succeed();
        var fault = new InvalidOperationException("a duplicate key");
        _world.Fail(fault);
        _world.Fail(fault);
        _world.Fail(Busy);
        _world.Advance(TimeSpan.FromMilliseconds(20));

        _world.Succeed();

        StoreWorld.Failure<InvalidOperationException>(culprit);
        Assert.Equal(11, (await good).Stored!.Lead.Id);
    }

    [Fact]
    public void StopAsync_SomeWait_AreServedFirst()
    {
        var underWay = _world.Commit(1);
        var waiting = _world.Commit(2);

        var stop = _world.Do(store => store.StopAsync(default));
        StoreWorld.Failure<StoreBusyException>(_world.Commit(3));
        _world.Succeed();
        Assert.False(stop.IsCompleted);
        _world.Succeed();

        Assert.True(stop.IsCompletedSuccessfully);
        Assert.True(underWay.IsCompletedSuccessfully && waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void StopAsync_NothingWaits_EndsAtOnce() => Assert.True(_world.Do(store => store.StopAsync(default)).IsCompletedSuccessfully);

    [Fact]
    public void StopAsync_InAHurry_TellsThoseWhoAreNotServed()
    {
        using var hurry = new CancellationTokenSource();
        var underWay = _world.Commit(1);
        var waiting = _world.Commit(2);
        var stop = _world.Do(store => store.StopAsync(hurry.Token));

        _world.Do(_ =>
        {
            hurry.Cancel();
            return true;
        });

        Assert.True(stop.IsCompletedSuccessfully);
        StoreWorld.Failure<StoreOutcomeUnknownException>(underWay);
        StoreWorld.Failure<StoreBusyException>(waiting);
    }

    [Fact]
    public void DisposeAsync_Twice_DisposesTheDriverOnce()
    {
        _world.Do(store => store.StopAsync(default));
        Assert.True(_world.Do(store => store.DisposeAsync().AsTask()).IsCompletedSuccessfully);
        Assert.True(_world.Do(store => store.DisposeAsync().AsTask()).IsCompletedSuccessfully);

        Assert.Equal(1, _world.Driver.Disposals);
    }

    private void BusyUntilDone(Task waiting)
    {
        while (!waiting.IsCompleted && _world.Clock.Elapsed < Patience * 2) PauseAfter(Busy);
    }

    /// <summary>Fails the transaction that is under way and moves on to the next try, or to the end.</summary>
    private double PauseAfter(Exception why)
    {
        var (before, start) = (_world.Driver.Commits.Count, _world.Clock.Elapsed);
        _world.Fail(why);
        while (_world.Driver.Commits.Count == before && _world.Clock.Elapsed - start < TimeSpan.FromSeconds(1)) _world.Advance(Moment);
        return (_world.Clock.Elapsed - start).TotalMilliseconds;
    }
}
