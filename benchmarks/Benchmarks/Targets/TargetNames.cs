namespace LeadEngine.Benchmarks.Targets;

internal static class TargetNames
{
    public const string Echo = "echo";
    public const string Naive = "naive";
    public const string OrleansNaive = "orleans-naive";
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";
    public const string Orleans = "orleans";
    public const string Cluster = "cluster";

    /// <summary>That of scenarios that ask no server.</summary>
    public const string None = "";

    /// <summary>Those that need a PostgreSQL server.</summary>
    public static IReadOnlyList<string> OnPostgres { get; } = [Naive, OrleansNaive, Postgres, Orleans, Cluster];

    /// <summary>Those that are built with <c>Stack=Orleans</c>.</summary>
    public static IReadOnlyList<string> OnOrleans { get; } = [OrleansNaive, Orleans, Cluster];

    public static IReadOnlyList<string> All { get; } = [Echo, Naive, OrleansNaive, Sqlite, Postgres, Orleans, Cluster];
}
