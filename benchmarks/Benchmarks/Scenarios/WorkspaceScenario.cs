using System.Runtime.CompilerServices;
using LeadEngine.Benchmarks.Load;
using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>SendKit's bulk calls, timed one by one: they are few and large, so no load generator is needed.</summary>
internal abstract class WorkspaceScenario : TargetScenario
{
    protected const int Million = 1_000_000;

    // One import of a million people serves all that need so many.
    private static readonly ConditionalWeakTable<Target, Workspace> Large = [];

    public sealed override int MaxRounds => 1;

    public sealed override string? WhyNot(Target target) => target.TakesMillions ? null : NoMillions;

    /// <summary>A workspace with a million people.</summary>
    protected static async Task<Workspace> OpenLargeAsync(Target target, CancellationToken token)
    {
        if (Large.TryGetValue(target, out var large)) return large;
        large = await target.OpenWorkspaceAsync(token);
        while (large.Count < Million) await large.SendAsync(HttpMethod.Post, "/v1/leads/bulk", large.NextPage(), token);
        Large.Add(target, large);
        return large;
    }

    /// <summary>Makes calls, and tells what they cost.</summary>
    /// <param name="context">Whom they go to.</param>
    /// <param name="calls">How many.</param>
    /// <param name="atOnce">How many are under way together.</param>
    /// <param name="unitsPerCall">What the rate counts.</param>
    /// <param name="call">Makes a call; told which.</param>
    /// <param name="token">Ends it.</param>
    protected static async Task<Measurement> MeasureAsync(
        ScenarioContext context, int calls, int atOnce, int unitsPerCall, Func<int, CancellationToken, Task> call, CancellationToken token)
    {
        await context.Target.SettleAsync(token);
        var latency = new LatencyHistogram();
        var (clock, before) = (TimeProvider.System, context.CpuUsedSoFar());
        var start = clock.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = token };
        await Parallel.ForAsync(0, calls, options, async (index, stop) =>
        {
            var sent = clock.GetTimestamp();
            await call(index, stop);
            lock (latency) latency.Add(clock.GetElapsedTime(sent));
        });
        var units = (long)calls * unitsPerCall;
        return new Measurement
        {
            RequestsPerSecond = units / clock.GetElapsedTime(start).TotalSeconds,
            Median = latency.Percentile(0.5),
            Percentile99 = latency.Percentile(0.99),
            CpuPerRequest = (context.CpuUsedSoFar() - before) / units,
            Failures = new Dictionary<int, long>(),
        };
    }
}

/// <summary>New leads into a campaign, 5,000 a request: one request after the other, then four at once.</summary>
internal sealed class BulkScenario : WorkspaceScenario
{
    private const int WarmUp = 20;
    private const int Alone = 20;
    private const int Together = 60;

    public override string Name => "bulk";

    public override string Title => "leads by 5,000 a request, 4 at once";

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        using var workspace = await context.Target.OpenWorkspaceAsync(token);
        var leads = await workspace.OpenCampaignAsync(token);
        await SendPages(WarmUp, atOnce: 4);
        var alone = await SendPages(Alone, atOnce: 1);
        var together = await SendPages(Together, atOnce: 4);
        return together with { Note = $"alone {alone.Median.TotalMilliseconds:0} ms a request (p99 {alone.Percentile99.TotalMilliseconds:0} ms)" };

        Task<Measurement> SendPages(int count, int atOnce)
        {
            byte[][] pages = [.. Enumerable.Range(0, count).Select(_ => workspace.NextPage())];
            return MeasureAsync(
                context,
                count,
                atOnce,
                Workspace.PageSize,
                async (index, stop) =>
                {
                    var answer = await workspace.SendAsync(HttpMethod.Post, leads, pages[index], stop);
                    var added = answer.GetProperty("added").GetInt32();
                    if (added != Workspace.PageSize) throw new InvalidOperationException($"{added} of {Workspace.PageSize} leads were added.");
                },
                token);
        }
    }
}

/// <summary>All of a million people into a campaign, by one request.</summary>
internal sealed class SelectAllScenario : WorkspaceScenario
{
    public override string Name => "selectall";

    public override string Title => "1 million leads by selectAll";

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        var workspace = await OpenLargeAsync(context.Target, token);
        var leads = await workspace.OpenCampaignAsync(token);
        var before = context.Target.ResidentBytes();
        var measurement = await MeasureAsync(
            context,
            calls: 1,
            atOnce: 1,
            workspace.Count,
            async (_, stop) =>
            {
                var answer = await workspace.SendAsync(HttpMethod.Post, leads, """{"selectAll":true}"""u8.ToArray(), stop);
                var added = answer.GetProperty("added").GetInt32();
                if (added != workspace.Count) throw new InvalidOperationException($"{added} of {workspace.Count} leads were added.");
            },
            token);
        var grown = context.Target.PeakResidentBytes() - before;
        return measurement with { Note = $"{measurement.Median.TotalSeconds:0} s; memory grew by {Math.Max(0, grown) / Million} MB at most" };
    }
}

/// <summary>Searches by text and tag over a million people, one after the other.</summary>
internal sealed class SearchScenario : WorkspaceScenario
{
    private const int Searches = 2_000;

    public override string Name => "search";

    public override string Title => "search by text and tag, 1 million people";

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        var workspace = await OpenLargeAsync(context.Target, token);
        await AskAsync(100);
        return await AskAsync(Searches);

        Task<Measurement> AskAsync(int count) => MeasureAsync(
            context, count, atOnce: 1, unitsPerCall: 1, (index, stop) => workspace.SendAsync(HttpMethod.Get, QueryOf(index), null, stop), token);
    }

    // A rare word, a word of one in ten, the beginning of a word, each alone and with a tag; a tag alone; a whole address.
    private static string QueryOf(int index)
    {
        var tag = $"tags=cohort-{index % 100}";
        return "/v1/leads?" + (index % 8) switch
        {
            0 => $"search=Family{index * 37 % 20_000}",
            1 => $"search=Family{index * 37 % 20_000}&{tag}",
            2 => $"search=grace&{tag}",
            3 => "search=grace",
            4 => $"search=fam&{tag}",
            5 => tag,
            6 => $"search=p{index * 4_999 % Million:D8}",
            _ => $"search=gl+ed&{tag}",
        };
    }
}
