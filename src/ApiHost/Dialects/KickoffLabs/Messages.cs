using System.Text.Json;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Answers that are a sentence: <c>{"message": …}</c>.</summary>
internal static class Messages
{
    public static void Write(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("message"u8, message);
        json.WriteEndObject();
    }

    /// <summary>A sentence, and how many leads it is about.</summary>
    public static void Write(Utf8JsonWriter json, string message, ReadOnlySpan<byte> name, int count)
    {
        json.WriteStartObject();
        json.WriteString("message"u8, message);
        json.WriteNumber(name, count);
        json.WriteEndObject();
    }
}
