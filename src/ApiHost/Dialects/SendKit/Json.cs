using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Reads values of JSON that was only checked for its grammar.</summary>
internal static class Json
{
    /// <summary>Reads a string that can be stored: without a null character or half a surrogate pair.</summary>
    public static bool TryText(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind is not JsonValueKind.String) return false;
        try
        {
            text = element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return false; // Half a surrogate pair: JsonElement has no TryGetString.
        }

        return !text.Contains('\0', StringComparison.Ordinal);
    }

    /// <summary>The name of a member.</summary>
    /// <returns>Null when it cannot be stored.</returns>
    public static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name is var name && !name.Contains('\0', StringComparison.Ordinal) ? name : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A member that was sent, and not as null.</summary>
    public static bool TryMember(JsonElement json, ReadOnlySpan<byte> name, out JsonElement value) =>
        json.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null;

    /// <summary>Reads a switch that is false unless it was sent.</summary>
    /// <returns>False when it is neither true nor false.</returns>
    public static bool TryFlag(JsonElement json, ReadOnlySpan<byte> name, out bool value, bool otherwise = false)
    {
        value = otherwise;
        if (!TryMember(json, name, out var sent)) return true;
        value = sent.ValueKind is JsonValueKind.True;
        return sent.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }
}
