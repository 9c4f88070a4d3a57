using System.Text.RegularExpressions;

namespace LeadEngine.ApiHost.Tests.Deployment;

/// <summary>Reads as much of YAML as docker-compose.yml uses: blocks by indentation, and what they take over from named ones.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<string, string[]> _named = [];

    public ComposeFile(string[] lines)
    {
        lines = [.. lines.Where(line => !line.TrimStart().StartsWith('#') && line.Length > 0)];
        for (var i = 0; i < lines.Length; i++)
        {
            if (NameOfBlock().Match(lines[i]) is { Success: true } block) _named.Add(block.Groups[1].Value, Below(lines, i));
        }

        var services = Below(lines, Array.IndexOf(lines, "services:"));
        for (var i = 0; i < services.Length; i++)
        {
            if (NameOfService().Match(services[i]) is { Success: true } name) Services.Add(name.Groups[1].Value, Complete(Below(services, i)));
        }
    }

    /// <summary>The lines of each service, with those that it takes over.</summary>
    public Dictionary<string, string[]> Services { get; } = [];

    private static string[] Below(string[] lines, int at) => [.. lines.Skip(at + 1).TakeWhile(line => Indent(line) > Indent(lines[at]))];

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private string[] Complete(string[] lines) =>
        [.. lines.SelectMany(line => TakenOver().Match(line) is { Success: true } name ? Complete(_named[name.Groups[1].Value]) : [line])];

    [GeneratedRegex(@"^x-\w+: &(\w+)$")]
    private static partial Regex NameOfBlock();

    [GeneratedRegex(@"^  ([\w-]+):$")]
    private static partial Regex NameOfService();

    [GeneratedRegex(@"^\s+<<: \*(\w+)$")]
    private static partial Regex TakenOver();
}
