namespace LeadEngine.Storage;

/// <summary>The values of <see cref="StoreOptions.Provider"/>.</summary>
public static class StoreProviders
{
    /// <summary>A SQLite file.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>A PostgreSQL server.</summary>
    public const string Postgres = "postgres";
}
