using System.Globalization;
using System.Text;

namespace LeadEngine.Simulation.Engine;

/// <summary>What happened, in order, as a reader would want to be told. Written as text only when somebody asks.</summary>
internal sealed class History(TimeProvider clock)
{
    private readonly List<(long Time, FormattableString What)> _events = [];
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);

    /// <summary>How many faults of a kind there were.</summary>
    public IReadOnlyDictionary<string, int> Faults => _faults;

    public void Add(FormattableString what) => _events.Add((clock.GetTimestamp(), what));

    public void Add(string fault, FormattableString what)
    {
        _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        Add(what);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (time, what) in _events)
        {
            text.Append(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(time).TotalMilliseconds,12:F3}  ").AppendLine(FormattableString.Invariant(what));
        }

        return text.ToString();
    }
}
