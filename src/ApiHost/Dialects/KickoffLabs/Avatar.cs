using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Gravatar addresses.</summary>
internal static class Avatar
{
    /// <summary>The picture of somebody; a pattern for those who have none.</summary>
    public static string Of(string identity) => Of(identity, "identicon");

    /// <param name="identity">Whose.</param>
    /// <param name="otherwise">What those get who have no picture: a name of Gravatar's, or an address that is escaped.</param>
    [SuppressMessage("Security", "CA5351", Justification = "Gravatar's addresses are MD5 digests; nothing is kept secret by it.")]
    public static string Of(string identity, string otherwise)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes(identity), digest);
        return $"https://www.gravatar.com/avatar/{Convert.ToHexStringLower(digest)}?r=g&d={otherwise}&s=600";
    }
}
