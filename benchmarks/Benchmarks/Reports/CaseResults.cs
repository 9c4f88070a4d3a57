using LeadEngine.Benchmarks.Scenarios;
using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Reports;

/// <summary>The runs of one scenario on one target, by round; the target is empty where the scenario needs none.</summary>
internal sealed record CaseResults(Scenario Scenario, string Target, string Title)
{
    public SortedDictionary<int, Measurement> Rounds { get; } = [];

    /// <summary>Rounds that came to nothing, and why.</summary>
    public List<string> Failures { get; } = [];

    public string Case => Target == TargetNames.None ? Scenario.Name : $"{Scenario.Name}@{Target}";

    /// <summary>All that is wrong with it.</summary>
    public IEnumerable<string> Wrongs => [.. Failures, .. Rounds.Values.Select(run => run.Fault).OfType<string>()];

    public bool Is(string scenario, string target) => Scenario.Name == scenario && Target == target;

    public double Median(Func<Measurement, double> figure) => Rounds.Values.Select(figure).Median();

    /// <summary>
    /// The median over the rounds of this case's rate as a multiple of the other's in the same round; null where there is nothing to compare.
    /// </summary>
    public double? RatioTo(CaseResults? other)
    {
        if (other is null || Scenario is not TargetScenario) return null;
        var ratios = Rounds.Where(round => other.Rounds.ContainsKey(round.Key))
            .Select(round => round.Value.RequestsPerSecond / other.Rounds[round.Key].RequestsPerSecond).ToArray();
        return ratios.Length == 0 ? null : ratios.Median();
    }
}

internal static class Figures
{
    public static double Median(this IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
