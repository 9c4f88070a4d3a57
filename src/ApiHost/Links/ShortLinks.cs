using System.Security.Cryptography;
using LeadEngine.ApiHost.Http;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Links;

/// <summary>Makes short links: <c>{public address}/l/{code}</c>.</summary>
internal sealed class ShortLinks(PublicAddress address)
{
    public const string Path = "/l";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // 71 random bits: nobody guesses one of a billion links, and no two get the same.
    private const int CodeLength = 12;

    /// <summary>A new short link.</summary>
    /// <param name="url">The web address that it leads to, in ASCII.</param>
    public static ShortLink Create(string url) => new(RandomNumberGenerator.GetString(Alphabet, CodeLength), url);

    /// <summary>Whether a text has the form of a code, so that asking for it makes sense.</summary>
    public static bool IsCode(string text) => text.Length == CodeLength && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>The address of a short link, as whoever made it is told.</summary>
    public string AddressOf(string code, HttpRequest request) => $"{address.Of(request)}{Path}/{code}";
}
