using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>What has gone over connections of this machine to itself, as the kernel counts it and <c>ss</c> tells it.</summary>
internal static partial class Wire
{
    /// <summary>
    /// Bytes that were sent and acknowledged, both ways, over the open connections to these ports; null without <c>ss</c>. Both ends of
    /// a connection are here, and each counts what it sent.
    /// </summary>
    public static long? SentBytes(IReadOnlyList<int> ports)
    {
        var filter = string.Join(" or ", ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"sport = :{port} or dport = :{port}")));
        var start = new ProcessStartInfo("ss", ["-tinHO", "state", "established", $"( {filter} )"]) { RedirectStandardOutput = true };
        try
        {
            using var ss = Process.Start(start)!;
            var lines = ss.StandardOutput.ReadToEnd();
            ss.WaitForExit();
            return Acknowledged.Matches(lines).Sum(match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"bytes_acked:(\d+)")]
    private static partial Regex Acknowledged { get; }
}
