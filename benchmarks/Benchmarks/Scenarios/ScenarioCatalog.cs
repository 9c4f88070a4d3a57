namespace LeadEngine.Benchmarks.Scenarios;

internal static class ScenarioCatalog
{
    /// <summary>The scenario whose figures for echo and naive the ratios compare with.</summary>
    public const string Reference = "new";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new NewLeadsScenario(Reference, "new leads", campaigns: 1),
        new NewLeadsScenario("hundred", "new leads, 100 campaigns", campaigns: 100),
        new LimitedScenario(),
        new UpdatesScenario(),
        new HotLookUpsScenario(),
        new ColdLookUpsScenario(),
        new MixScenario(),
        new HalfLoadScenario(),
        new DeadHookScenario(),
        new BurstScenario(),
        new SizeScenario("1m", millions: 1),
        new SizeScenario("5m", millions: 5),
        new BulkScenario(),
        new SelectAllScenario(),
        new SearchScenario(),
        new ContestScenario(differentScores: 1_000),
        new ContestScenario(differentScores: 100_000),
        new ContestScenario(differentScores: 1_000_000),
    ];
}
