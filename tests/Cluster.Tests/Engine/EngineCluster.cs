using System.Collections.Immutable;
using LeadEngine.Accounts;
using LeadEngine.Campaigns;
using LeadEngine.Installation;
using LeadEngine.Silo;
using LeadEngine.Silo.Cluster;
using LeadEngine.Storage;
using LeadEngine.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace LeadEngine.Cluster.Tests.Engine;

/// <summary>
/// Silos in this process, composed as real ones are but for the network and the membership table, which are in memory: each has a lead
/// store of its own on a database that they share.
/// </summary>
public sealed class EngineCluster : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly string _connectionString;
    private readonly NpgsqlDataSource _database;
    private readonly InProcessTestCluster _cluster;
    private readonly List<Node> _left = [];

    private EngineCluster(PostgresServer server, string connectionString, short silos)
    {
        (_server, _connectionString) = (server, connectionString);
        _database = NpgsqlDataSource.Create($"{connectionString};Maximum Pool Size=2");
        _cluster = Build(silos);
    }

    /// <summary>Those that take requests.</summary>
    internal ImmutableArray<Node> Nodes { get; private set; } = [];

    internal static async Task<EngineCluster> Start(short silos)
    {
        var server = await PostgresServer.Shared();
        var cluster = new EngineCluster(server, await server.CreateDatabase(), silos);
        try
        {
            await cluster._cluster.DeployAsync();
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        cluster.Nodes = [.. cluster._cluster.Silos.Select(silo => new Node(silo))];
        return cluster;
    }

    /// <summary>Adds a silo, which takes requests as soon as it has started.</summary>
    internal async Task<Node> Add()
    {
        var added = new Node(await _cluster.StartAdditionalSiloAsync());
        Nodes = Nodes.Add(added);
        return added;
    }

    /// <summary>Stops a node as an administrator does: it answers what it has let in, then its silo leaves the cluster.</summary>
    internal async Task Stop(Node node)
    {
        Dismiss(node);
        await node.Drain();
        await _cluster.StopSiloAsync(node.Silo);
    }

    /// <summary>
    /// Ends a node without letting it finish what runs: those who wait for its answers learn nothing. (The other silos do, so this is
    /// milder than the death of a process.)
    /// </summary>
    internal async Task Kill(Node node)
    {
        Dismiss(node);
        await node.Cut();
        await _cluster.KillSiloAsync(node.Silo);
    }

    /// <summary>Has the others declare a node dead that lives and serves, until it learns of it.</summary>
    internal async Task DeclareDead(Node node)
    {
        Nodes = Nodes.Remove(node);
        var membership = Nodes[0].Silo.ServiceProvider.GetRequiredService<IClusterMembershipService>();
        Assert.True(await membership.TryKill(node.Address));
    }

    internal async Task<SignupCampaign> CreateCampaign() =>
        await CreateCampaign((await _cluster.Client.GetGrain<IInstallationGrain>(0).CreateAccount("Test")).AccountId);

    internal async Task<SignupCampaign> CreateCampaign(long accountId)
    {
        var reply = await _cluster.Client.GetGrain<IAccountGrain>(accountId).CreateCampaign(new CampaignSettings { Name = "Test" });
        return new SignupCampaign(this, reply.Campaign!.Id, accountId);
    }

    /// <summary>The silos on which a grain is active.</summary>
    internal async Task<SiloAddress[]> Whereabouts(GrainId grain)
    {
        var activations = await _cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return [.. activations.Where(activation => activation.GrainId == grain).Select(activation => activation.SiloAddress)];
    }

    /// <summary>Ends a grain's activation; the next call makes another.</summary>
    internal Task Deactivate(GrainId grain) => _cluster.DeactivateAsync(grain);

    /// <summary>Has a grain go on at another silo.</summary>
    internal Task Move(GrainId grain, Node target) => _cluster.MigrateAsync(grain, target.Address);

    /// <summary>How often a campaign has been taken over.</summary>
    internal async Task<long> Epoch(long campaignId)
    {
        await using var command = _database.CreateCommand("select epoch from campaigns where id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = campaignId });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _left) await node.DisposeAsync();
        await _cluster.DisposeAsync();
        await _database.DisposeAsync();
        await _server.DropDatabase(_connectionString);
    }

    private void Dismiss(Node node)
    {
        Nodes = Nodes.Remove(node);
        _left.Add(node);
    }

    private InProcessTestCluster Build(short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
#pragma warning disable ORLEANSEXP003 // As in production: see UseOneDirectory. Without this the test cluster brings a directory of its own.
        builder.Options.UseDistributedGrainDirectory = true;
#pragma warning restore ORLEANSEXP003
        builder.ConfigureSiloHost((_, host) => Compose(host));
        return builder.Build();
    }

    private void Compose(IHostApplicationBuilder host)
    {
        host.Services.AddLeadStore(new ConfigurationBuilder().AddInMemoryCollection(Settings()).Build());
        host.UseOrleans(silo => silo
            .BoundCalls(new StoreOptions())
            .Configure<ClusterMembershipOptions>(options => OrleansCluster.SetPatience(options, new ClusterSettings()))
            .UseOneDirectory()
            .AddLeadGrains());
    }

    private Dictionary<string, string?> Settings() => new()
    {
        [$"{StoreOptions.Section}:{nameof(StoreOptions.Provider)}"] = StoreProviders.Postgres,
        [$"{StoreOptions.Section}:{nameof(StoreOptions.ConnectionString)}"] = $"{_connectionString};Maximum Pool Size=12",
    };
}
