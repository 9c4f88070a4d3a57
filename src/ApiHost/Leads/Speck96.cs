using System.Buffers.Binary;

namespace LeadEngine.ApiHost.Leads;

/// <summary>
/// The block cipher Speck96/144 (Beaulieu and others, "The SIMON and SPECK families of lightweight block ciphers"): a keyed permutation of
/// 96 bits, which is exactly what an id of 24 hexadecimal digits has.
/// </summary>
internal sealed class Speck96
{
    /// <summary>How many bytes of key there are.</summary>
    public const int KeyBytes = KeyWords * WordBytes;

    private const int WordBytes = 6;
    private const int KeyWords = 3;
    private const int Rounds = 29;
    private const int WordBits = 48;
    private const ulong WordMask = (1UL << WordBits) - 1;

    private readonly ulong[] _roundKeys = new ulong[Rounds];

    /// <param name="key">The key, its last word first, as the paper writes it.</param>
    public Speck96(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes);
        Span<ulong> words = stackalloc ulong[KeyWords - 1 + Rounds];
        for (var i = 0; i < KeyWords - 1; i++) words[i] = ReadWord(key[((KeyWords - 2 - i) * WordBytes)..]);
        _roundKeys[0] = ReadWord(key[((KeyWords - 1) * WordBytes)..]);
        for (var i = 0; i < Rounds - 1; i++)
        {
            words[i + KeyWords - 1] = ((_roundKeys[i] + RotateRight(words[i], 8)) & WordMask) ^ (ulong)i;
            _roundKeys[i + 1] = RotateLeft(_roundKeys[i], 3) ^ words[i + KeyWords - 1];
        }
    }

    /// <summary>Enciphers two words of 48 bits.</summary>
    public (ulong High, ulong Low) Encrypt(ulong high, ulong low)
    {
        foreach (var key in _roundKeys)
        {
            high = ((RotateRight(high, 8) + low) & WordMask) ^ key;
            low = RotateLeft(low, 3) ^ high;
        }

        return (high, low);
    }

    /// <summary>Deciphers two words of 48 bits.</summary>
    public (ulong High, ulong Low) Decrypt(ulong high, ulong low)
    {
        for (var round = Rounds - 1; round >= 0; round--)
        {
            low = RotateRight(high ^ low, 3);
            high = RotateLeft(((high ^ _roundKeys[round]) - low) & WordMask, 8);
        }

        return (high, low);
    }

    private static ulong ReadWord(ReadOnlySpan<byte> bytes) =>
        ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);

    private static ulong RotateRight(ulong word, int bits) => ((word >> bits) | (word << (WordBits - bits))) & WordMask;

    private static ulong RotateLeft(ulong word, int bits) => ((word << bits) | (word >> (WordBits - bits))) & WordMask;
}
