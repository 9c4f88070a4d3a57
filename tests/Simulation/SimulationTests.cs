using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace LeadEngine.Simulation;

/// <summary>
/// Thousands of histories of the whole engine, each drawn from a seed. <c>SIMULATION_SEEDS</c> says how many, <c>SIMULATION_SEED</c> plays
/// a single one.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int DefaultSeeds = 10_000;
    private const int MostFailures = 5;

    [Fact]
    public void Run_ManySeeds_KeepsThePromises()
    {
        var single = Setting("SIMULATION_SEED");
        var failures = Seeds.Run(single ?? 1, single is null ? Setting("SIMULATION_SEEDS") ?? DefaultSeeds : 1, MostFailures, out var tally);

        output.WriteLine($"{tally}");
        if (failures.Count == 0) return;
        output.WriteLine($"{failures[0].History}");
        Assert.Fail(Tell(failures));
    }

    [Fact]
    public void Run_SameSeed_TellsTheSameHistory()
    {
        for (var seed = 1; seed <= 100; seed++) Assert.Equal(Simulation.Run(seed).History.ToString(), Simulation.Run(seed).History.ToString());
    }

    [Fact]
    public void Run_OtherSeeds_TellOtherHistories() =>
        Assert.Equal(100, Enumerable.Range(1, 100).Select(seed => Simulation.Run(seed).History.ToString()).Distinct().Count());

    private static string Tell(List<Simulation.Outcome> failures)
    {
        var text = new StringBuilder();
        foreach (var failure in failures) text.AppendLine(CultureInfo.InvariantCulture, $"Seed {failure.Seed}: {failure.Failure!.Message}");
        return text.AppendLine(CultureInfo.InvariantCulture, $"Read the history with: dotnet run --project tests/Simulation -- {failures[0].Seed}").ToString();
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
