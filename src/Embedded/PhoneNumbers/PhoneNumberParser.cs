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
        if (text.Length > LongestText) throw new NumberParseException(ErrorType.TOO_LONG, "The text is too long for a telephone number.");

        Span<char> buffer = stackalloc char[LongestText];
        ReadOnlySpan<char> digits = buffer[..WrittenNumber.Read(text, buffer, out var hasPlus)];
        var home = plans.OfRegion(defaultRegion);
        if (!hasPlus && home is null) throw new NumberParseException(ErrorType.INVALID_COUNTRY_CODE, "There is neither a calling code nor a region.");

        var plan = hasPlus ? TakeCodeAfterPlus(ref digits, home) : TakeCode(ref digits, home!) ?? home!;
        return Build(plan, NationalNumber(plan, digits));
    }

    private NumberingPlan TakeCodeAfterPlus(ref ReadOnlySpan<char> digits, NumberingPlan? home) =>
        TakeCallingCode(ref digits)
        // Some write the plus before what is dialled at home.
        ?? (home is null ? null : TakeCode(ref digits, home))
        ?? throw UnknownCallingCode();

    /// <summary>Takes a calling code that is written without a plus; null where there is none.</summary>
    private NumberingPlan? TakeCode(ref ReadOnlySpan<char> digits, NumberingPlan home)
    {
        if (home.TakeInternationalPrefix(ref digits)) return TakeCallingCode(ref digits) ?? throw UnknownCallingCode();
        if (!digits.StartsWith(home.CallingCode)) return null;

        var rest = home.WithoutNationalPrefix(digits[home.CallingCode.Length..]);
        var onlyRestFits = !home.Matches(digits) && home.Matches(rest);
        if (!onlyRestFits && home.Check(digits.Length) != LengthCheck.TooLong) return null;
        digits = rest;
        return plans.OfCallingCode(home.CountryCode)[0];
    }

    private NumberingPlan? TakeCallingCode(ref ReadOnlySpan<char> digits)
    {
        if (digits.Length > ShortestNationalNumber) return plans.TakeCallingCode(ref digits);
        throw new NumberParseException(ErrorType.TOO_SHORT_AFTER_IDD, "Too few digits follow the international prefix.");
    }

    private static ReadOnlySpan<char> NationalNumber(NumberingPlan plan, ReadOnlySpan<char> digits)
    {
        if (digits.Length < ShortestNationalNumber) throw TooShort();

        // What is left without the prefix must be a number by its length: else it was a short number that begins like the prefix.
        var rest = plan.WithoutNationalPrefix(digits);
        if (plan.Check(rest.Length) is LengthCheck.Possible or LengthCheck.TooLong) digits = rest;
        return digits.Length switch
        {
            < ShortestNationalNumber => throw TooShort(),
            > LongestNationalNumber => throw new NumberParseException(ErrorType.TOO_LONG, "There are more digits than in any telephone number."),
            _ => digits,
        };
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

    private static NumberParseException UnknownCallingCode() => new(ErrorType.INVALID_COUNTRY_CODE, "The calling code is nobody's.");

    private static NumberParseException TooShort() => new(ErrorType.TOO_SHORT_NSN, "There are too few digits for a telephone number.");
}
