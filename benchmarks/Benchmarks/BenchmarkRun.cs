using System.Globalization;
using LeadEngine.Benchmarks.Reports;
using LeadEngine.Benchmarks.Scenarios;
using LeadEngine.Benchmarks.Targets;
using LeadEngine.TestSupport;

namespace LeadEngine.Benchmarks;

/// <summary>Runs the wanted cases in turn, round after round, so that whatever else the machine does meets all of them.</summary>
internal sealed class BenchmarkRun(BenchmarkOptions options, TargetCatalog targets)
{
    public async Task<IReadOnlyList<CaseResults>> RunAsync(CancellationToken token)
    {
        var cases = await PrepareAsync(token);
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var one in cases.Where(one => round <= one.Scenario.MaxRounds)) await RunAsync(one, round, token);
        }

        return cases;
    }

    private async Task<List<CaseResults>> PrepareAsync(CancellationToken token)
    {
        var cases = new List<CaseResults>();
        var available = await FindAvailableAsync();
        foreach (var scenario in ScenarioCatalog.All)
        {
            foreach (var name in available.Where(name => options.Wants(scenario.Name, name, scenario.IsDefault)))
            {
                var target = await targets.GetAsync(name, token);
                if (scenario.Suits(target)) cases.Add(new(scenario, name, target.Title));
            }
        }

        return cases;
    }

    private static async Task<string[]> FindAvailableAsync()
    {
        IEnumerable<string> available = TargetNames.All;
        if (PostgresServer.WhyAbsent is { } noServer)
        {
            await Console.Error.WriteLineAsync(noServer);
            available = available.Except(TargetNames.OnPostgres);
        }

        if (Programs.WhyOrleansIsAbsent is { } notBuilt)
        {
            await Console.Error.WriteLineAsync(notBuilt);
            available = available.Except(TargetNames.OnOrleans);
        }

        return [.. available];
    }

    private async Task<ScenarioContext> ContextOf(string name, CancellationToken token) =>
        new(await targets.GetAsync(name, token), targets, options);

    private async Task RunAsync(CaseResults one, int round, CancellationToken token)
    {
        var context = await ContextOf(one.Target, token);
        if (!context.Target.IsWarm) await context.WarmUpAsync(token);
        var measurement = await one.Scenario.RunAsync(context, token);
        one.Rounds.Add(round, measurement);
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"round {round}: {one.Scenario.Name}@{one.Target} {measurement.RequestsPerSecond:#,0}/s {measurement.Fault}"));
    }
}
