using System.Globalization;
using LeadEngine.Benchmarks.Reports;
using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>Runs with a webhook and without, in turn, and how they compare.</summary>
internal sealed class ToldRuns
{
    private readonly List<ToldRun> runs = [];

    public string? Fault => runs.Select(run => run.Measured.Fault).FirstOrDefault(fault => fault is not null);

    public void Add(ToldRun run) => runs.Add(run);

    /// <summary>The run in the middle among those with such a receiver.</summary>
    public Measurement Middle(ReceiverConduct kind) =>
        Of(kind).Select(run => run.Measured).OrderBy(run => run.RequestsPerSecond).ElementAt(Of(kind).Count() / 2);

    /// <summary>The median over the turns of the rate as a share of that without a webhook in the same turn.</summary>
    public double Share(ReceiverConduct kind) => Compare(kind, (told, untold) => told.RequestsPerSecond / untold.RequestsPerSecond);

    public string Tell() => string.Join("; ", (string[])[TellDead(), TellRows(), TellListening(), TellPending()]);

    private string TellDead() => string.Create(
        CultureInfo.InvariantCulture,
        $"of the rate without a webhook {Share(ReceiverConduct.Refuses):P0} if refused, {Share(ReceiverConduct.Babbles):P0} if answered 500");

    private string TellRows() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Share(ReceiverConduct.IsSilent):P0} if never answered, which is event rows alone: ") + string.Create(
        CultureInfo.InvariantCulture,
        $"{More(use => use.Server):+0.0;-0.0} µs in the server, {More(use => use.Database):+0.0;-0.0} in the database");

    private string TellListening()
    {
        var last = Of(ReceiverConduct.Listens).Last();
        var share = (double)last.Delivered / Math.Max(1, last.Events);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Share(ReceiverConduct.Listens):P0} if answered 200, with {share:P0} told by the end");
    }

    private string TellPending() =>
        string.Create(CultureInfo.InvariantCulture, $"up to {runs.Max(run => run.Events - run.Delivered):#,0} deliveries pending");

    // What a sign-up costs more where its event is written and nothing else comes of it.
    private double More(Func<CpuUse, TimeSpan> part) => Compare(
        ReceiverConduct.IsSilent, (told, untold) => (part(told.CpuPerRequest) - part(untold.CpuPerRequest)).TotalMicroseconds);

    private double Compare(ReceiverConduct kind, Func<Measurement, Measurement, double> compare) =>
        Of(kind).Zip(Of(null), (told, untold) => compare(told.Measured, untold.Measured)).Median();

    private IEnumerable<ToldRun> Of(ReceiverConduct? kind) => runs.Where(run => run.Kind == kind);
}

/// <summary>A run of which somebody was told, or nobody.</summary>
/// <param name="Kind">How the receiver is; null where there is none.</param>
/// <param name="Measured">What came of it.</param>
/// <param name="Events">How many were to be told.</param>
/// <param name="Delivered">How many of them were told when the load had ended.</param>
internal sealed record ToldRun(ReceiverConduct? Kind, Measurement Measured, long Events, long Delivered);
