using LeadEngine.ApiHost.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadEngine.ApiHost.Texts;

/// <summary>What text messages need.</summary>
internal static class TextHosting
{
    public static IServiceCollection AddTexts(this IServiceCollection services)
    {
        services.AddOptions<TextOptions>().BindConfiguration(TextOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ITextSender, GatewayTextSender>();
        services.TryAddSingleton<LeadReader>();
        services.AddSingleton<PhoneCodes>();
        services.AddSingleton<IDeliveryChannel, TextChannel>();
        return services;
    }
}
