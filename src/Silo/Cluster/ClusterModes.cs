namespace LeadEngine.Silo.Cluster;

/// <summary>The values of <see cref="ClusterSettings.Mode"/>.</summary>
public static class ClusterModes
{
    /// <summary>One node, which knows of no other.</summary>
    public const string Single = "single";

    /// <summary>A node of a cluster, with a silo inside.</summary>
    public const string CoHosted = "cohosted";

    /// <summary>A client of the cluster's silos, with neither grains nor a store of its own.</summary>
    public const string Client = "client";
}
