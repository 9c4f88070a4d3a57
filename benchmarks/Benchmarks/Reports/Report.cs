namespace LeadEngine.Benchmarks.Reports;

/// <summary>Prints the table, and keeps it where the whole benchmark was run.</summary>
internal static class Report
{
    private const string Title = "# Latest results\n\n";

    /// <summary>The exit code: 1 where a target held other leads than it acknowledged.</summary>
    public static async Task<int> WriteAsync(IReadOnlyList<CaseResults> results, BenchmarkOptions options, string? postgresVersion)
    {
        string[] lines = [.. Machine.Describe(options, postgresVersion), "", .. ResultTable.Lines(results)];
        var text = string.Join('\n', lines) + '\n';
        await Console.Out.WriteAsync(text);
        if (options.Only.Length == 0) await File.WriteAllTextAsync(Path.Combine(ResultsFolder(), "latest.md"), Title + text);
        return results.Any(result => result.Rounds.Values.Any(run => run.Fault is not null)) ? 1 : 0;
    }

    private static string ResultsFolder() =>
        Directory.CreateDirectory(Path.Combine(Repository.Folder, "benchmarks", "results")).FullName;
}
