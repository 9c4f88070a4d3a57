using System.Net.Http.Headers;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>How a dialect words its webhooks.</summary>
internal interface IWebhookWording
{
    /// <summary>The channel of the dialect.</summary>
    Channel Channel { get; }

    /// <summary>The body of a request: a JSON object.</summary>
    /// <returns>Null when there is nothing to tell.</returns>
    Task<byte[]?> Write(Delivery delivery);

    /// <summary>Adds what the dialect has in headers.</summary>
    void AddHeaders(HttpRequestHeaders headers, Delivery delivery, ReadOnlySpan<byte> body, DateTimeOffset now);
}

/// <summary>Delivers by POST, in the words of a dialect.</summary>
internal sealed class HttpChannel(IWebhookWording wording, HttpSender sender, TimeProvider clock) : IDeliveryChannel
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };
    private static readonly ProductInfoHeaderValue Product = new("lead-engine", "1");

    public Channel Channel => wording.Channel;

    public async Task<DeliveryOutcome> Deliver(Delivery delivery, CancellationToken cancel)
    {
        if (await wording.Write(delivery) is not { } body) return DeliveryOutcome.Pointless;
        var subscription = delivery.Subscription;
        if (!Uri.TryCreate(subscription.Url, UriKind.Absolute, out var address)) return DeliveryOutcome.Hopeless("The address cannot be used.");

        var now = clock.GetUtcNow();
        using var request = Compose(address, StandardWebhooks.IdOf(delivery), subscription, body, now);
        wording.AddHeaders(request.Headers, delivery, body, now);
        return await sender.Send(request, TimeSpan.FromMilliseconds(subscription.TimeoutMs), cancel);
    }

    /// <summary>A request as every dialect sends it.</summary>
    public static HttpRequestMessage Compose(Uri address, string id, Subscription subscription, byte[] body, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.UserAgent.Add(Product);
        StandardWebhooks.Sign(request, id, subscription, body, now);
        return request;
    }
}
