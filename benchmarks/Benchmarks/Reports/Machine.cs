using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace LeadEngine.Benchmarks.Reports;

/// <summary>Where, when and how the figures were measured.</summary>
internal static class Machine
{
    private const int ShortCommit = 10;

    public static IEnumerable<string> Describe(BenchmarkOptions options, string? postgresVersion) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"- {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {Commit()}"),
        $"- {Environment.ProcessorCount} cores of {Processor()}, {Memory()} GiB of memory, {RuntimeInformation.OSDescription}",
        $"- databases on {FileSystem(Path.GetTempPath())}; load generator, servers and databases share the machine",
        $"- {RuntimeInformation.FrameworkDescription}, PostgreSQL {postgresVersion ?? "not used"}",
        Runs(options),
    ];

    private static string Runs(BenchmarkOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"- {options.Rounds} rounds of {options.Measured.TotalSeconds:0.#} s after {options.WarmUp.TotalSeconds:0.#} s of warm-up, the cases in turn;")
        + $" {options.Connections} connections";

    private static string Commit() =>
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is
            [_, { Length: > ShortCommit } commit]
            ? commit[..ShortCommit]
            : "unknown";

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").Select(line => line.Split(':')).FirstOrDefault(line => line[0].Trim() == "model name")?[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static long Memory() => (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes + (1 << 29)) >> 30;

    private static string FileSystem(string folder) => DriveInfo.GetDrives()
        .Where(drive => folder.StartsWith(drive.Name, StringComparison.Ordinal)).MaxBy(drive => drive.Name.Length)!.DriveFormat;
}
