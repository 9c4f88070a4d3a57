using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Gathering;

/// <summary>Reads that are gathered, and calls that are not.</summary>
public sealed class GatheredReadTests
{
    private static readonly StoreBusyException Busy = new("busy");
    private static readonly StoreOutcomeUnknownException Unknown = new("unknown");
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly StoreWorld _world = new();

    private ScriptedDriver Driver => _world.Driver;

    [Fact]
    public async Task Read_WhileAReadIsUnderWay_AllThatComeAreReadTogether()
    {
        var first = Read(1);
        var others = new[] { Read(2), Read(3), Read(2) };

        Assert.Equal([1L], Assert.Single(Driver.Reads).Request);
        Answer();
        Assert.Equal([2L, 3, 2], Driver.Reads[1].Request);
        Answer();

        Assert.Equal(1, (await first)!.Lead.Id);
        Assert.Equal([2L, null, 2], (await Task.WhenAll(others)).Select(lead => lead?.Lead.Id));
    }

    [Fact]
    public void Read_Thousands_AreReadFiveHundredAtATime()
    {
        for (var id = 0; id < 1101; id++) _ = Read(id);

        Answer();
        Answer();
        Answer();

        Assert.Equal([1, 500, 500, 100], Driver.Reads.Select(read => read.Request.Count));
    }

    [Fact]
    public void Read_WriterIsStuck_IsNotHeldUp()
    {
        _ = _world.Commit(1);

        var read = Read(1);
        Answer();

        Assert.True(read.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Read_BusyForAWhile_IsTriedAgain()
    {
        var read = Read(1);
        _world.Do(_ => Driver.Reads[^1].Reply.TrySetException(Busy));
        _world.Advance(LongestPause);
        Answer();

        Assert.Equal(1, (await read)!.Lead.Id);
    }

    [Fact]
    public async Task Find_WhileALookUpIsUnderWay_AllThatComeAreLookedUpTogether()
    {
        var keys = Enumerable.Range(0, 3).Select(i => new IdentifierKey(1, IdentifierKind.Email, $"{i}@x.org")).ToArray();
        var found = keys.Select(key => _world.Do(store => store.Find(key))).ToArray();

        _world.Do(_ => Driver.Finds[0].Reply.TrySetResult([5]));
        _world.Do(_ => Driver.Finds[1].Reply.TrySetResult([null, 6]));

        Assert.Equal([keys[1], keys[2]], Driver.Finds[1].Request);
        Assert.Equal([5L, null, 6], await Task.WhenAll(found));
    }

    [Fact]
    public async Task TakeOver_BusyThenUnknown_IsTriedAgain()
    {
        var tenure = _world.Do(store => store.TakeOver(7));
        FailOther(Busy);
        FailOther(Unknown);
        AnswerOther(new CampaignTenure(1, 3, CampaignStatus.Open, 0, []));

        Assert.Equal(3, (await tenure)!.Epoch);
        Assert.Equal(["TakeOver 7", "TakeOver 7", "TakeOver 7"], Driver.Others.Select(call => call.Request));
    }

    [Fact]
    public void NextId_BusyTooLong_SaysSo()
    {
        var id = _world.Do(store => store.NextId());
        BusyUntilDone(id);

        StoreWorld.Failure<StoreBusyException>(id);
        Assert.InRange(_world.Clock.Elapsed, _world.Options.Patience, _world.Options.Patience + LongestPause);
    }

    [Fact]
    public void SetStatus_UnknownThenBusyTooLong_IsUnknown()
    {
        var set = _world.Do(store => store.SetStatus(7, 1, CampaignStatus.Ended));
        FailOther(Unknown);
        BusyUntilDone(set);

        StoreWorld.Failure<StoreOutcomeUnknownException>(set);
    }

    [Fact]
    public void WriteState_Unknown_IsNotRepeated()
    {
        var write = _world.Do(store => store.WriteState("account", "7", "{}", null));
        FailOther(Busy);
        FailOther(Unknown);

        StoreWorld.Failure<StoreOutcomeUnknownException>(write);
        Assert.Equal(2, Driver.Others.Count);
    }

    [Fact]
    public void Ping_Busy_SaysSoAtOnce()
    {
        var ping = _world.Do(store => store.Ping());
        FailOther(Busy);

        StoreWorld.Failure<StoreBusyException>(ping);
        Assert.Single(Driver.Others);
    }

    [Fact]
    public void Answers_AreReadAndForgotten_ByTheirAge()
    {
        _world.Do(store => store.ReadAnswer("key"));
        _world.Do(store => store.ForgetOldAnswers());

        Assert.Equal(
            ["ReadAnswer key 2026-02-28 12:00:00Z", "ForgetAnswers 2026-02-28 12:00:00Z 1000"], Driver.Others.Select(call => call.Request));
    }

    [Fact]
    public void States_AreForgotten_ByTheTimeTheyTell()
    {
        _world.Do(store => store.ForgetOldStates("verification"));

        Assert.Equal("ForgetStates verification 2026-03-01 12:00:00Z 1000", Assert.Single(Driver.Others).Request);
    }

    [Fact]
    public void StartAsync_OpensTheDatabase() => Assert.True(Driver.IsOpen);

    private Task<StoredLead?> Read(long id) => _world.Do(store => store.Read(id));

    /// <summary>Answers the last read; there is no lead 3.</summary>
    private void Answer()
    {
        var call = Driver.Reads[^1];
        var leads = call.Request.Select(id => id == 3 ? null : new StoredLead
        {
            Lead = StoreWorld.Change(id).After,
            Version = 1,
            Requests = new(),
        });
        _world.Do(_ => call.Reply.TrySetResult([.. leads]));
    }

    private void BusyUntilDone(Task waiting)
    {
        while (!waiting.IsCompleted && _world.Clock.Elapsed < _world.Options.Patience * 2) FailOther(Busy);
    }

    private void FailOther(Exception why)
    {
        _world.Do(_ => Driver.Others[^1].Reply.TrySetException(why));
        _world.Advance(LongestPause);
    }

    private void AnswerOther(object? reply) => _world.Do(_ => Driver.Others[^1].Reply.TrySetResult(reply));
}
