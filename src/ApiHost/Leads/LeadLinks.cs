using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace LeadEngine.ApiHost.Leads;

/// <summary>What a link lets its holder do with a lead. The numbers are signed.</summary>
internal enum LinkPurpose : byte
{
    /// <summary>Opt out, and take that back.</summary>
    OptOut = 1,

    /// <summary>Verify the e-mail address.</summary>
    Verification = 2,

    /// <summary>Come to the page that takes the code of a text message.</summary>
    PhoneVerification = 3,
}

/// <summary>
/// Signed tokens that let whoever holds one do one thing with a lead: purpose, campaign, lead, last day and a MAC. One that was made for
/// one purpose is no good for another. They expire, so that an old mail that leaks does no harm for ever.
/// </summary>
internal sealed class LeadLinks(ReadOnlySpan<byte> secret, TimeProvider clock)
{
    private const int SignedLength = 1 + sizeof(long) + sizeof(long) + sizeof(ushort);
    private const int MacLength = 16;
    private const int TokenLength = SignedLength + MacLength;

    private readonly byte[] _secret = secret.ToArray();

    /// <summary>For how many days a link works.</summary>
    public static int LifetimeDays(LinkPurpose purpose) => purpose is LinkPurpose.OptOut ? 400 : 7;

    /// <summary>A token for a lead.</summary>
    public string Create(LinkPurpose purpose, long campaignId, long leadId)
    {
        Span<byte> token = stackalloc byte[TokenLength];
        token[0] = (byte)purpose;
        BinaryPrimitives.WriteInt64BigEndian(token[1..], campaignId);
        BinaryPrimitives.WriteInt64BigEndian(token[9..], leadId);
        BinaryPrimitives.WriteUInt16BigEndian(token[17..], (ushort)(Today() + LifetimeDays(purpose)));
        Sign(token[..SignedLength], token[SignedLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whom a token is for.</summary>
    /// <returns>Null when it is forged, damaged or made for another purpose.</returns>
    public LinkTarget? Read(LinkPurpose purpose, string text)
    {
        Span<byte> token = stackalloc byte[TokenLength];
        if (Base64Url.DecodeFromChars(text, token, out _, out var length) is not OperationStatus.Done || length != TokenLength) return null;
        Span<byte> mac = stackalloc byte[MacLength];
        Sign(token[..SignedLength], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, token[SignedLength..]) || token[0] != (byte)purpose) return null;
        return new LinkTarget(
            BinaryPrimitives.ReadInt64BigEndian(token[1..]),
            BinaryPrimitives.ReadInt64BigEndian(token[9..]),
            IsExpired: BinaryPrimitives.ReadUInt16BigEndian(token[17..]) < Today());
    }

    private void Sign(ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, signed, digest);
        digest[..MacLength].CopyTo(mac);
    }

    private int Today() => (int)(clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalDays;
}

/// <summary>The lead that a link is for.</summary>
internal readonly record struct LinkTarget(long CampaignId, long LeadId, bool IsExpired = false);
