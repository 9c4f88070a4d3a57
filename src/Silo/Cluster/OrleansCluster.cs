using System.Net;
using LeadEngine.Silo.Health;
using LeadEngine.Silo.Telemetry;
using LeadEngine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;

namespace LeadEngine.Silo.Cluster;

/// <summary>How silos and clients find each other, and how soon they notice that one is gone.</summary>
internal static class OrleansCluster
{
    private const string Npgsql = "Npgsql";

    // The store gives up first, then the grain that asked it, then the host that asked the grain, then the request: so each can still say
    // what it knows.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    // A silo that starts takes those for dead that have not written for three times this long, as after a loss of all. Whom it finds
    // neither alive nor dead keeps it from joining; then it has to give up and be started again, since it looks at that only once.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(30);

    // How long a client may go on asking a silo that the others have declared dead.
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(2);

    // How long news that reached nobody directly may take.
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    public static ISiloBuilder Join(this ISiloBuilder silo, Topology topology)
    {
        var endpoint = topology.Endpoint;
        silo.BoundCalls(topology.Store);
        silo.Services.AddCrossingFailures();
        if (!topology.IsShared) return silo.UseLocalhostClustering(endpoint.Port, endpoint.GatewayPort);

        silo.UseAdoNetClustering((AdoNetClusteringSiloOptions options) =>
            (options.Invariant, options.ConnectionString) = (Npgsql, MembershipDatabase(topology)));
        silo.Configure<ClusterOptions>(options => Name(options, topology));
        silo.Configure<ClusterMembershipOptions>(options => SetPatience(options, topology.Cluster));
        return endpoint.AdvertisedAddress is { } address
            ? silo.ConfigureEndpoints(IPAddress.Parse(address), endpoint.Port, endpoint.GatewayPort)
            : silo.ConfigureEndpoints(endpoint.Port, endpoint.GatewayPort);
    }

    /// <summary>Calls between grains give up after the store has.</summary>
    public static ISiloBuilder BoundCalls(this ISiloBuilder silo, StoreOptions store) =>
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = store.Patience + Step);

    /// <summary>
    /// One activation of a grain, also while silos come and go. It gives out the grains of a dead silo at once, rather than wait until that
    /// one must have noticed that it is dead: what it still does the store refuses, by epoch and version.
    /// </summary>
#pragma warning disable ORLEANSEXP003 // It may change yet; but the other one gives two activations now and then when silos come and go.
    public static ISiloBuilder UseOneDirectory(this ISiloBuilder silo) => silo
        .AddDistributedGrainDirectory()
        .Configure<GrainDirectoryOptions>(options => options.RangeLeaseDuration = TimeSpan.Zero);
#pragma warning restore ORLEANSEXP003

    public static TBuilder UseClusterClient<TBuilder>(this TBuilder builder, Topology topology) where TBuilder : IHostApplicationBuilder
    {
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering((AdoNetClusteringClientOptions options) =>
                (options.Invariant, options.ConnectionString) = (Npgsql, MembershipDatabase(topology)));
            client.Configure<ClusterOptions>(options => Name(options, topology));
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewayRefresh);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = topology.Store.Patience + (2 * Step));
            client.Services.AddCrossingFailures();
            client.AddTracing();
        });
        builder.Services.AddSingleton<IClientConnectionRetryFilter, WaitForSilos>();
        builder.Services.AddHealthChecks().AddCheck<EngineHealthCheck>("engine", tags: [LeadEngineHosting.ReadyTag]);
        return builder;
    }

    public static void SetPatience(ClusterMembershipOptions options, ClusterSettings cluster)
    {
        options.ProbeTimeout = options.MinProbeTimeout = cluster.ProbeTimeout;
        // A silo that was heard of within so many probes of this length is not voted dead, so this bounds how long a frozen one is
        // believed.
        options.MaxProbeTimeout = 2 * cluster.ProbeTimeout;
        options.NumMissedProbesLimit = cluster.MissedProbes;
        options.NumVotesForDeathDeclaration = cluster.Votes;
        options.IAmAliveTablePublishTimeout = SignOfLife;
        options.MaxJoinAttemptTime = JoinPatience;
        options.TableRefreshTimeout = Refresh;
    }

    private static void Name(ClusterOptions options, Topology topology) =>
        (options.ClusterId, options.ServiceId) = (topology.Cluster.ClusterId, topology.Cluster.ServiceId);

    // The engine's own connections are kept apart from these, so that a busy store does not make silos look dead.
    private static string MembershipDatabase(Topology topology) =>
        new NpgsqlConnectionStringBuilder(ClusterRules.ConnectionString(topology.Cluster, topology.Store))
        {
            ApplicationName = "lead-engine-membership",
            Enlist = false,
            TcpKeepAlive = true,
            MaxPoolSize = 4,
            Timeout = 3,
            CommandTimeout = 3,
        }.ConnectionString;
}
