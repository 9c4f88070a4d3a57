using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>People who are in sign up again, drawn evenly from all.</summary>
internal sealed class UpdatesScenario : FilledScenario
{
    public override string Name => "updates";

    public override string Title => "updates";

    protected override Task<Measurement> RunAsync(ScenarioContext context, Audience audience, CancellationToken token) =>
        context.MeasureAsync(audience, audience.Updates(audience.Count), context.Plan, token);
}
