namespace LeadEngine.Durability.Cluster;

/// <summary>One cluster for all faults, made when the first test asks for it: where tests are skipped there is none.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private LocalCluster? _cluster;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    /// <summary>The cluster, whole again whatever happened to it before.</summary>
    internal async Task<LocalCluster> Whole()
    {
        _cluster ??= await LocalCluster.Start();
        await _cluster.Heal();
        return _cluster;
    }
}

/// <summary>These tests watch how long the engine takes to recover, so nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterCollectionDefinition : ICollectionFixture<ClusterFixture>
{
    public const string Name = "cluster";
}
