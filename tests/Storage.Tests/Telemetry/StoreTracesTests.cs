using System.Diagnostics;
using System.Diagnostics.Metrics;
using LeadEngine.Storage.Gathering;
using LeadEngine.Storage.Telemetry;
using LeadEngine.Storage.Tests.Gathering;
using LeadEngine.TestSupport;

namespace LeadEngine.Storage.Tests.Telemetry;

[Collection(TracesCollection.Name)]
public sealed class StoreTracesTests
{
    [Fact]
    public void Commit_OfTwoTracedRequests_IsBelowTheFirstAndLinkedToTheSecond()
    {
        using var log = new SpanLog(EngineTelemetry.Name);
        var world = new StoreWorld();
        world.Commit(1);
        using var first = log.Begin();
        world.Commit(2, adds: 3);
        using var second = log.Begin();
        world.Write(10);
        Activity.Current = null;
        world.Write(11);

        world.Succeed();
        world.Succeed();

        var span = log.Single("store.commit");
        Assert.Equal(first.SpanId, span.ParentSpanId);
        Assert.Equal(first.TraceId, span.TraceId);
        Assert.Equal([second.Context], span.Links.Select(link => link.Context));
        Assert.Equal(3, span.GetTagItem("leadengine.batch.size"));
    }

    [Fact]
    public void Commit_TracedRequestCameInTheBatchBefore_HasNoSpan()
    {
        using var log = new SpanLog(EngineTelemetry.Name);
        var world = new StoreWorld();
        using (log.Begin()) world.Commit(1);
        world.Commit(2);

        world.Succeed();
        world.Succeed();

        Assert.Equal(1, log.Single("store.commit").GetTagItem("leadengine.batch.size"));
    }

    [Fact]
    public void Commit_TriedAgain_HasASpanForEachTry()
    {
        using var log = new SpanLog(EngineTelemetry.Name);
        var world = new StoreWorld();
        using (log.Begin()) world.Commit(1);

        world.Fail(new StoreBusyException("busy"));
        world.Advance(TimeSpan.FromSeconds(1));
        world.Succeed();

        Assert.Equal(
            [ActivityStatusCode.Error, ActivityStatusCode.Unset],
            log.Ended.Where(span => span.OperationName == "store.commit").Select(span => span.Status));
    }

    [Fact]
    public void Send_NobodyListens_PassesTheTaskOn()
    {
        using var meter = new Meter("nobody");
        var target = new StillTarget();
        var measured = new MeasuredTarget<Pending<int, int>>(target, new StoreMetrics(meter).Commits, TimeProvider.System);

        Assert.Same(target.Sent, measured.Send([new(1, 1)], default));
        Assert.Null(EngineTelemetry.TracedCall);
    }

    private sealed class StillTarget : IBatchTarget<Pending<int, int>>
    {
        public Task Sent { get; } = new TaskCompletionSource().Task;

        public void BeginBatch() { }

        public bool Admits(Pending<int, int> item) => true;

        public Task Send(IReadOnlyList<Pending<int, int>> batch, CancellationToken cancel) => Sent;
    }
}
