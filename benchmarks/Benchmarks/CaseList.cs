using LeadEngine.Benchmarks.Reports;
using LeadEngine.Benchmarks.Scenarios;
using LeadEngine.Benchmarks.Targets;
using LeadEngine.TestSupport;

namespace LeadEngine.Benchmarks;

/// <summary>The wanted cases, on targets that have been started, and those that must be left out.</summary>
internal sealed class CaseList
{
    private const string LongOrUnwanted = "by --without; --full does so with what takes long";

    private readonly List<CaseResults> ready = [];
    private readonly List<(string Case, string Why)> leftOut = [];
    private readonly Dictionary<string, string> broken = [];
    private readonly Dictionary<string, string> absent = [];

    private CaseList()
    {
        foreach (var name in TargetNames.OnOrleans) Miss(name, Programs.WhyOrleansIsAbsent);
        foreach (var name in TargetNames.OnPostgres) Miss(name, PostgresServer.WhyAbsent);
    }

    public IReadOnlyList<CaseResults> Ready => ready;

    public IReadOnlyList<(string Case, string Why)> LeftOut => leftOut;

    /// <summary>Targets that did not start, and why.</summary>
    public IReadOnlyDictionary<string, string> Broken => broken;

    public static async Task<CaseList> PrepareAsync(BenchmarkOptions options, TargetCatalog targets, CancellationToken token)
    {
        var cases = new CaseList();
        foreach (var why in cases.absent.Values.Distinct()) await Console.Error.WriteLineAsync(why);
        foreach (var scenario in ScenarioCatalog.All)
        {
            foreach (var name in scenario is TargetScenario ? TargetNames.All : [TargetNames.None])
            {
                var one = new CaseResults(scenario, name, "this process");
                if (!options.Wants(scenario.Name, name, scenario.IsDefault)) continue;
                if (options.LeavesOut(scenario.Name, name)) cases.leftOut.Add((one.Case, LongOrUnwanted));
                else if (scenario is TargetScenario asks) await cases.PrepareAsync(one, asks, targets, token);
                else cases.ready.Add(one);
            }
        }

        return cases;
    }

    private async Task PrepareAsync(CaseResults one, TargetScenario scenario, TargetCatalog targets, CancellationToken token)
    {
        if (absent.TryGetValue(one.Target, out var why))
        {
            leftOut.Add((one.Case, why));
        }
        else if (await StartAsync(one.Target, targets, token) is not { } target)
        {
            leftOut.Add((one.Case, "its target did not start"));
        }
        else if (scenario.WhyNot(target) is { } unsuited)
        {
            leftOut.Add((one.Case, $"the target {unsuited}"));
        }
        else
        {
            ready.Add(one with { Title = target.Title });
        }
    }

    // One that does not start is not tried again, and keeps nobody else from being measured.
    private async Task<Target?> StartAsync(string name, TargetCatalog targets, CancellationToken token)
    {
        if (broken.ContainsKey(name)) return null;
        try
        {
            return await targets.GetAsync(name, token);
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"{name}: {failure}");
            broken.Add(name, failure.ToLine());
            return null;
        }
    }

    private void Miss(string name, string? why)
    {
        if (why is not null) absent[name] = why;
    }
}
