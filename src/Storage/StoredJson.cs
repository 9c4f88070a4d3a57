using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LeadEngine.Leads;

namespace LeadEngine.Storage;

/// <summary>
/// What the stored JSON values have in common: flat objects whose absent members are null, false or empty. Custom fields keep their order
/// and the exact text of their values, so a column type that rewrites JSON will not do.
/// </summary>
internal static class StoredJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A writer to reuse: making one for each value would cost more than the value.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> target) => new(target, Compact);

    public static string ToText<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = CreateWriter(buffer);
        write(json, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public static void WriteFlag(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool value)
    {
        if (value) json.WriteBoolean(name, true);
    }

    public static void WriteCustom(Utf8JsonWriter json, ImmutableArray<CustomField> fields)
    {
        if (fields.IsDefaultOrEmpty) return;
        json.WriteStartObject("custom"u8);
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            json.WriteRawValue(field.Json);
        }
        json.WriteEndObject();
    }

    public static void WriteTags(Utf8JsonWriter json, ImmutableArray<string> tags)
    {
        if (tags.IsDefaultOrEmpty) return;
        json.WriteStartArray("tags"u8);
        foreach (var tag in tags) json.WriteStringValue(tag);
        json.WriteEndArray();
    }

    /// <param name="json">The reader, at the beginning of the object.</param>
    /// <param name="utf8">All of what it reads.</param>
    public static ImmutableArray<CustomField> ReadCustom(ref Utf8JsonReader json, ReadOnlySpan<byte> utf8)
    {
        var fields = ImmutableArray.CreateBuilder<CustomField>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            fields.Add(new(name, Encoding.UTF8.GetString(utf8[start..(int)json.BytesConsumed])));
        }
        return fields.DrainToImmutable();
    }

    public static ImmutableArray<string> ReadTags(ref Utf8JsonReader json)
    {
        var tags = ImmutableArray.CreateBuilder<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) tags.Add(json.GetString()!);
        return tags.DrainToImmutable();
    }
}
