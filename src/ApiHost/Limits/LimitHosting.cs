namespace LeadEngine.ApiHost.Limits;

/// <summary>The limits of the public API.</summary>
internal static class LimitHosting
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AccountCatalog>();
        services.AddSingleton<RateKeepers>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<RateLimiter>();
        return services;
    }
}
