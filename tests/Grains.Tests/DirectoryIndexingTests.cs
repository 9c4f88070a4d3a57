using System.Reflection;
using LeadEngine.Silo;
using LeadEngine.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadEngine.Grains.Tests;

public sealed class DirectoryIndexingTests
{
    [Fact]
    public async Task Execute_WhileThereAreMany_GoesOnAtOnceAndThenPauses() =>
        Assert.Equal((double[])[0.5, 1, 1, 0.5], await Pauses(DirectoryIndexing.Many, DirectoryIndexing.Many, 3, 0, 0, 1));

    /// <summary>The index is at most five seconds behind, so the store must not be given up.</summary>
    [Fact]
    public async Task Execute_StoreIsAway_TriesAgainAfterAPause() =>
        Assert.Equal((double[])[1, 1, 1, 0.5], await Pauses(new StoreBusyException("busy"), new StoreOutcomeUnknownException("lost"), new InvalidOperationException(), 2));

    /// <summary>The first four pauses, in seconds.</summary>
    private static async Task<double[]> Pauses(params object[] answers)
    {
        var clock = new ListeningClock();
        var directory = DispatchProxy.Create<IDirectoryStore, ScriptedIndex>();
        var script = (ScriptedIndex)directory;
        script.Answers = new(answers);
        using var indexing = new DirectoryIndexing(directory, clock, NullLogger<DirectoryIndexing>.Instance);

        await indexing.StartAsync(default);
        await script.Finished;
        await indexing.StopAsync(default);

        return [.. clock.Pauses.Take(4)];
    }

    /// <summary>Answers what it was told to, then that there is nothing.</summary>
    public class ScriptedIndex : DispatchProxy
    {
        private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Queue<object> Answers { get; set; } = [];

        public Task Finished => _finished.Task;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Assert.Equal(nameof(IDirectoryStore.Index), targetMethod!.Name);
            if (Answers.TryDequeue(out var answer)) return answer is Exception failure ? Task.FromException<int>(failure) : Task.FromResult((int)answer);
            _finished.TrySetResult();
            return Task.FromResult(0);
        }
    }

    /// <summary>Every pause is over at once, and remembered.</summary>
    private sealed class ListeningClock : TimeProvider
    {
        public List<double> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime.TotalSeconds);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
