using System.Diagnostics.Metrics;
using LeadEngine.Storage.Postgres;
using LeadEngine.Storage.Sqlite;
using LeadEngine.Storage.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LeadEngine.Storage;

/// <summary>Puts the lead store into a host.</summary>
public static class StoreRegistration
{
    /// <summary>
    /// Adds <see cref="ILeadStore"/> with the settings of section <see cref="StoreOptions.Section"/>. The host opens it when it starts and
    /// drains it when it stops, in the order of registration: call this before what writes to the store.
    /// </summary>
    public static IServiceCollection AddLeadStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StoreOptions>()
            .Bind(configuration.GetSection(StoreOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => options.Provider != StoreProviders.Postgres || !string.IsNullOrWhiteSpace(options.ConnectionString),
                "Storage:ConnectionString is required when Storage:Provider is postgres.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(CreateDriver);
        services.AddMetrics();
        services.AddSingleton(provider => new StoreMetrics(provider.GetRequiredService<IMeterFactory>().Create(EngineTelemetry.Name)));
        services.AddSingleton(CreateStore);
        services.AddSingleton<ILeadStore>(provider => provider.GetRequiredService<LeadStore>());
        services.AddSingleton<DirectoryStore>();
        services.AddSingleton<IDirectoryStore>(provider => provider.GetRequiredService<DirectoryStore>());
        services.AddSingleton<ILinkStore>(provider => provider.GetRequiredService<DirectoryStore>());
        services.AddSingleton<ITaskStore, TaskStore>();
        services.AddSingleton<IWebhookStore, WebhookStore>();
        services.AddHostedService(provider => provider.GetRequiredService<LeadStore>());
        return services;
    }

    private static LeadStore CreateStore(IServiceProvider provider)
    {
        var store = ActivatorUtilities.CreateInstance<LeadStore>(provider);
        provider.GetRequiredService<StoreMetrics>().ObserveQueues(() => store.QueueLengths);
        return store;
    }

    private static IStoreDriver CreateDriver(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StoreOptions>>().Value;
        return options.Provider switch
        {
            StoreProviders.Sqlite => new SqliteDriver(options, provider.GetRequiredService<TimeProvider>()),
            StoreProviders.Postgres => new PostgresDriver(
                options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresDriver>>()),
            _ => throw new InvalidOperationException($"Storage:Provider '{options.Provider}' is not known."),
        };
    }
}
