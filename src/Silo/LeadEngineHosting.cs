using System.Diagnostics.Metrics;
using LeadEngine.Grains;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Grains.Fraud;
using LeadEngine.Grains.Leads;
using LeadEngine.Grains.Limits;
using LeadEngine.Grains.Links;
using LeadEngine.Grains.Telemetry;
using LeadEngine.Limits;
using LeadEngine.Silo.Cluster;
using LeadEngine.Silo.Health;
using LeadEngine.Silo.Telemetry;
using LeadEngine.Storage;
using LeadEngine.Storage.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;

namespace LeadEngine.Silo;

/// <summary>Puts the engine into a host: the lead store, the grains, and the actor system that runs them.</summary>
public static class LeadEngineHosting
{
    /// <summary>Tag of the health checks that tell whether the engine can take work.</summary>
    public const string ReadyTag = "ready";

    /// <summary>
    /// Adds the engine, or the way to it, as <see cref="ClusterSettings.Mode"/> says. Settings come from the sections <c>Cluster</c>,
    /// <c>Storage</c> and <c>Engine</c>, and on Orleans from <c>Silo</c>.
    /// </summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The settings do not go together.</exception>
    public static TBuilder AddLeadEngine<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder =>
        builder.AddLeadEngine(Topology.Read(builder.Configuration));

    /// <summary>
    /// Adds a part of the cluster. The store opens before the silo starts, and closes after the silo's grains have let go.
    /// </summary>
    internal static TBuilder AddLeadEngine<TBuilder>(this TBuilder builder, Topology topology) where TBuilder : IHostApplicationBuilder
    {
        builder.AddLeaveTaking(topology.Cluster);
        builder.Services.AddSingleton(topology);
#if ORLEANS
        if (topology.Mode == ClusterModes.Client) return builder.UseClusterClient(topology);
#endif
        builder.Services.AddLeadStore(builder.Configuration);
        builder.Services.AddHostedService<IdempotencySweep>();
        builder.Services.AddHostedService<DeliveryLogSweep>();
        builder.Services.AddHostedService<DropSweep>();
        builder.Services.AddHostedService<DirectoryIndexing>();
        builder.Services.AddHostedService<MemoryHandback>();
#if ORLEANS
        builder.UseOrleans(silo => silo.Join(topology).UseOneDirectory().AddLeadGrains().AddTracing());
#else
        // The embedded stack has no membership: nobody but the database can tell that there is a second one.
        builder.Services.PostConfigure<StoreOptions>(options => options.Exclusive = true);
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddLeadGrains().AddTracing());
#endif
        builder.Services.AddHostedService<BulkWork>(); // It calls grains, so it begins after them.
        return builder;
    }

    /// <summary>Adds what the grains need to a silo whose container has a lead store.</summary>
    internal static ISiloBuilder AddLeadGrains(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton(Random.Shared);
        silo.Services.AddSingleton<Jitter>();
        silo.Services.AddSingleton<WorkBell>();
        silo.Services.AddSingleton<DisposableDomains>();
        silo.Services.AddOptions<FraudOptions>().BindConfiguration(FraudOptions.Section);
        silo.Services.TryAddSingleton(services => new LeadMetrics(services.GetRequiredService<IMeterFactory>().Create(EngineTelemetry.Name)));
        silo.Services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddKeyedSingleton<IGrainStorage, LeadStoreGrainStorage>(StateStorage.Name);
        silo.Configure<GrainCollectionOptions>(SetCollectionAges);
        silo.Services.AddHealthChecks().AddCheck<StoreHealthCheck>("store", tags: [ReadyTag]);
        return silo;
    }

    // Identifiers are needed while their request runs and for its near repeats, leads while somebody is busy with them. In a burst there
    // are tens of thousands of new ones each second: the longer they stay, the longer each garbage collection halts everybody. (Those of
    // new leads do not wait for this, but leave at once.)
    // A campaign that comes back reads its scores again, so it may stay. A link that nobody follows does not learn that its lead is gone.
    // Who counts requests forgets them when it leaves.
    private static void SetCollectionAges(GrainCollectionOptions options)
    {
        options.CollectionQuantum = TimeSpan.FromSeconds(1);
        options.CollectionAge = TimeSpan.FromMinutes(1);
        options.ClassSpecificCollectionAge[typeof(IdentifierGrain).FullName!] = TimeSpan.FromSeconds(5);
        options.ClassSpecificCollectionAge[typeof(LeadGrain).FullName!] = TimeSpan.FromSeconds(10);
        options.ClassSpecificCollectionAge[typeof(LinkGrain).FullName!] = TimeSpan.FromSeconds(10);
        options.ClassSpecificCollectionAge[typeof(CampaignGrain).FullName!] = TimeSpan.FromMinutes(15);
        options.ClassSpecificCollectionAge[typeof(RateLimitGrain).FullName!] = TimeSpan.FromSeconds(RateLimit.MaxSeconds + 60);
    }
}
