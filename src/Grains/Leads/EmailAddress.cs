using System.Globalization;
using System.Text;

namespace LeadEngine.Grains.Leads;

/// <summary>The form in which e-mail addresses identify: trimmed, NFC, invariant lower case, domain in its ASCII form.</summary>
public static class EmailAddress
{
    /// <summary>The longest address accepted, in characters (RFC 5321: a path of 256 octets, less its brackets).</summary>
    public const int MaxLength = 254;

    // The one scalar value that cannot be composed: String.Normalize throws.
    private static readonly Rune NoCharacter = new(0xFFFE);

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Normalizes an address that has one <c>@</c>, a local part, and a domain with a dot.</summary>
    /// <returns>Null when it is no such address.</returns>
    public static string? Normalize(string text)
    {
        if (text.Length > 4 * MaxLength) return null;
        var trimmed = text.Trim();
        var at = trimmed.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || trimmed.IndexOf('@', at + 1) >= 0 || !IsWellFormed(trimmed)) return null;

        var local = trimmed[..at].Normalize(NormalizationForm.FormC).ToLowerInvariant();
        if (NormalizeDomain(trimmed[(at + 1)..]) is not { } domain) return null;
        var address = $"{local}@{domain}";
        return address.Length <= MaxLength ? address : null;
    }

    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune == NoCharacter) return false;
        }

        return true;
    }

    private static string? NormalizeDomain(string text)
    {
        try
        {
            var domain = Idn.GetAscii(text).ToLowerInvariant();
            return domain.IndexOf('.', StringComparison.Ordinal) > 0 && !domain.EndsWith('.') ? domain : null;
        }
        catch (ArgumentException)
        {
            return null; // IdnMapping has no TryGetAscii: an exception is how it says no.
        }
    }
}
