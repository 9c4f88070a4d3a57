using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>Puts the delivery of events into a host.</summary>
internal static class WebhookHosting
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<LeadReader>();
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<ReceiverGuard>();
        services.AddSingleton<HttpSender>();
        services.AddSingleton<Deliverer>();
        services.AddHostedService<DeliveryService>();
        return services;
    }

    /// <summary>Adds webhooks in the words of a dialect.</summary>
    public static IServiceCollection AddWebhookWording<TWording>(this IServiceCollection services) where TWording : class, IWebhookWording
    {
        services.AddSingleton<TWording>();
        services.AddSingleton<IDeliveryChannel>(provider => ActivatorUtilities.CreateInstance<HttpChannel>(
            provider, provider.GetRequiredService<TWording>()));
        return services;
    }
}
