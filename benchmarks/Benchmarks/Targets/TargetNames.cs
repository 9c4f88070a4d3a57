namespace LeadEngine.Benchmarks.Targets;

internal static class TargetNames
{
    public const string Echo = "echo";
    public const string Naive = "naive";
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    /// <summary>Those that need a PostgreSQL server.</summary>
    public static IReadOnlyList<string> OnPostgres { get; } = [Naive, Postgres];

    public static IReadOnlyList<string> All { get; } = [Echo, Naive, Sqlite, Postgres];
}
