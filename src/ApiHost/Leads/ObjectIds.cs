using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LeadEngine.ApiHost.Leads;

/// <summary>What a public id of 24 hexadecimal digits names.</summary>
internal enum ObjectKind
{
    /// <summary>A person of an account's directory.</summary>
    Person = 1,

    /// <summary>A lead of a campaign.</summary>
    Lead = 2,

    /// <summary>A campaign.</summary>
    Campaign = 3,

    /// <summary>An account.</summary>
    Workspace = 4,

    /// <summary>A place in a list: a rank.</summary>
    Rank = 5,

    /// <summary>A webhook.</summary>
    Webhook = 6,
}

/// <summary>
/// Public ids of 24 hexadecimal digits: a keyed permutation of what they name, so that they never collide and are decoded rather than
/// looked up. Of 2^48 made-up ids one decodes: nothing that was not given out is found.
/// </summary>
internal sealed class ObjectIds(ReadOnlySpan<byte> secret)
{
    /// <summary>The greatest number that has an id: 2^48 - 1.</summary>
    public const long MaxNumber = (1L << 48) - 1;

    private const int Length = 24;
    private const int KindShift = 40;

    private readonly Speck96 _cipher = new(secret[..Speck96.KeyBytes]);

    /// <summary>The id of something.</summary>
    public string Encode(ObjectKind kind, long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxNumber);
        var (high, low) = _cipher.Encrypt((ulong)kind << KindShift, (ulong)number);
        return string.Create(CultureInfo.InvariantCulture, $"{high:x12}{low:x12}");
    }

    /// <summary>What an id names, in either case. That it has the right form does not mean that it exists.</summary>
    public bool TryDecode(ObjectKind kind, [NotNullWhen(true)] string? id, out long number)
    {
        number = 0;
        if (id is not { Length: Length }) return false;
        if (!TryReadWord(id.AsSpan(0, Length / 2), out var high) || !TryReadWord(id.AsSpan(Length / 2), out var low)) return false;

        var (found, decoded) = _cipher.Decrypt(high, low);
        if (found != (ulong)kind << KindShift) return false;
        number = (long)decoded;
        return true;
    }

    private static bool TryReadWord(ReadOnlySpan<char> digits, out ulong word) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out word);
}
