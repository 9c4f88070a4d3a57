using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace PhoneNumbers;

/// <summary>How numbers of one region are made. Patterns are compiled when first used: most regions never are.</summary>
internal sealed class NumberingPlan(string[] columns)
{
    public string CallingCode { get; } = columns[0];

    public int CountryCode { get; } = int.Parse(columns[0], CultureInfo.InvariantCulture);

    public string Region { get; } = columns[1];

    private readonly uint lengths = Lengths(columns[2]);
    private readonly string transform = columns[5];

    private Regex? InternationalPrefix => field ??= Prefix(columns[3]);

    private Regex? NationalPrefix => field ??= Prefix(columns[4]);

    private DigitPattern? LeadingDigits => field ??= columns[6].Length == 0 ? null : new($@"(?:{columns[6]})\d{{0,17}}");

    private DigitPattern General => field ??= new(columns[7]);

    private DigitPattern Valid => field ??= new(columns[8]);

    public bool Matches(ReadOnlySpan<char> national) => General.Matches(national);

    public bool IsValid(ReadOnlySpan<char> national) =>
        HasLength(national.Length) && General.Matches(national) && Valid.Matches(national);

    /// <summary>Whether a number of a calling code that several regions share is this region's.</summary>
    public bool Claims(ReadOnlySpan<char> national) => LeadingDigits?.Matches(national) ?? IsValid(national);

    public bool IsTooLong(int length) => length > BitOperations.Log2(lengths);

    public bool HasLength(int length) => length < 32 && (lengths >> length & 1) != 0;

    public bool TakeInternationalPrefix(ref ReadOnlySpan<char> digits)
    {
        if (InternationalPrefix is null) return false;
        foreach (var match in InternationalPrefix.EnumerateMatches(digits))
        {
            // No calling code begins with 0.
            if (match.Length < digits.Length && digits[match.Length] == '0') return false;
            digits = digits[match.Length..];
            return true;
        }

        return false;
    }

    public ReadOnlySpan<char> WithoutNationalPrefix(ReadOnlySpan<char> digits)
    {
        if (digits.Length == 0 || NationalPrefix is null || !NationalPrefix.IsMatch(digits)) return digits;
        var match = NationalPrefix.Match(digits.ToString());
        var rest = digits[match.Length..];
        if (transform.Length > 0 && match.Groups[^1].Success) rest = string.Concat(match.Result(transform), rest);
        return Matches(digits) && !Matches(rest) ? digits : rest;
    }

    private static uint Lengths(string list) =>
        list.Split(',').Aggregate(0u, (set, length) => set | 1u << int.Parse(length, CultureInfo.InvariantCulture));

    private static Regex? Prefix(string pattern) => pattern.Length == 0 ? null : new($"^(?:{pattern})", RegexOptions.CultureInvariant);
}
