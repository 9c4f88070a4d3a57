using System.Text;

namespace LeadEngine.ApiHost.Http;

/// <summary>Addresses of web pages.</summary>
internal static class WebAddress
{
    /// <summary>Whether a text is an absolute http or https address.</summary>
    public static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    /// <summary>
    /// Whether a text is an origin as browsers name it, but for upper case: scheme, host, and a port that is not the usual one.
    /// </summary>
    public static bool IsOrigin(string? text) =>
        text is not null
        && Ascii.IsValid(text)
        && IsWebAddress(text)
        && new Uri(text) is { UserInfo: "" } address
        && string.Equals(text, address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    /// <summary>The ASCII form, which a header needs, of an absolute http or https address.</summary>
    /// <returns>Null when the text is none, has none, or holds more than one: blanks, line breaks, shorthand.</returns>
    public static string? InAscii(string text)
    {
        if (!IsWebAddress(text) || text.AsSpan().IndexOf(Uri.SchemeDelimiter) < 0) return null;
        if (text.Any(static character => char.IsWhiteSpace(character) || char.IsControl(character))) return null;
        try
        {
            var address = new Uri(text);
            var ascii = new UriBuilder(address) { Host = address.IdnHost }.Uri.AbsoluteUri;
            return Ascii.IsValid(ascii) ? ascii : null;
        }
        catch (UriFormatException)
        {
            return null; // Some hosts that a URI may have are no domain names, and an exception is how that is said.
        }
    }

    /// <summary>The address with one more query parameter, whose value needs no escaping.</summary>
    public static string With(string address, string name, string value)
    {
        var fragment = address.IndexOf('#', StringComparison.Ordinal);
        var end = fragment < 0 ? address.Length : fragment;
        var separator = address.AsSpan(0, end).Contains('?') ? '&' : '?';
        return string.Concat(address.AsSpan(0, end), $"{separator}{name}={value}", address.AsSpan(end));
    }
}
