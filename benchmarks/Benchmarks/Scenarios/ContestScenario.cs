using System.Globalization;
using LeadEngine.Benchmarks.Contest;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>What a contest costs at a million scored leads, in the turns of one campaign.</summary>
internal sealed class ContestScenario(int differentScores) : EngineScenario
{
    private static readonly TimeSpan RescoredFor = TimeSpan.FromSeconds(1);

    public override string Name => "contest";

    public override string Title => string.Create(CultureInfo.InvariantCulture, $"contest, {differentScores:#,0} different scores");

    public override Task<Measurement> RunAsync(BenchmarkOptions options, CancellationToken token) =>
        Task.Factory.StartNew(() => Run(options), token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private Measurement Run(BenchmarkOptions options)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = TimeProvider.System.GetTimestamp();
        var contest = new BusyContest(differentScores);
        var activation = TimeProvider.System.GetElapsedTime(started);
        var memory = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / BusyContest.ScoredLeads;
        contest.Run(options.WarmUp);
        var answers = contest.Run(options.Measured);
        contest.Rescore();
        var rescored = contest.Run(RescoredFor);
        return new()
        {
            RequestsPerSecond = answers.Leads / answers.Duration.TotalSeconds,
            Median = answers.Times.Percentile(0.5),
            Percentile99 = answers.Times.Percentile(0.99),
            CpuPerRequest = new(answers.Busy / answers.Leads, TimeSpan.Zero, TimeSpan.Zero),
            Failures = new Dictionary<int, long>(),
            Note = $"longest {Milliseconds(answers, 1)}; p99 {Milliseconds(rescored, 0.99)} while scores are counted anew; "
                + string.Create(CultureInfo.InvariantCulture, $"{memory:0} bytes a scored lead, ")
                + string.Create(CultureInfo.InvariantCulture, $"counted at activation in {activation.TotalSeconds:0.0} s"),
        };
    }

    private static string Milliseconds(ContestAnswers answers, double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{answers.Times.Percentile(share).TotalMilliseconds:0.00} ms");
}
