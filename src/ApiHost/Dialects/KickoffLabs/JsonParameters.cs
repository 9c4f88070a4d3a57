using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Reads parameters from a JSON object, in one pass and without a tree.</summary>
internal static class JsonParameters
{
    // An escaped character of a name takes up to six bytes.
    private const int MaxNameBytes = 6 * FieldLimits.NameLength;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = FieldLimits.JsonDepth };

    /// <returns>False when the body is no JSON object in UTF-8, or too deeply nested. An empty body has no parameters.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, ParameterSet parameters)
    {
        if (body.StartsWith("\uFEFF"u8)) body = body["\uFEFF"u8.Length..];
        if (body.Trim(" \t\r\n"u8).IsEmpty) return true;
        if (!Utf8.IsValid(body)) return false;
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            return reader.Read() && reader.TokenType is JsonTokenType.StartObject && TryReadMembers(body, ref reader, parameters);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return false; // Utf8JsonReader has no TryRead: an exception is how it says no.
        }
    }

    private static bool TryReadMembers(ReadOnlySpan<byte> body, ref Utf8JsonReader reader, ParameterSet parameters)
    {
        scoped Span<char> name = stackalloc char[MaxNameBytes];
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!parameters.Count()) return true;
            var naming = ReadName(ref reader, name, parameters, out var length, out var known);
            reader.Read();
            ReadValue(body, ref reader, parameters, naming, known, name[..length]);
        }

        return !reader.Read(); // Throws on whatever stands behind the object.
    }

    private static Naming ReadName(
        ref Utf8JsonReader reader, scoped Span<char> name, ParameterSet parameters, out int length, out Parameter known)
    {
        if (reader.ValueSpan.Length > name.Length)
        {
            parameters.Problems.Add("", "name_too_long", $"A name is longer than {FieldLimits.NameLength} characters.");
            (length, known) = (0, default);
            return Naming.Ignored;
        }

        length = CopyLowerCase(ref reader, name);
        return parameters.Name(name[..length], out known);
    }

    private static int CopyLowerCase(ref Utf8JsonReader reader, scoped Span<char> name)
    {
        if (!reader.ValueIsEscaped && Ascii.ToLower(reader.ValueSpan, name, out var length) is OperationStatus.Done) return length;
        return reader.GetString()!.AsSpan().ToLowerInvariant(name);
    }

    private static void ReadValue(
        ReadOnlySpan<byte> body,
        ref Utf8JsonReader reader,
        ParameterSet parameters,
        Naming naming,
        Parameter known,
        scoped ReadOnlySpan<char> name)
    {
        switch (naming)
        {
            case Naming.Known or Naming.Listed when reader.TokenType is JsonTokenType.StartArray && parameters.MayBeList(known):
                ReadList(ref reader, parameters, known);
                break;
            case Naming.Known or Naming.Listed:
                parameters.Set(known, ReadKnown(ref reader));
                break;
            case Naming.Utm:
                ReadUtm(ref reader, parameters, name.ToString());
                break;
            case Naming.Custom:
                ReadCustomField(body, ref reader, parameters, name.ToString());
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static ParameterValue ReadKnown(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new(ValueKind.Text, reader.GetString(), Origin.Body);
            case JsonTokenType.Number:
                return new(ValueKind.Number, Encoding.ASCII.GetString(reader.ValueSpan), Origin.Body);
            case JsonTokenType.True:
                return new(ValueKind.True, null, Origin.Body);
            case JsonTokenType.False:
                return new(ValueKind.False, null, Origin.Body);
            case JsonTokenType.Null:
                return default;
            default:
                reader.Skip();
                return new(ValueKind.Composite, null, Origin.Body);
        }
    }

    private static void ReadList(ref Utf8JsonReader reader, ParameterSet parameters, Parameter parameter)
    {
        var counts = parameters.BeginList(parameter, Origin.Body);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            var item = ReadKnown(ref reader);
            if (!counts || item.Kind is ValueKind.None) continue;
            if (item.Kind is ValueKind.Text or ValueKind.Number) parameters.AddItem(parameter, item.Text!);
            else parameters.Problems.Add(parameter, "invalid_parameter", "must be a list of strings");
        }
    }

    private static void ReadUtm(ref Utf8JsonReader reader, ParameterSet parameters, string name)
    {
        var value = ReadKnown(ref reader);
        if (value.Kind is ValueKind.Text or ValueKind.Number) parameters.SetUtm(name, value.Text!, Origin.Body);
        else if (value.Kind is not ValueKind.None) parameters.Problems.Add(name, "invalid_parameter", "must be a string");
    }

    private static void ReadCustomField(ReadOnlySpan<byte> body, ref Utf8JsonReader reader, ParameterSet parameters, string name)
    {
        var start = (int)reader.TokenStartIndex;
        var isGood = JsonText.IsStorable(ref reader);
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = reader.CurrentDepth;
            while (reader.Read() && reader.CurrentDepth > depth) isGood &= JsonText.IsStorable(ref reader);
        }

        var json = body[start..(int)reader.BytesConsumed];
        if (json.Length > FieldLimits.ValueBytes)
        {
            parameters.Problems.Add(name, "value_too_long", $"is longer than {FieldLimits.ValueBytes} bytes");
        }
        else if (!isGood)
        {
            parameters.Problems.Add(name, "invalid_parameter", "holds a null character or a number that is too large");
        }
        else
        {
            parameters.SetCustomField(name, Encoding.UTF8.GetString(json), Origin.Body);
        }
    }
}
