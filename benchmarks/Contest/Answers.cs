using System.Globalization;

namespace LeadEngine.Contest;

/// <summary>How long each answer took: a rank and a leaderboard, and the turn before them.</summary>
internal sealed record Answers
{
    private readonly List<TimeSpan> _times = [];

    public double LeadsPerSecond { get; init; }

    public void Add(TimeSpan time) => _times.Add(time);

    public override string ToString()
    {
        _times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{LeadsPerSecond:N0} leads/s, {_times.Count:N0} answers, median {Share(0.5):N3} ms, p99 {Share(0.99):N3} ms, longest {Share(1):N3} ms");
    }

    private double Share(double share) => _times[(int)Math.Ceiling(share * (_times.Count - 1))].TotalMilliseconds;
}
