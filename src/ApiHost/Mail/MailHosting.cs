using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Mail;

/// <summary>What mail needs.</summary>
internal static class MailHosting
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>()
            .BindConfiguration(MailOptions.Section)
            .ValidateDataAnnotations()
            .Validate<IOptions<HttpOptions>>(
                static (mail, http) => !mail.IsOn || http.Value.PublicUrl is not null,
                "Http:PublicUrl must be set where Mail is: mails hold links, and nothing else tells where they lead.")
            .ValidateOnStart();
        services.TryAddSingleton<IMailSender, SmtpMailSender>();
        services.TryAddSingleton<LeadReader>();
        services.AddSingleton<IDeliveryChannel, MailChannel>();
        return services;
    }
}
