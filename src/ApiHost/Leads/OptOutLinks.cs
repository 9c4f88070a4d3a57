using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace LeadEngine.ApiHost.Leads;

/// <summary>
/// Signed tokens that let whoever holds one opt a lead out: campaign, lead, last day and a MAC. They expire, so that an old mail that
/// leaks does no harm for ever.
/// </summary>
internal sealed class OptOutLinks(ReadOnlySpan<byte> secret, TimeProvider clock)
{
    /// <summary>For how many days a link works.</summary>
    public const int LifetimeDays = 400;

    private const byte Version = 1;
    private const int SignedLength = 1 + sizeof(long) + sizeof(long) + sizeof(ushort);
    private const int MacLength = 16;
    private const int TokenLength = SignedLength + MacLength;

    private readonly byte[] _secret = secret.ToArray();

    /// <summary>A token for a lead.</summary>
    public string Create(long campaignId, long leadId)
    {
        Span<byte> token = stackalloc byte[TokenLength];
        token[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(token[1..], campaignId);
        BinaryPrimitives.WriteInt64BigEndian(token[9..], leadId);
        BinaryPrimitives.WriteUInt16BigEndian(token[17..], (ushort)(Today() + LifetimeDays));
        Sign(token[..SignedLength], token[SignedLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whom a token opts out.</summary>
    /// <returns>Null when it is forged, damaged or too old.</returns>
    public OptOutTarget? Read(string text)
    {
        Span<byte> token = stackalloc byte[TokenLength];
        if (Base64Url.DecodeFromChars(text, token, out _, out var length) is not OperationStatus.Done || length != TokenLength) return null;
        Span<byte> mac = stackalloc byte[MacLength];
        Sign(token[..SignedLength], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, token[SignedLength..]) || token[0] != Version) return null;
        return BinaryPrimitives.ReadUInt16BigEndian(token[17..]) >= Today()
            ? new OptOutTarget(BinaryPrimitives.ReadInt64BigEndian(token[1..]), BinaryPrimitives.ReadInt64BigEndian(token[9..]))
            : null;
    }

    private void Sign(ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, signed, digest);
        digest[..MacLength].CopyTo(mac);
    }

    private int Today() => (int)(clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalDays;
}

/// <summary>The lead that an opt-out link is for.</summary>
internal readonly record struct OptOutTarget(long CampaignId, long LeadId);
