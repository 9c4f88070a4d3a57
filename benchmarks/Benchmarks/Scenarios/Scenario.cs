using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>Something to ask of every target. A new one is a class here and a line in <see cref="ScenarioCatalog"/>.</summary>
internal abstract class Scenario
{
    /// <summary>As <c>--only</c> names it.</summary>
    public abstract string Name { get; }

    /// <summary>As the table names it.</summary>
    public abstract string Title { get; }

    /// <summary>Runs without <c>--full</c>.</summary>
    public virtual bool IsDefault => false;

    /// <summary>How many of the rounds it takes part in.</summary>
    public virtual int MaxRounds => int.MaxValue;

    public virtual bool Suits(Target target) => target.KeepsLeads;

    public abstract Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token);
}
