using System.ComponentModel.DataAnnotations;

namespace LeadEngine.Silo.Cluster;

/// <summary>
/// How a host takes part in a cluster: configuration section <c>Cluster</c>. Anything but one node needs <c>Stack=Orleans</c>.
/// </summary>
/// <remarks>Not named options: Orleans has a <c>ClusterOptions</c> of its own.</remarks>
public sealed class ClusterSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>
    /// <c>single</c>, <c>cohosted</c> or <c>client</c>. Default <c>single</c>. The program <c>LeadEngine.Silo</c> is always a node of a
    /// cluster, whatever is set here.
    /// </summary>
    [Required, AllowedValues(ClusterModes.Single, ClusterModes.CoHosted, ClusterModes.Client)]
    public string Mode { get; set; } = ClusterModes.Single;

    /// <summary>
    /// Names the cluster: nodes with the same id in the same database find each other; 1 to 150 characters. Default <c>leads</c>.
    /// </summary>
    [Required, StringLength(150)]
    public string ClusterId { get; set; } = "leads";

    /// <summary>Names the engine across clusters that succeed each other; 1 to 150 characters. Default <c>lead-engine</c>.</summary>
    [Required, StringLength(150)]
    public string ServiceId { get; set; } = "lead-engine";

    /// <summary>
    /// The PostgreSQL database in which the nodes find each other, brought up to date by whoever opens the lead store there. Default:
    /// <c>Storage:ConnectionString</c>.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>How often a silo is asked whether it lives, and how long it may take to say so; 0.2 s to 1 min. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many probes in a row a silo may miss before another votes it dead; 1 to 20. Default 3.</summary>
    [Range(1, 20)]
    public int MissedProbes { get; set; } = 3;

    /// <summary>How many silos must say that one is dead; 1 to 10. Default 2, or all the others if they are fewer.</summary>
    [Range(1, 10)]
    public int Votes { get; set; } = 2;

    /// <summary>
    /// How long a node that was told to stop goes on taking calls while it says that it is not ready, so that load balancers notice;
    /// up to 2 min. Default none.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:02:00")]
    public TimeSpan Notice { get; set; }
}
