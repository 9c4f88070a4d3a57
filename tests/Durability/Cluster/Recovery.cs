using System.Globalization;

namespace LeadEngine.Durability.Cluster;

/// <summary>How long a fault was felt.</summary>
/// <param name="Silence">The longest time in which nobody was served.</param>
/// <param name="Back">From the fault, or from the beginning of its repair, until every client was served again.</param>
/// <param name="Slowest">The longest that one request took.</param>
/// <param name="Others">The answers that did not serve, by status.</param>
internal sealed record Recovery(TimeSpan Silence, TimeSpan Back, TimeSpan Slowest, string Others)
{
    public static Recovery Of(SteadyLoad load, long fault, long repair)
    {
        var answers = load.Answers.Where(answer => answer.Received > fault).ToArray();
        var others = answers.Where(answer => !answer.IsServed)
            .CountBy(answer => answer.Status is { } status ? $"{(int)status}" : "no answer")
            .OrderBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => $"{count.Value} x {count.Key}");
        return new(
            LongestSilence(fault, answers.Where(answer => answer.IsServed).Select(answer => answer.Received)),
            Elapsed(repair, load.FirstServed(repair).Max(answer => answer.Received)),
            answers.Max(answer => answer.Took),
            string.Join(", ", others));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"no answers for {Silence.TotalSeconds:0.0} s; all clients served again after {Back.TotalSeconds:0.0} s; slowest request {Slowest.TotalSeconds:0.0} s; other answers: {(Others.Length > 0 ? Others : "none")}");

    private static TimeSpan LongestSilence(long fault, IEnumerable<long> served)
    {
        var (longest, last) = (TimeSpan.Zero, fault);
        foreach (var moment in served.Order())
        {
            if (Elapsed(last, moment) is var silence && silence > longest) longest = silence;
            last = moment;
        }

        return longest;
    }

    private static TimeSpan Elapsed(long from, long to) => TimeProvider.System.GetElapsedTime(from, to);
}
