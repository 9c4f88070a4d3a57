using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LeadEngine.Grains.Leads;

/// <summary>
/// Public ids of leads: a keyed permutation of the numeric ids, written in eight characters. They tell nothing of the order or number of
/// leads, never collide, and are decoded rather than looked up.
/// </summary>
public sealed class SocialIds
{
    private const int Length = 8;
    private const int HalfBits = 20;
    private const uint HalfMask = (1u << HalfBits) - 1;
    private const int Rounds = 6;

    // Digits and capitals without I, L, O and U, so that an id read aloud or typed keeps its meaning (Crockford's base 32).
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly ulong[] _roundKeys = new ulong[Rounds];

    /// <summary>The ids of an installation.</summary>
    /// <param name="secret">The installation's secret, 32 bytes.</param>
    public SocialIds(ReadOnlySpan<byte> secret)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var digest = HMACSHA256.HashData(secret, [(byte)round]);
            _roundKeys[round] = BinaryPrimitives.ReadUInt64LittleEndian(digest) | 1;
        }
    }

    /// <summary>The greatest numeric id that has a social id: 2^40 - 1.</summary>
    public const long MaxLeadId = (1L << (2 * HalfBits)) - 1;

    /// <summary>The social id of a lead.</summary>
    public string Encode(long leadId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leadId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leadId, MaxLeadId);
        var left = (uint)(leadId >> HalfBits);
        var right = (uint)leadId & HalfMask;
        for (var round = 0; round < Rounds; round++) (left, right) = (right, left ^ Mix(round, right));

        return string.Create(Length, ((ulong)left << HalfBits) | right, static (text, value) =>
        {
            for (var i = Length - 1; i >= 0; i--, value >>= 5) text[i] = Alphabet[(int)(value & 31)];
        });
    }

    /// <summary>The lead that a social id names, in either case. That it has the right form does not mean that the lead exists.</summary>
    public bool TryDecode([NotNullWhen(true)] string? socialId, out long leadId)
    {
        leadId = 0;
        if (socialId is not { Length: Length }) return false;
        ulong value = 0;
        foreach (var character in socialId)
        {
            var digit = Alphabet.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal);
            if (digit < 0) return false;
            value = (value << 5) | (uint)digit;
        }

        var left = (uint)(value >> HalfBits);
        var right = (uint)value & HalfMask;
        for (var round = Rounds - 1; round >= 0; round--) (left, right) = (right ^ Mix(round, left), left);
        leadId = ((long)left << HalfBits) | right;
        return true;
    }

    // A multiplicative hash with a secret odd factor and a secret start: not a cipher, but nothing an id reader can invert by looking.
    private uint Mix(int round, uint half)
    {
        var key = _roundKeys[round];
        var product = (half + (key >> 32)) * key;
        product ^= product >> 29;
        product *= 0xBF58476D1CE4E5B9;
        return (uint)(product >> 44) & HalfMask;
    }
}
