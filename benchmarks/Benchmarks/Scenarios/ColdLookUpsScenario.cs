using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>People are looked up whom the server, freshly started and warmed on others, has not met.</summary>
internal sealed class ColdLookUpsScenario : FilledScenario
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public override string Name => "cold";

    public override string Title => "look-ups, cold";

    protected override async Task<Measurement> RunAsync(ScenarioContext context, Audience audience, CancellationToken token)
    {
        await context.Target.RestartAsync(token);
        var warmUp = context.Plan with { WarmUp = TimeSpan.Zero, Duration = WarmUp };
        await context.LoadAsync(audience, audience.LookUps(HotPeople), warmUp, token);
        // Nobody is asked for twice: a slow peer has few people, and may remember them from then on.
        var plan = context.Plan with { WarmUp = TimeSpan.Zero, MaxRequests = audience.Count - HotPeople };
        return await context.MeasureAsync(audience, audience.LookUpsInTurn(HotPeople), plan, token);
    }
}
