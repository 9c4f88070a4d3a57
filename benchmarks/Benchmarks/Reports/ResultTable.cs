using System.Globalization;
using LeadEngine.Benchmarks.Scenarios;
using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Reports;

/// <summary>The results as one Markdown table.</summary>
internal static class ResultTable
{
    private const string Head = """
        | case | on | requests/s | min – max | × naive | × echo | p50 ms | p99 ms | CPU µs: server | database | generator | failed | |
        |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
        """;

    public static IEnumerable<string> Lines(IReadOnlyList<CaseResults> results)
    {
        var naive = results.FirstOrDefault(result => result.Is(ScenarioCatalog.Reference, TargetNames.Naive));
        var echo = results.FirstOrDefault(result => result.Is(ScenarioCatalog.Reference, TargetNames.Echo));
        yield return Head;
        foreach (var result in results) yield return result.Rounds.Count > 0 ? Row(result, naive, echo) : EmptyRow(result);
    }

    private static string EmptyRow(CaseResults result) => $"| {result.Scenario.Title} | {result.Title} | | | | | | | | | | | **failed** |";

    private static string Row(CaseResults result, CaseResults? naive, CaseResults? echo)
    {
        var rates = result.Rounds.Values.Select(run => run.RequestsPerSecond).ToArray();
        string[] cells =
        [
            result.Scenario.Title,
            result.Title,
            Rate(rates.Median()),
            $"{Rate(rates.Min())} – {Rate(rates.Max())}",
            Ratio(result.RatioTo(naive), "0.0"),
            Ratio(result.RatioTo(echo), "0.00"),
            Text(result.Median(run => run.Median.TotalMilliseconds), "0.00"),
            Text(result.Median(run => run.Percentile99.TotalMilliseconds), "0.00"),
            Text(result.Median(run => run.CpuPerRequest.Server.TotalMicroseconds), "0.0"),
            Text(result.Median(run => run.CpuPerRequest.Database.TotalMicroseconds), "0.0"),
            Text(result.Median(run => run.CpuPerRequest.Generator.TotalMicroseconds), "0.0"),
            Failures(result),
            NoteOn(result),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string NoteOn(CaseResults result)
    {
        var note = result.Rounds.Values.Select(run => run.Note).LastOrDefault(note => note is not null) ?? "";
        return result.Failures.Count == 0 ? note : $"**{result.Failures.Count} of its rounds failed** {note}";
    }

    private static string Failures(CaseResults result)
    {
        var byStatus = result.Rounds.Values.SelectMany(run => run.Failures)
            .GroupBy(failure => failure.Key, failure => failure.Value)
            .Select(status => $"{status.Sum()} × {(status.Key == 0 ? "no answer" : status.Key)}");
        return string.Join(", ", byStatus.DefaultIfEmpty("0"));
    }

    private static string Rate(double rate) => Text(rate, "#,0");

    private static string Ratio(double? ratio, string format) => ratio is { } value ? Text(value, format) : "";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
