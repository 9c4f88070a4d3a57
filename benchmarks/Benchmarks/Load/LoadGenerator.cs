using System.Net;

namespace LeadEngine.Benchmarks.Load;

/// <summary>Asks a server, at all of its addresses in turn, over many connections from one thread, and measures what comes back.</summary>
internal sealed class LoadGenerator(IReadOnlyList<IPEndPoint> addresses, LoadPlan plan, RequestSource source) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider clock = TimeProvider.System;
    private readonly Epoll epoll = new(plan.Connections);
    private readonly LoadConnection[] connections =
        [.. Enumerable.Range(0, plan.Connections).Select(index => new LoadConnection(addresses[index % addresses.Count]))];
    private readonly Stack<LoadConnection> idle = new(plan.Connections);
    private readonly LoadResult result = new();
    private readonly LoadSchedule schedule = new(plan);
    private long started;

    /// <summary>Called on the generator's thread when the measured time begins.</summary>
    public Action MeasureStarting { get; init; } = () => { };

    /// <summary>Called on the generator's thread when the measured time is over.</summary>
    public Action MeasureEnded { get; init; } = () => { };

    private TimeSpan Now => clock.GetElapsedTime(started);

    public Task<LoadResult> RunAsync(CancellationToken token) =>
        Task.Factory.StartNew(() => Run(token), token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        foreach (var connection in connections) connection.Dispose();
        epoll.Dispose();
    }

    private LoadResult Run(CancellationToken token)
    {
        for (var index = 0; index < connections.Length; index++) Open(index);
        started = clock.GetTimestamp();
        RunUntil(plan.WarmUp, token);
        var from = Now;
        result.StartMeasuring();
        schedule.StartMeasuring(from);
        MeasureStarting();
        RunUntil(from + plan.Duration, token);
        var to = Now;
        MeasureEnded();
        result.StopMeasuring(to - from);
        schedule.Stop(to);
        RunUntil(to + plan.DrainLimit, token);
        foreach (var connection in connections.Where(connection => connection.IsBusy)) result.Unanswered(connection);
        return result;
    }

    private void RunUntil(TimeSpan end, CancellationToken token)
    {
        for (var now = Now; now < end; now = Now)
        {
            token.ThrowIfCancellationRequested();
            SendDue(now);
            if (schedule.IsOver && idle.Count == connections.Length) return;
            var wait = TimeSpan.FromTicks(Math.Clamp((NextTurn(end) - now).Ticks, 0, LongestWait.Ticks));
            for (int index = 0, ready = epoll.Wait(wait); index < ready; index++) Receive(epoll.Ready(index));
        }
    }

    private TimeSpan NextTurn(TimeSpan end) => idle.Count > 0 && schedule.Next < end ? schedule.Next : end;

    private void SendDue(TimeSpan now)
    {
        while (idle.Count > 0 && schedule.TryTake(now, out var due))
        {
            var connection = idle.Pop();
            var request = source(out var kind);
            connection.Send(request, kind, due);
            if (!connection.IsBusy) Replace(connection);
        }
    }

    private void Receive(int index)
    {
        var connection = connections[index];
        var isAnswered = connection.Receive();
        if (connection.IsBusy) return;
        var now = Now;
        if (!isAnswered)
        {
            Replace(connection);
            return;
        }

        result.Answered(connection, now, schedule.IsMeasured(connection.Due));
        if (connection.MustReopen) Open(index);
        else idle.Push(connection);
        SendDue(now);
    }

    private void Replace(LoadConnection broken)
    {
        result.Unanswered(broken);
        Open(Array.IndexOf(connections, broken));
    }

    private void Open(int index)
    {
        epoll.Watch(connections[index].Open(), index);
        idle.Push(connections[index]);
    }
}
