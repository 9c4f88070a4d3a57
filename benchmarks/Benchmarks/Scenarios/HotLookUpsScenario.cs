using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>A few people are looked up again and again.</summary>
internal sealed class HotLookUpsScenario : FilledScenario
{
    public override string Name => "hot";

    public override string Title => "look-ups, hot";

    protected override Task<Measurement> RunAsync(ScenarioContext context, Audience audience, CancellationToken token) =>
        context.MeasureAsync(audience, audience.LookUps(HotPeople), context.Plan, token);
}
