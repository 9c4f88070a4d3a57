using LeadEngine.Silo.Cluster;
using LeadEngine.Storage;

namespace LeadEngine.Silo.Tests.Cluster;

public sealed class ClusterRulesTests
{
    private const string Database = "Host=localhost;Database=leads";

    private static readonly StoreOptions Sqlite = new();
    private static readonly StoreOptions Postgres = new() { Provider = StoreProviders.Postgres, ConnectionString = Database };

    [Fact]
    public void Check_OneNode_NeedsNothing()
    {
        Assert.Empty(ClusterRules.Check(ClusterModes.Single, new(), Sqlite, hasNetwork: false));
        Assert.Empty(ClusterRules.Check(ClusterModes.Single, new(), Sqlite, hasNetwork: true));
    }

    [Theory]
    [InlineData(ClusterModes.CoHosted)]
    [InlineData(ClusterModes.Client)]
    public void Check_ClusterWithoutOrleans_SaysHowToBuildIt(string mode) =>
        Assert.Contains("-p:Stack=Orleans", Assert.Single(ClusterRules.Check(mode, new(), Postgres, hasNetwork: false)), StringComparison.Ordinal);

    [Fact]
    public void Check_NodesWithStoresOfTheirOwn_AreRefused() =>
        Assert.Contains("Storage:Provider", Assert.Single(ClusterRules.Check(ClusterModes.CoHosted, new(), Sqlite, hasNetwork: true)), StringComparison.Ordinal);

    [Fact]
    public void Check_ClientThatKnowsNoDatabase_IsRefused() =>
        Assert.Contains("Cluster:ConnectionString", Assert.Single(ClusterRules.Check(ClusterModes.Client, new(), Sqlite, hasNetwork: true)), StringComparison.Ordinal);

    [Fact]
    public void Check_ClientThatKnowsTheSilosDatabase_NeedsNoStore() =>
        Assert.Empty(ClusterRules.Check(ClusterModes.Client, new() { ConnectionString = Database }, Sqlite, hasNetwork: true));

    [Fact]
    public void ConnectionString_NotSet_IsTheStores()
    {
        Assert.Equal(Database, ClusterRules.ConnectionString(new(), Postgres));
        Assert.Equal("Host=other", ClusterRules.ConnectionString(new() { ConnectionString = "Host=other" }, Postgres));
    }
}
