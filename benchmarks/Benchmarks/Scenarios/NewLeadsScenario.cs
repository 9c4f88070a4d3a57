using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>A burst of new people into fresh campaigns.</summary>
internal sealed class NewLeadsScenario(string name, string title, int campaigns) : TargetScenario
{
    public override string Name => name;

    public override string Title => title;

    public override bool IsDefault => campaigns == 1;

    public override string? WhyNot(Target target) => campaigns == 1 ? null : base.WhyNot(target);

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        var audience = await context.OpenAudienceAsync(token, campaigns);
        return await context.MeasureAsync(audience, audience.NewLeads(), context.Plan, token);
    }
}
