using LeadEngine.Storage.Tests.Contract;
using LeadEngine.Storage.Tests.Gathering;
using LeadEngine.TestSupport;

namespace LeadEngine.Storage.Tests.Telemetry;

public sealed class StoreMetricsTests : IDisposable
{
    private readonly StoreWorld _world = new(new() { QueueLength = 100 });
    private readonly MeasurementLog _log;

    public StoreMetricsTests() => _log = new(meter => meter == _world.Meter);

    public void Dispose()
    {
        _log.Dispose();
        _world.Meter.Dispose();
    }

    [Fact]
    public void Commit_OfManyLeads_RecordsHowManyAndHowLong()
    {
        _world.Commit(1, adds: 7);
        _world.Advance(TimeSpan.FromSeconds(2));
        _world.Succeed();

        Assert.Equal([7], _log.ValuesOf("leadengine.store.commit.size"));
        Assert.Equal([2], _log.ValuesOf("leadengine.store.commit.duration"));
    }

    [Fact]
    public void Commit_UnitsChangesAndAnswersTogether_RecordsOneSize()
    {
        _world.Commit(1);
        _world.Commit(2, adds: 4);
        _world.Write(10);
        _world.Do(store => store.SaveAnswer("key", Make.Answer(1)));

        _world.Succeed();
        _world.Succeed();

        Assert.Equal([1, 6], _log.ValuesOf("leadengine.store.commit.size"));
    }

    [Theory]
    [InlineData(false, "busy")]
    [InlineData(true, "unknown")]
    public void Commit_TriedAgain_RecordsBothTriesAndTheRetry(bool isLost, string errorType)
    {
        _world.Commit(1, adds: 3);
        _world.Fail(isLost ? new StoreOutcomeUnknownException("lost") : new StoreBusyException("busy"));
        _world.Advance(TimeSpan.FromSeconds(1));
        _world.Succeed();

        Assert.Equal([errorType, null], _log.Of("leadengine.store.commit.duration").Select(measured => measured.Tag("error.type")));
        Assert.Equal([3], _log.ValuesOf("leadengine.store.commit.size"));
        Assert.Equal("commit", Assert.Single(_log.Of("leadengine.store.retries")).Tag("operation"));
    }

    [Fact]
    public void NextId_TriedAgain_CountsTheRetry()
    {
        _ = _world.Do(store => store.NextId());
        _world.Do(_ => _world.Driver.Others[^1].Reply.TrySetException(new StoreBusyException("busy")));

        Assert.Equal("call", Assert.Single(_log.Of("leadengine.store.retries")).Tag("operation"));
    }

    [Fact]
    public void Read_TwoThatWaited_RecordsOneBatch()
    {
        foreach (var id in (long[])[1, 2, 3]) _ = _world.Do(store => store.Read(id));

        _world.Do(_ => _world.Driver.Reads[0].Reply.TrySetResult([null]));
        _world.Do(_ => _world.Driver.Reads[1].Reply.TrySetResult([null, null]));

        Assert.Equal([1, 2], _log.ValuesOf("leadengine.store.read.size"));
        Assert.All(_log.Of("leadengine.store.read.duration"), measured => Assert.Equal("read", measured.Tag("operation")));
    }

    [Fact]
    public void Queue_WhileATransactionIsUnderWay_HasWhatWaits()
    {
        _world.Do(store =>
        {
            _world.Metrics.ObserveQueues(() => store.QueueLengths);
            return true;
        });
        _world.Commit(1);
        _world.Commit(2, adds: 5);
        _world.Write(10);

        _log.Collect();
        _world.Succeed();
        _log.Collect();

        var lengths = _log.Of("leadengine.store.queue.length");
        Assert.Equal([6, 0], lengths.Where(measured => measured.Tag("operation") is "commit").Select(measured => measured.Value));
        Assert.Equal(["commit", "read", "find"], lengths[..3].Select(measured => measured.Tag("operation")));
    }
}
