using System.Runtime.CompilerServices;
using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>New people for a campaign that has millions, beside an empty one measured just before; then a restart.</summary>
internal sealed class SizeScenario(string name, int millions) : Scenario
{
    private const int Million = 1_000_000;

    // The larger size goes on from the smaller.
    private static readonly ConditionalWeakTable<Target, Audience> Large = [];

    public override string Name => name;

    public override string Title => $"new leads, {millions} million in the campaign";

    public override int MaxRounds => 1;

    public override bool Suits(Target target) => target.IsEngine;

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        if (!Large.TryGetValue(context.Target, out var large))
        {
            large = await context.OpenAudienceAsync(token);
            Large.Add(context.Target, large);
        }

        await context.FillAsync(large, millions * Million, token);
        var fresh = await context.OpenAudienceAsync(token);
        var empty = await context.MeasureAsync(fresh, fresh.NewLeads(), context.Plan, token);
        var full = await context.MeasureAsync(large, large.NewLeads(), context.Plan, token);
        var restart = await context.Target.RestartAsync(token);
        var share = full.RequestsPerSecond / empty.RequestsPerSecond;
        return full with
        {
            Note = $"{share:P0} of the rate into an empty campaign; restart {restart.TotalSeconds:0.0} s",
            Fault = full.Fault ?? empty.Fault,
        };
    }
}
