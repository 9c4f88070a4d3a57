using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>
/// The codes of inbound webhooks: campaign, tag and source, and a MAC, so that nobody makes one up and nothing needs to be kept. They are
/// good for as long as the campaign is, unless they are withdrawn: of these it keeps the MAC.
/// </summary>
internal sealed class InboundLinks(ReadOnlySpan<byte> secret)
{
    /// <summary>The longest source, in bytes of UTF-8.</summary>
    public const int MaxSourceBytes = 1_020;

    private const int HeadLength = 1 + sizeof(long) + sizeof(long);
    private const int MacLength = 16;
    private const int MaxLength = HeadLength + MaxSourceBytes + MacLength;

    private readonly byte[] _secret = secret.ToArray();

    public string Create(InboundLink link) => Base64Url.EncodeToString(Encode(link));

    /// <summary>Makes a code that is none of those withdrawn.</summary>
    public string Create(InboundLink link, IReadOnlyCollection<string> withdrawn)
    {
        while (withdrawn.Contains(IdOf(link))) link = link with { Edition = checked((byte)(link.Edition + 1)) };
        return Create(link);
    }

    /// <summary>What is kept of a code that is withdrawn.</summary>
    public string IdOf(InboundLink link) => Base64Url.EncodeToString(Encode(link).AsSpan(^MacLength..));

    /// <summary>Whether a text has the form of what <see cref="IdOf"/> makes.</summary>
    public static bool IsId(string? text) => Base64Url.IsValid(text, out var length) && length == MacLength;

    private byte[] Encode(InboundLink link)
    {
        var source = Encoding.UTF8.GetBytes(link.Source);
        var code = new byte[HeadLength + source.Length + MacLength];
        code[0] = checked((byte)(link.Edition + 1));
        BinaryPrimitives.WriteInt64BigEndian(code.AsSpan(1), link.CampaignId);
        BinaryPrimitives.WriteInt64BigEndian(code.AsSpan(9), link.TagId);
        source.CopyTo(code, HeadLength);
        Sign(code.AsSpan(..^MacLength), code.AsSpan(^MacLength..));
        return code;
    }

    /// <returns>Null when it is forged or damaged.</returns>
    public InboundLink? Read(string? text)
    {
        if (text is null || text.Length > Base64Url.GetEncodedLength(MaxLength) || !Base64Url.IsValid(text)) return null;
        var code = Base64Url.DecodeFromChars(text);
        if (code.Length < HeadLength + MacLength || code[0] == 0) return null;
        Span<byte> mac = stackalloc byte[MacLength];
        Sign(code.AsSpan(..^MacLength), mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, code.AsSpan(^MacLength..))) return null;
        return new InboundLink(
            BinaryPrimitives.ReadInt64BigEndian(code.AsSpan(1)),
            BinaryPrimitives.ReadInt64BigEndian(code.AsSpan(9)),
            Encoding.UTF8.GetString(code.AsSpan(HeadLength..^MacLength)),
            (byte)(code[0] - 1));
    }

    private void Sign(ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, signed, digest);
        digest[..MacLength].CopyTo(mac);
    }
}

/// <summary>What an inbound webhook does with those whom it signs up.</summary>
/// <param name="CampaignId">Where.</param>
/// <param name="TagId">The tag that they get; 0 for none.</param>
/// <param name="Source">Where they come from, unless they say so themselves.</param>
/// <param name="Edition">How many codes of the same were withdrawn before.</param>
internal sealed record InboundLink(long CampaignId, long TagId, string Source, byte Edition = 0);
