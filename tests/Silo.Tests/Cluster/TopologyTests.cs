using LeadEngine.Silo.Cluster;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LeadEngine.Silo.Tests.Cluster;

public sealed class TopologyTests
{
    [Fact]
    public void Read_NothingSet_IsOneNode()
    {
        var topology = Read();
        Assert.Equal(ClusterModes.Single, topology.Mode);
        Assert.False(topology.IsShared);
    }

    [Theory]
    [InlineData("Cluster:Mode", "both")]
    [InlineData("Cluster:ClusterId", "")]
    [InlineData("Cluster:ProbeTimeout", "00:02:00")]
    [InlineData("Cluster:MissedProbes", "0")]
    [InlineData("Cluster:Votes", "11")]
    [InlineData("Cluster:Notice", "-00:00:01")]
    [InlineData("Silo:Port", "0")]
    [InlineData("Silo:GatewayPort", "65536")]
    [InlineData("Silo:GatewayPort", "11111")]
    [InlineData("Silo:AdvertisedAddress", "silo-1")]
    [InlineData("Silo:AdvertisedAddress", "0.0.0.0")]
    public void Read_SettingOutOfRange_IsRefusedByName(string name, string value)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read((name, value)));
        Assert.Contains(name.Split(':')[1], refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SettingsOfACluster_AreWhatTheyWereSetTo()
    {
        (string, string)[] settings = [("Storage:Provider", "postgres"), ("Storage:ConnectionString", "Host=db"), ("Silo:AdvertisedAddress", "10.0.0.7")];
#if ORLEANS
        var topology = Topology.Read(Configuration(settings), ClusterModes.CoHosted);
        Assert.True(topology.IsShared);
        Assert.Equal("10.0.0.7", topology.Endpoint.AdvertisedAddress);
#else
        var refusal = Assert.Throws<OptionsValidationException>(() => Topology.Read(Configuration(settings), ClusterModes.CoHosted));
        Assert.Contains("built without it", refusal.Message, StringComparison.Ordinal);
#endif
    }

    private static Topology Read(params (string Name, string Value)[] settings) => Topology.Read(Configuration(settings));

    private static IConfigurationRoot Configuration((string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)))
        .Build();
}
