using System.Runtime.CompilerServices;
using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>About people who are in already: they are sent in once, and serve all such scenarios in all rounds.</summary>
internal abstract class FilledScenario : TargetScenario
{
    protected const int HotPeople = 100;
    private const int People = 300_000;

    // The peers get as many as they manage in this time: fewer people do them no harm.
    private static readonly TimeSpan FillTime = TimeSpan.FromSeconds(20);
    private static readonly ConditionalWeakTable<Target, Audience> Filled = [];

    public sealed override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        if (!Filled.TryGetValue(context.Target, out var audience))
        {
            audience = await context.OpenAudienceAsync(token);
            await context.FillAsync(audience, People, token, FillTime);
            Filled.Add(context.Target, audience);
        }

        return await RunAsync(context, audience, token);
    }

    protected abstract Task<Measurement> RunAsync(ScenarioContext context, Audience audience, CancellationToken token);
}
