using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>New people, of an account and a campaign that have a limit each which nobody reaches: what it costs to count.</summary>
internal sealed class LimitedScenario : TargetScenario
{
    public override string Name => "limited";

    public override string Title => "new leads, under limits";

    public override string? WhyNot(Target target) => target.TakesMillions ? null : NoMillions;

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        var audience = await context.Target.OpenLimitedAudienceAsync(token);
        return await context.MeasureAsync(audience, audience.NewLeads(), context.Plan, token);
    }
}
