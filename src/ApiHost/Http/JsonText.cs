using System.Text.Json;
using System.Text.Unicode;

namespace LeadEngine.ApiHost.Http;

/// <summary>What JSON may hold here beyond what its grammar says.</summary>
internal static class JsonText
{
    private delegate bool TokenRule(ref Utf8JsonReader reader);

    /// <summary>Whether a text is UTF-8, and a JSON document whose strings and numbers can be stored.</summary>
    public static bool IsSound(ReadOnlySpan<byte> json, int maxDepth) => IsSound(json, maxDepth, IsStorable);

    /// <summary>Whether a text is UTF-8, and a JSON document whose strings can be read, whatever is in them.</summary>
    public static bool IsReadable(ReadOnlySpan<byte> json, int maxDepth) => IsSound(json, maxDepth, IsReadable);

    /// <summary>
    /// Whether a text is UTF-8, and a JSON document whose members can be looked up; what strings they hold is not looked at.
    /// </summary>
    public static bool HasReadableNames(ReadOnlySpan<byte> json, int maxDepth) =>
        IsSound(json, maxDepth, static (ref reader) => reader.TokenType is not JsonTokenType.PropertyName || IsReadable(ref reader));

    /// <summary>Whether a token can be stored: a database may know neither the null character nor a number beyond a double.</summary>
    /// <exception cref="InvalidOperationException">An escape is half a surrogate pair.</exception>
    public static bool IsStorable(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped =>
            !reader.GetString()!.Contains('\0', StringComparison.Ordinal),
        JsonTokenType.Number => reader.TryGetDouble(out var number) && double.IsFinite(number),
        _ => true,
    };

    private static bool IsReadable(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped
        || reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)
        || reader.GetString() is not null;

    private static bool IsSound(ReadOnlySpan<byte> json, int maxDepth, TokenRule rule)
    {
        if (!Utf8.IsValid(json)) return false;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
            while (reader.Read())
            {
                if (!rule(ref reader)) return false;
            }

            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return false; // Utf8JsonReader has no TryRead: an exception is how it says no.
        }
    }
}
