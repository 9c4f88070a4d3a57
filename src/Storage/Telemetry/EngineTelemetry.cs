using System.Diagnostics;

namespace LeadEngine.Storage.Telemetry;

/// <summary>The engine's name in telemetry, and the spans of work that is done for several requests at once.</summary>
public static class EngineTelemetry
{
    /// <summary>The name of the engine's meter and of its activity source.</summary>
    public const string Name = "LeadEngine";

    // What OpenTelemetry keeps of a span's links.
    private const int MaxLinks = 128;
    private const string BatchSize = "leadengine.batch.size";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Whether anybody records traces.</summary>
    public static bool AreTracesWanted => Source.HasListeners();

    /// <summary>The call that is served now, if somebody records its trace.</summary>
    public static Activity? TracedCall => AreTracesWanted && Activity.Current is { Recorded: true } current ? current : null;

    /// <summary>
    /// Starts a span of work that serves all items: below the first of their calls that is traced, and linked to the others. The work
    /// leaves the trace of whichever call happened to begin it.
    /// </summary>
    /// <returns>Null when no call is traced.</returns>
    public static Activity? StartShared<TItem>(string name, ActivityKind kind, IReadOnlyCollection<TItem> items, Func<TItem, Activity?> callOf)
    {
        if (!AreTracesWanted) return null;
        Activity.Current = null;
        Activity? first = null;
        List<ActivityLink>? others = null;
        foreach (var item in items)
        {
            if (callOf(item) is not { } call) continue;
            if (first is null) first = call;
            else if ((others ??= []).Count < MaxLinks) others.Add(new(call.Context));
        }

        return first is null ? null : Source.StartActivity(name, kind, first.Context, tags: null, links: others)?.SetTag(BatchSize, items.Count);
    }
}
