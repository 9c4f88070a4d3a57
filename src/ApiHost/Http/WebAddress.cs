namespace LeadEngine.ApiHost.Http;

/// <summary>Addresses of web pages.</summary>
internal static class WebAddress
{
    /// <summary>Whether a text is an absolute http or https address.</summary>
    public static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    /// <summary>The address with one more query parameter, whose value needs no escaping.</summary>
    public static string With(string address, string name, string value)
    {
        var fragment = address.IndexOf('#', StringComparison.Ordinal);
        var end = fragment < 0 ? address.Length : fragment;
        var separator = address.AsSpan(0, end).Contains('?') ? '&' : '?';
        return string.Concat(address.AsSpan(0, end), $"{separator}{name}={value}", address.AsSpan(end));
    }
}
