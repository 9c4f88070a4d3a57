using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace LeadEngine.TestSupport;

/// <summary>Listens to meters and remembers what they said.</summary>
public sealed class MeasurementLog : IDisposable
{
    private readonly ConcurrentQueue<Measured> _all = new();
    private readonly MeterListener _listener = new();

    /// <param name="isWanted">Which meters: other tests have some too, under the same names.</param>
    public MeasurementLog(Func<Meter, bool> isWanted)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (isWanted(instrument.Meter)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(Add);
        _listener.SetMeasurementEventCallback<long>(Add);
        _listener.SetMeasurementEventCallback<double>(Add);
        _listener.Start();
    }

    public IReadOnlyCollection<Measured> All => _all;

    public double[] ValuesOf(string name) => [.. Of(name).Select(measured => measured.Value)];

    public Measured[] Of(string name) => [.. _all.Where(measured => measured.Name == name)];

    /// <summary>Asks the observable instruments, as an exporter does from time to time.</summary>
    public void Collect() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        where T : struct, IConvertible =>
        _all.Enqueue(new(instrument.Name, value.ToDouble(null), [.. tags]));
}

/// <summary>One measurement.</summary>
public sealed record Measured(string Name, double Value, ImmutableArray<KeyValuePair<string, object?>> Tags)
{
    public object? Tag(string name) => Tags.FirstOrDefault(tag => tag.Key == name).Value;
}
