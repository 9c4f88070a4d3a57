using System.Diagnostics.Metrics;

namespace LeadEngine.Grains.Telemetry;

/// <summary>What the grains tell of leads: counted by unit and by write, never lead by lead.</summary>
internal sealed class LeadMetrics(Meter meter)
{
    private static readonly InstrumentAdvice<long> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000],
    };

    private readonly Counter<long> _created = meter.CreateCounter<long>("leadengine.leads.created", "{lead}", "New leads.");

    private readonly Counter<long> _updated = meter.CreateCounter<long>("leadengine.leads.updated", "{request}", "Upserts that changed a lead.");

    private readonly Histogram<long> _unitSize = meter.CreateHistogram(
        "leadengine.campaign.unit.size", "{request}", "How many new leads and scored changes a campaign sent together.", advice: Sizes);

    private readonly Counter<long> _fenced = meter.CreateCounter<long>(
        "leadengine.campaign.fenced", "{unit}", "Units and changes of status that were refused because another activation has the campaign.");

    public bool AreCreatedCounted => _created.Enabled;

    public void Created(long leads) => _created.Add(leads);

    public void Updated(int upserts) => _updated.Add(upserts);

    public void UnitSent(int size) => _unitSize.Record(size);

    public void Fenced() => _fenced.Add(1);
}
