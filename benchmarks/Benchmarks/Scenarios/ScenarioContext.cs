using System.Diagnostics;
using System.Globalization;
using LeadEngine.Benchmarks.Load;
using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>What a scenario works with: one target, and the ways to put load on it.</summary>
internal sealed class ScenarioContext(Target target, TargetCatalog targets, BenchmarkOptions options)
{
    private static readonly TimeSpan FillLimit = TimeSpan.FromMinutes(10);

    // Until the just-in-time compiler has settled on what it will run. Where several processes share the load and the processors, each
    // takes as long as one alone.
    private static readonly TimeSpan WarmUpOfProcess = TimeSpan.FromSeconds(8);

    public Target Target => target;

    public LoadPlan Plan { get; } = new() { Connections = options.Connections, WarmUp = options.WarmUp, Duration = options.Measured };

    public ScenarioContext For(Target other) => new(other, targets, options);

    /// <summary>A server like the target, with an empty store of its own.</summary>
    public async Task<Target> StartTwinAsync(CancellationToken token)
    {
        var twin = await targets.StartTwinAsync(target.Name, token);
        await For(twin).WarmUpAsync(token);
        return twin;
    }

    public async Task WarmUpAsync(CancellationToken token)
    {
        await FillAsync(await OpenAudienceAsync(token), long.MaxValue, token, WarmUpOfProcess * target.ProcessCount);
        target.IsWarm = true;
    }

    public Task<Audience> OpenAudienceAsync(CancellationToken token, int campaigns = 1) => target.OpenAudienceAsync(campaigns, token);

    /// <summary>Sends new people in as fast as it goes, until there are so many or the time is over.</summary>
    public async Task FillAsync(Audience audience, long people, CancellationToken token, TimeSpan? atMost = null)
    {
        var plan = Plan with { WarmUp = TimeSpan.Zero, Duration = atMost ?? FillLimit, MaxRequests = people - audience.Count };
        await LoadAsync(audience, audience.NewLeads(), plan, token);
    }

    public async Task<LoadResult> LoadAsync(Audience audience, RequestSource source, LoadPlan plan, CancellationToken token)
    {
        using var generator = new LoadGenerator(target.Addresses, plan, source);
        var result = await generator.RunAsync(token);
        audience.Book(result);
        return result;
    }

    /// <summary>Puts the load on, measures, and has the target's leads counted.</summary>
    public async Task<Measurement> MeasureAsync(Audience audience, RequestSource source, LoadPlan plan, CancellationToken token)
    {
        await target.SettleAsync(token);
        CpuUse? before = null, after = null;
        long? wireBefore = null, wireAfter = null;
        using var generator = new LoadGenerator(target.Addresses, plan, source)
        {
            MeasureStarting = () => (before, wireBefore) = (CpuUsedSoFar(), target.WireBytes()),
            MeasureEnded = () => (after, wireAfter) = (CpuUsedSoFar(), target.WireBytes()),
        };
        var result = await generator.RunAsync(token);
        audience.Book(result);
        target.ThrowIfExited();
        return Measurement.Of(result, after! - before!) with
        {
            Note = NoteOn(wireAfter - wireBefore, result.Successes),
            Fault = target.KeepsLeads ? await audience.FindFaultAsync(target, token) : null,
        };
    }

    private static string? NoteOn(long? wireBytes, long requests) => wireBytes is { } bytes && requests > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / requests:#,0} bytes a request between hosts and silos")
        : null;

    public CpuUse CpuUsedSoFar() => new(target.ServerTime(), target.DatabaseTime(), Process.GetCurrentProcess().TotalProcessorTime);
}
