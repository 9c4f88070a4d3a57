namespace LeadEngine.Storage.Postgres;

/// <summary>The advisory locks that the engine takes. They are two numbers each, and other users of the database may have their own.</summary>
internal static class AdvisoryLocks
{
    public const int Group = 0x4C454144;
    public const int Migration = 1;
    public const int Owner = 2;
}
