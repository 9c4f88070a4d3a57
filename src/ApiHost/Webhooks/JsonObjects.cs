using System.Buffers;
using System.Text.Json;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>Bodies of webhooks, and the details of events that they are made from.</summary>
internal static class JsonObjects
{
    /// <summary>A JSON object of its own.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(2 * 1024);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The details of an event; an empty object when it has none.</summary>
    public static JsonElement Details(Delivery delivery) => JsonSerializer.Deserialize<JsonElement>(delivery.Details ?? "{}");

    /// <summary>A text in the details of an event; null when there is none.</summary>
    public static string? Text(JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number in the details of an event; null when there is none.</summary>
    public static long? Number(JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt64() : null;
}
