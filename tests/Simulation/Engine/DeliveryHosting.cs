using LeadEngine.ApiHost;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Simulation.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LeadEngine.Simulation.Engine;

/// <summary>Puts the delivery of events into a process, as a host does, but for the connections.</summary>
internal static class DeliveryHosting
{
    private const string Address = "https://engine.example";

    public static void AddDelivery(this IServiceCollection services, Receiver receiver, ReceiverLine line, EngineLimits limits)
    {
        services.AddEngineAccess();
        services.AddWebhooks();
        services.AddWebhookWording<ApiHost.Dialects.KickoffLabs.WebhookWording>();
        services.AddWebhookWording<ApiHost.Dialects.Aktify.WebhookWording>();
        services.AddWebhookWording<ApiHost.Dialects.SendKit.WebhookWording>();
        services.AddSingleton(provider => new HttpSender(line, provider.GetRequiredService<TimeProvider>()));
        // The address is set, so no server is asked for it.
        services.AddSingleton(provider => new OwnAddress(provider.GetRequiredService<IOptions<HttpOptions>>(), server: null!));
        services.AddSingleton<ILogger<DeliveryService>>(new Complaints<DeliveryService>(receiver));
        services.AddSingleton<ILogger<Deliverer>>(new Complaints<Deliverer>(receiver));
        services.Configure<HttpOptions>(options => (options.PublicUrl, options.Deadline) = (Address, limits.Deadline));
        services.Configure<WebhookOptions>(options =>
        {
            options.IdlePause = receiver.Plan.IdlePause;
            options.MaxParallel = receiver.Plan.MaxParallel;
            options.MaxParallelPerSubscription = receiver.Plan.MaxParallelPerSubscription;
        });
    }

    /// <summary>Hears what the engine takes for a fault of its own, and would only log.</summary>
    private sealed class Complaints<T>(Receiver receiver) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) receiver.Complaints.Add($"{formatter(state, exception)} {exception}");
        }
    }
}
