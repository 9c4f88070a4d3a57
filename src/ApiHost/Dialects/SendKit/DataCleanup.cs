using System.Globalization;
using System.Text;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>The vendor's data clean-up: names without special characters, LinkedIn addresses in one form, no blanks around texts.</summary>
internal static class DataCleanup
{
    public static void Clean(LeadFields fields)
    {
        fields.FirstName = Name(fields.FirstName);
        fields.LastName = Name(fields.LastName);
        fields.CompanyName = fields.CompanyName?.Trim();
        fields.JobTitle = fields.JobTitle?.Trim();
        fields.LinkedinUrl = LinkedinUrl(fields.LinkedinUrl);
        fields.City = fields.City?.Trim();
        fields.State = fields.State?.Trim();
        fields.Country = fields.Country?.Trim();
        fields.Phone = fields.Phone?.Trim();
    }

    /// <summary>A name of letters, marks, digits, blanks and what joins names, for example <c>Anne-Marie O'Neill Jr.</c></summary>
    public static string? Name(string? text)
    {
        if (text is null || IsClean(text)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsOfName(rune)) clean.Append(rune);
        }

        return clean.ToString().Trim();
    }

    /// <summary>An address with its scheme, without query, fragment and slash at its end.</summary>
    public static string? LinkedinUrl(string? text)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return trimmed;
        var full = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : $"https://{trimmed}";
        return Uri.TryCreate(full, UriKind.Absolute, out var address)
            && address.Host.EndsWith("linkedin.com", StringComparison.OrdinalIgnoreCase)
            ? $"https://{address.Host.ToLowerInvariant()}{address.AbsolutePath.TrimEnd('/')}"
            : trimmed;
    }

    private static bool IsClean(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character)) return false;
        }

        return true;
    }

    private static bool IsOfName(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.SpaceSeparator => true,
        _ => Rune.IsLetterOrDigit(rune) || rune.Value is '\'' or '’' or '-' or '.' or ',' or '·',
    };
}
