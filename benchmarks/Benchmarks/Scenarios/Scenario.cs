namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>
/// Something to measure: of every target, or of the engine's own code. A new one is a class here and a line in <see cref="ScenarioCatalog"/>.
/// </summary>
internal abstract class Scenario
{
    /// <summary>As <c>--only</c> names it.</summary>
    public abstract string Name { get; }

    /// <summary>As the table names it.</summary>
    public abstract string Title { get; }

    /// <summary>Runs without <c>--full</c>.</summary>
    public virtual bool IsDefault => false;

    /// <summary>How many of the rounds it takes part in: the last ones, so that what it leaves behind is in nobody's way.</summary>
    public virtual int MaxRounds => int.MaxValue;
}
