using System.Runtime.CompilerServices;
using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>
/// New people for a campaign that has millions, in turn with the same into a store of its own that has next to none; then a restart.
/// </summary>
internal sealed class SizeScenario(string name, int millions) : TargetScenario
{
    private const int Million = 1_000_000;
    private const int Pairs = 3;

    // The larger size goes on from the smaller, and that from a burst.
    private static readonly ConditionalWeakTable<Target, Audience> Large = [];

    public override string Name => name;

    public override string Title => $"new leads, {millions} million in the campaign";

    public override int MaxRounds => 1;

    public override string? WhyNot(Target target) => target.TakesMillions ? null : NoMillions;

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        if (!Large.TryGetValue(context.Target, out var large))
        {
            large = await context.OpenAudienceAsync(token);
            Large.Add(context.Target, large);
        }

        await context.FillAsync(large, millions * Million, token);
        var (empty, full) = await MeasureBothAsync(context, large, token);
        var restart = await context.Target.RestartAsync(token);
        var share = empty.Zip(full, (before, after) => after.RequestsPerSecond / before.RequestsPerSecond).Order().ElementAt(Pairs / 2);
        return full.OrderBy(one => one.RequestsPerSecond).ElementAt(Pairs / 2) with
        {
            Note = $"{share:P0} of the rate into an empty store; restart {restart.TotalSeconds:0.0} s",
            Fault = empty.Concat(full).Select(one => one.Fault).FirstOrDefault(fault => fault is not null),
        };
    }

    /// <summary>Tells which campaign has many already.</summary>
    public static void GoOnFrom(Target target, Audience audience) => Large.AddOrUpdate(target, audience);

    private static async Task<(List<Measurement> Empty, List<Measurement> Full)> MeasureBothAsync(
        ScenarioContext context, Audience large, CancellationToken token)
    {
        await using var twin = await context.StartTwinAsync(token);
        var beside = context.For(twin);
        List<Measurement> empty = [], full = [];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var fresh = await beside.OpenAudienceAsync(token);
            empty.Add(await beside.MeasureAsync(fresh, fresh.NewLeads(), context.Plan, token));
            full.Add(await context.MeasureAsync(large, large.NewLeads(), context.Plan, token));
        }

        return (empty, full);
    }
}
