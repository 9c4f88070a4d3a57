using System.Globalization;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>Processor time of a process and of the processes it started, as Linux counts it.</summary>
internal static class CpuTime
{
    private const int TicksPerSecond = 100;
    private const int Parent = 1;
    private const int FirstTime = 11;
    private const int OwnTimes = 2;
    private const int TimesWithReapedChildren = 4;

    public static TimeSpan Of(int process)
    {
        var times = ReadStat($"/proc/{process}/stat") is { } stat ? Sum(stat, TimesWithReapedChildren) : 0;
        return TimeSpan.FromSeconds((double)times / TicksPerSecond);
    }

    public static TimeSpan OfTree(int process)
    {
        var parent = process.ToString(CultureInfo.InvariantCulture);
        var children = Directory.EnumerateDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(folder => ReadStat($"{folder}/stat"))
            .Where(stat => stat?[Parent] == parent)
            .Sum(stat => Sum(stat!, OwnTimes));
        return Of(process) + TimeSpan.FromSeconds((double)children / TicksPerSecond);
    }

    private static long Sum(string[] stat, int count) =>
        stat.AsSpan(FirstTime, count).ToArray().Sum(field => long.Parse(field, CultureInfo.InvariantCulture));

    /// <summary>The fields behind the name, which may hold spaces itself; null once the process has ended.</summary>
    private static string[]? ReadStat(string path)
    {
        try
        {
            var line = File.ReadAllText(path);
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
