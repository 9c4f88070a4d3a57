using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Reads what a body says of a webhook: what is left out stays as it was.</summary>
internal static class WebhookFields
{
    private const int MaxUrlLength = 2_048;
    private const int MinSecretLength = 16;
    private const int MaxRetries = 10;
    private const int MinTimeout = 1_000;
    private const int MaxTimeout = 30_000;

    public static Checked<Subscription> Read(JsonElement body, Subscription known)
    {
        var next = known;
        if (Json.TryMember(body, "name"u8, out var name))
        {
            if (!Json.TryText(name, out var text) || text.Length > FieldLimits.NameLength) return Wrong("name must be a text of at most 255 characters");
            next = next with { Name = text };
        }

        if (Json.TryMember(body, "url"u8, out var url))
        {
            if (!Json.TryText(url, out var text) || text.Length > MaxUrlLength || WebAddress.InAscii(text) is null) return Wrong("url must be an http or https address");
            next = next with { Url = text };
        }

        if (Json.TryMember(body, "events"u8, out var events))
        {
            if (Kinds(events) is not { } kinds) return Wrong($"events must be an array of {WebhookEvents.Names}");
            next = next with { Kinds = kinds };
        }

        if (Json.TryMember(body, "secret"u8, out var secret))
        {
            if (!Json.TryText(secret, out var text) || text.Length is < MinSecretLength or > FieldLimits.NameLength) return Wrong("secret must have 16 to 255 characters");
            next = next with { Secret = [.. Encoding.UTF8.GetBytes(text)] };
        }

        if (!TryNumber(body, "retryAttempts"u8, 0, MaxRetries, out var retries)) return Wrong("retryAttempts must be from 0 to 10");
        if (!TryNumber(body, "timeoutMs"u8, MinTimeout, MaxTimeout, out var timeout)) return Wrong("timeoutMs must be from 1000 to 30000");
        if (!Json.TryFlag(body, "isActive"u8, out var isActive, otherwise: known.DisabledFor is null)) return Wrong("isActive must be true or false");
        return next with
        {
            Retries = retries ?? known.Retries,
            TimeoutMs = timeout ?? known.TimeoutMs,
            DisabledFor = isActive ? null : known.DisabledFor ?? "Switched off by its owner.",
        };
    }

    private static long? Kinds(JsonElement events)
    {
        if (events.ValueKind is not JsonValueKind.Array) return null;
        var kinds = 0L;
        foreach (var item in events.EnumerateArray())
        {
            if (!Json.TryText(item, out var name) || WebhookEvents.KindOf(name) is not { } kind) return null;
            kinds |= Subscription.Bit(kind);
        }

        return kinds == 0 ? null : kinds;
    }

    private static bool TryNumber(JsonElement body, ReadOnlySpan<byte> name, int least, int most, out int? number)
    {
        number = null;
        if (!Json.TryMember(body, name, out var sent)) return true;
        if (sent.ValueKind is not JsonValueKind.Number || !sent.TryGetInt32(out var value) || value < least || value > most) return false;
        number = value;
        return true;
    }

    private static Fault Wrong(string message) => SendKitFaults.Invalid(message);
}
