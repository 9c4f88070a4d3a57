using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using LeadEngine.Fuzz.Api;
using LeadEngine.Fuzz.Requests;
using LeadEngine.Fuzz.Wire;

namespace LeadEngine.Fuzz;

/// <summary>What came of a run: what was wrong, and how much was put to the test.</summary>
internal sealed class Report(FuzzOptions options)
{
    private const int MaxToldOfAKind = 3;

    private readonly ConcurrentQueue<(string Kind, string Text)> _findings = new();
    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly ConcurrentDictionary<string, int> _mutations = new();
    private readonly ConcurrentDictionary<string, int> _reached = new();
    private readonly Lock _lock = new();
    private TimeSpan _slowest;
    private int _sent;

    /// <summary>What was wrong, some of each kind in full.</summary>
    public IReadOnlyList<string> Findings =>
        [.. _findings.GroupBy(finding => finding.Kind).SelectMany(kind => kind.Take(MaxToldOfAKind).Select(finding => finding.Text))];

    /// <summary>The memory that the engine held in the end, in bytes.</summary>
    public long Memory { get; set; }

    /// <summary>How many calls of webhooks, and of the text gateway, were answered with garbage.</summary>
    public int Deliveries { get; set; }

    public int Sent => _sent;

    public void Count(Draft draft, Outcome outcome)
    {
        Interlocked.Increment(ref _sent);
        foreach (var mutation in draft.Mutations) Count(_mutations, mutation);
        if (outcome.Answers.Count == 0) Count(_answers, "none, the request being broken");
        foreach (var answer in outcome.Answers) Count(_answers, $"{draft.Operation.Dialect} {answer.Status}");
        var isMeant = draft.Method == draft.Operation.Method && !draft.IsOddTarget;
        if (isMeant && outcome.Answers.Any(answer => answer.Status < 400)) Count(_reached, draft.Operation.ToString());
        lock (_lock) _slowest = outcome.Took > _slowest ? outcome.Took : _slowest;
    }

    public void Add(string finding) => _findings.Enqueue((finding, finding));

    public void Add(Draft draft, Outcome outcome, string what) => _findings.Enqueue((
        what,
        $"Seed {options.Seed}, request {draft.Number}: {what}\n{draft.Operation}, mutations: {string.Join(", ", draft.Mutations)}\n"
        + $"sent:\n{Printable.Of(DraftWriter.Write(draft).Bytes)}\nanswered:\n{string.Join("\n", outcome.Answers)}\n"
        + $"replay: dotnet run --project tests/Fuzz -c Release -- --seed {options.Seed} --store {options.Store} --only {draft.Number}\n"));

    /// <summary>Operations that no request got through to: what lies behind them was not tried.</summary>
    public IEnumerable<string> NeverReached(IEnumerable<ApiOperation> described) =>
        described.Select(operation => operation.ToString()).Where(operation => !_reached.ContainsKey(operation));

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings) text.AppendLine(finding);
        text.Append(CultureInfo.InvariantCulture, $"{_sent:N0} requests, slowest {_slowest.TotalMilliseconds:N0} ms, ");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Memory >> 20:N0} MiB, {_findings.Count} findings, {Deliveries} deliveries");
        Tell(text, "answers", _answers);
        Tell(text, "got through", _reached);
        Tell(text, "mutations", _mutations);
        return text.ToString();
    }

    private static void Count(ConcurrentDictionary<string, int> counts, string what) =>
        counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    private static void Tell(StringBuilder text, string title, ConcurrentDictionary<string, int> counts)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"{title}:");
        foreach (var (what, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{count,10:N0}  {what}");
        }
    }
}
