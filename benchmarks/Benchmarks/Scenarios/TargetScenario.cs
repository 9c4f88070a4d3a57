using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>Something to ask of every target.</summary>
internal abstract class TargetScenario : Scenario
{
    protected const string NoMillions = "is not sent people by the million, and has no limits, webhooks and bulk calls to measure";

    /// <summary>Why a target takes no part, as in "it …"; null where it does.</summary>
    public virtual string? WhyNot(Target target) => target.KeepsLeads ? null : "keeps no leads";

    public abstract Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token);
}
