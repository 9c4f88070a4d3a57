using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Gravatar addresses.</summary>
internal static class Avatar
{
    [SuppressMessage("Security", "CA5351", Justification = "Gravatar's addresses are MD5 digests; nothing is kept secret by it.")]
    public static string Of(string identity)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes(identity), digest);
        return $"https://www.gravatar.com/avatar/{Convert.ToHexStringLower(digest)}?r=g&d=identicon&s=600";
    }
}
