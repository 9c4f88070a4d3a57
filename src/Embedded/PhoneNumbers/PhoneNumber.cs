using System.Globalization;

namespace PhoneNumbers;

/// <summary>A telephone number, told apart into country calling code and national number.</summary>
public sealed class PhoneNumber
{
    internal PhoneNumber()
    {
    }

    /// <summary>The country calling code, such as 1 or 44.</summary>
    public int CountryCode { get; internal init; }

    /// <summary>The national (significant) number without its leading zeros.</summary>
    public ulong NationalNumber { get; internal init; }

    /// <summary>How many zeros stand before <see cref="NationalNumber"/> and are dialled, as in Italy.</summary>
    public int NumberOfLeadingZeros { get; internal init; }

    internal ReadOnlySpan<char> WriteNationalNumber(Span<char> buffer)
    {
        buffer[..NumberOfLeadingZeros].Fill('0');
        NationalNumber.TryFormat(buffer[NumberOfLeadingZeros..], out var written, provider: CultureInfo.InvariantCulture);
        return buffer[..(NumberOfLeadingZeros + written)];
    }
}
