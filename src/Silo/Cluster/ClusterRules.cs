using LeadEngine.Storage;

namespace LeadEngine.Silo.Cluster;

/// <summary>Which settings go together.</summary>
internal static class ClusterRules
{
#if ORLEANS
    private const bool HasNetwork = true;
#else
    private const bool HasNetwork = false;
#endif

    /// <returns>What is wrong; nothing when all is well.</returns>
    public static IEnumerable<string> Check(string mode, ClusterSettings cluster, StoreOptions store) => Check(mode, cluster, store, HasNetwork);

    internal static IEnumerable<string> Check(string mode, ClusterSettings cluster, StoreOptions store, bool hasNetwork)
    {
        if (mode == ClusterModes.Single) yield break;
        if (!hasNetwork)
        {
            yield return $"Cluster:Mode '{mode}' needs Orleans, and this engine was built without it. Build it with -p:Stack=Orleans, or leave Cluster:Mode at single.";
            yield break;
        }

        if (mode == ClusterModes.CoHosted && store.Provider != StoreProviders.Postgres)
        {
            yield return "The nodes of a cluster share their lead store: set Storage:Provider to postgres and Storage:ConnectionString to its database.";
        }
        else if (string.IsNullOrWhiteSpace(ConnectionString(cluster, store)))
        {
            yield return "Cluster:ConnectionString (or Storage:ConnectionString) must name the PostgreSQL database in which the nodes find each other.";
        }
    }

    public static string? ConnectionString(ClusterSettings cluster, StoreOptions store) =>
        string.IsNullOrWhiteSpace(cluster.ConnectionString) ? store.ConnectionString : cluster.ConnectionString;
}
