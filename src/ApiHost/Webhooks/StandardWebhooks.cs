using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>The headers of Standard Webhooks, which all HTTP deliveries have.</summary>
internal static class StandardWebhooks
{
    private const string SecretPrefix = "whsec_";

    /// <summary>How many random bytes a secret of ours has.</summary>
    public const int SecretBytes = 32;

    /// <summary>The id of an event, the same on every try.</summary>
    public static string IdOf(Delivery delivery) => string.Create(CultureInfo.InvariantCulture, $"evt_{delivery.Id}");

    /// <summary>A secret as its owner gets to see it.</summary>
    public static string Show(ReadOnlySpan<byte> secret) => SecretPrefix + Convert.ToBase64String(secret);

    /// <summary>Adds id, time and signature.</summary>
    public static void Sign(HttpRequestMessage request, string id, Subscription subscription, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", Signature(subscription.Secret.AsSpan(), id, time, body));
    }

    internal static string Signature(ReadOnlySpan<byte> secret, string id, string time, ReadOnlySpan<byte> body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body]));
}
