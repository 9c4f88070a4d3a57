using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Security;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadEngine.ApiHost;

/// <summary>How every dialect reaches the engine.</summary>
internal static class EngineAccess
{
    public static IServiceCollection AddEngineAccess(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<CampaignCatalog>();
        services.AddSingleton<CampaignCalls>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<InstallationKeyring>();
        services.AddSingleton<Deadlines>();
        services.AddSingleton<EngineCalls>();
        services.AddSingleton<LeadCalls>();
        services.AddSingleton<IdempotencyRecords>();
        services.AddSingleton<LeadChanges>();
        services.AddSingleton<RepeatableAnswers>();
        services.AddSingleton<PartialChanges>();
        return services;
    }
}
