namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>Something to measure of the engine's own code, in this process: without server, store and network.</summary>
internal abstract class EngineScenario : Scenario
{
    public sealed override int MaxRounds => 1;

    public abstract Task<Measurement> RunAsync(BenchmarkOptions options, CancellationToken token);
}
