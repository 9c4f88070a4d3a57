namespace LeadEngine.Installation;

/// <summary>Tells a host without a store of its own whether the engine answers. Any key will do.</summary>
[Alias("installation.IStoreProbeGrain")]
public interface IStoreProbeGrain : IGrainWithStringKey
{
    /// <summary>Asks the store for a sign of life.</summary>
    /// <exception cref="StoreBusyException">It gives none.</exception>
    [Alias("Ping")]
    Task Ping();
}
