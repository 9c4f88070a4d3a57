using System.Globalization;
using LeadEngine.Benchmarks.Reports;
using LeadEngine.Benchmarks.Scenarios;
using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks;

/// <summary>
/// Runs the cases in turn, round after round, so that whatever else the machine does meets all of them. One that fails keeps no other from
/// running: its target is started anew.
/// </summary>
internal sealed class BenchmarkRun(BenchmarkOptions options, TargetCatalog targets)
{
    private readonly HashSet<string> suspects = [];

    public async Task RunAsync(IReadOnlyList<CaseResults> cases, CancellationToken token)
    {
        for (var round = 1; round <= options.Rounds; round++)
        {
            var left = options.Rounds - round;
            foreach (var one in cases.Where(one => left < one.Scenario.MaxRounds)) await RunAsync(one, round, token);
        }
    }

    private async Task RunAsync(CaseResults one, int round, CancellationToken token)
    {
        try
        {
            var measurement = await MeasureAsync(one, token);
            one.Rounds.Add(round, measurement);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: {one.Case} {measurement.RequestsPerSecond:#,0}/s {measurement.Fault}"));
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            suspects.Add(one.Target);
            one.Failures.Add($"round {round} failed: {failure.ToLine()}");
            await Console.Error.WriteLineAsync($"round {round}: {one.Case} {failure}");
        }
    }

    private async Task<Measurement> MeasureAsync(CaseResults one, CancellationToken token) => one.Scenario switch
    {
        TargetScenario scenario => await scenario.RunAsync(await ContextOf(one.Target, token), token),
        EngineScenario scenario => await scenario.RunAsync(options, token),
        _ => throw new ArgumentException($"{one.Case} cannot be run.", nameof(one)),
    };

    private async Task<ScenarioContext> ContextOf(string name, CancellationToken token)
    {
        var target = await targets.GetAsync(name, token);
        if (suspects.Contains(name)) await target.RestartAsync(token);
        suspects.Remove(name);
        var context = new ScenarioContext(target, targets, options);
        if (!target.IsWarm) await context.WarmUpAsync(token);
        return context;
    }
}
