namespace LeadEngine.Benchmarks.Reports;

/// <summary>Prints the table, and keeps it where the whole benchmark was run.</summary>
internal static class Report
{
    private const string Title = "# Latest results\n\n";

    /// <summary>The exit code: 1 where a case failed, or a target held other leads than it acknowledged.</summary>
    public static async Task<int> WriteAsync(CaseList cases, BenchmarkOptions options, string? postgresVersion)
    {
        string[] wrongs =
        [
            .. cases.Broken.Select(broken => $"{broken.Key}: {broken.Value}"),
            .. cases.Ready.SelectMany(result => result.Wrongs.Select(wrong => $"{result.Case}: {wrong}")),
        ];
        string[] lines =
        [
            .. Machine.Describe(options, postgresVersion),
            "",
            .. ResultTable.Lines(cases.Ready),
            .. wrongs.SelectMany(wrong => (string[])["", $"**Wrong:** {wrong}"]),
            .. TellLeftOut(cases),
        ];
        var text = string.Join('\n', lines) + '\n';
        await Console.Out.WriteAsync(text);
        if (options.Only.Length == 0) await File.WriteAllTextAsync(Path.Combine(ResultsFolder(), "latest.md"), Title + text);
        return wrongs.Length == 0 ? 0 : 1;
    }

    private static IEnumerable<string> TellLeftOut(CaseList cases)
    {
        if (cases.LeftOut.Count == 0) yield break;
        yield return "";
        yield return "Left out:";
        yield return "";
        foreach (var alike in cases.LeftOut.ToLookup(one => one.Why, one => one.Case))
        {
            yield return $"- {string.Join(", ", alike)}: {alike.Key}";
        }
    }

    private static string ResultsFolder() =>
        Directory.CreateDirectory(Path.Combine(Repository.Folder, "benchmarks", "results")).FullName;
}
