using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>70 % new people, 20 % updates, 10 % look-ups.</summary>
internal sealed class MixScenario : FilledScenario
{
    public override string Name => "mix";

    public override string Title => "mix 70/20/10";

    protected override Task<Measurement> RunAsync(ScenarioContext context, Audience audience, CancellationToken token) =>
        context.MeasureAsync(audience, audience.Mix(context.Plan.Connections), context.Plan, token);
}
