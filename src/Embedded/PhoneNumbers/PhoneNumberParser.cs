using System.Globalization;

namespace PhoneNumbers;

/// <summary>Tells calling code and national number apart.</summary>
internal sealed class PhoneNumberParser(NumberingPlans plans)
{
    private const int ShortestNationalNumber = 2;
    private const int LongestNationalNumber = 17;
    private const int LongestText = 250;

    public PhoneNumber Parse(string text, string? defaultRegion)
    {
        if (text is null) throw new NumberParseException(ErrorType.NOT_A_NUMBER, "There is no text.");
        if (text.Length > LongestText) throw TooLong();

        Span<char> buffer = stackalloc char[LongestText];
        ReadOnlySpan<char> digits = buffer[..WrittenNumber.Read(text, buffer, out var plusSigns)];
        var home = plans.OfRegion(defaultRegion);
        if (plusSigns == 0 && home is null) throw UnknownCallingCode();

        var plan = plusSigns switch
        {
            0 => TakeCode(ref digits, home!) ?? home!,
            // Some write a plus before what they dial at home.
            1 when home is not null => TakeCallingCode(ref digits) ?? TakeCode(ref digits, home) ?? throw UnknownCallingCode(),
            _ => TakeCallingCode(ref digits) ?? throw UnknownCallingCode(),
        };
        return Build(plan, NationalNumber(plan, digits));
    }

    /// <summary>Takes a calling code that is written without a plus; null where there is none.</summary>
    private NumberingPlan? TakeCode(ref ReadOnlySpan<char> digits, NumberingPlan home)
    {
        if (home.TakeInternationalPrefix(ref digits)) return TakeCallingCode(ref digits) ?? throw UnknownCallingCode();
        if (!digits.StartsWith(home.CallingCode)) return null;

        var rest = home.WithoutNationalPrefix(digits[home.CallingCode.Length..]);
        var onlyRestFits = !home.Matches(digits) && home.Matches(rest);
        if (!onlyRestFits && !home.IsTooLong(digits.Length)) return null;
        digits = rest;
        return plans.OfCallingCode(home.CountryCode)[0];
    }

    private NumberingPlan? TakeCallingCode(ref ReadOnlySpan<char> digits)
    {
        if (digits.Length > ShortestNationalNumber) return plans.TakeCallingCode(ref digits);
        throw new NumberParseException(ErrorType.TOO_SHORT_AFTER_IDD, "Too few digits follow the plus or international prefix.");
    }

    private static ReadOnlySpan<char> NationalNumber(NumberingPlan plan, ReadOnlySpan<char> digits)
    {
        if (digits.Length < ShortestNationalNumber) throw TooShort();

        // What is left without the prefix must be a number by its length: else it was a short number that begins like the prefix.
        var rest = plan.WithoutNationalPrefix(digits);
        if (plan.HasLength(rest.Length) || plan.IsTooLong(rest.Length)) digits = rest;
        if (digits.Length < ShortestNationalNumber) throw TooShort();
        return digits.Length <= LongestNationalNumber ? digits : throw TooLong();
    }

    private static PhoneNumber Build(NumberingPlan plan, ReadOnlySpan<char> national)
    {
        var zeros = national[..^1].IndexOfAnyExcept('0');
        return new()
        {
            CountryCode = plan.CountryCode,
            NationalNumber = ulong.Parse(national, CultureInfo.InvariantCulture),
            NumberOfLeadingZeros = zeros < 0 ? national.Length - 1 : zeros,
        };
    }

    private static NumberParseException UnknownCallingCode() =>
        new(ErrorType.INVALID_COUNTRY_CODE, "The calling code is nobody's, or there is neither one nor a known region.");

    private static NumberParseException TooShort() => new(ErrorType.TOO_SHORT_NSN, "There are too few digits for a telephone number.");

    private static NumberParseException TooLong() => new(ErrorType.TOO_LONG, "The text is too long for a telephone number.");
}
