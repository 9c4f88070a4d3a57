using LeadEngine.TestSupport;

namespace LeadEngine.Cluster.Tests.Engine;

/// <summary>Three silos for all tests that leave the cluster as it is. Each test makes a campaign of its own.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private EngineCluster? _cluster;

    internal EngineCluster Cluster => _cluster!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (PostgresServer.WhyAbsent is null) _cluster = await EngineCluster.Start(silos: 3);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class SharedClusterCollection : ICollectionFixture<SharedCluster>
{
    public const string Name = "Shared cluster";
}
