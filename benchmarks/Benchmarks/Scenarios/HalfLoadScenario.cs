using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>New people at half the rate that the target has just been seen to take, on a fixed schedule.</summary>
internal sealed class HalfLoadScenario : TargetScenario
{
    public override string Name => "half";

    public override string Title => "new leads at half load";

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        var audience = await context.OpenAudienceAsync(token);
        var full = await context.LoadAsync(audience, audience.NewLeads(), context.Plan, token);
        var plan = context.Plan with { Rate = full.RequestsPerSecond / 2 };
        return await context.MeasureAsync(audience, audience.NewLeads(), plan, token);
    }
}
