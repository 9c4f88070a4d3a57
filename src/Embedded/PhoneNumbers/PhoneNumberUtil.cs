using System.Globalization;

namespace PhoneNumbers;

/// <summary>Reads, checks and writes telephone numbers: the slice of libphonenumber-csharp that the engine uses.</summary>
public sealed class PhoneNumberUtil
{
    private const string UnknownRegion = "ZZ";
    private const int LongestNumber = 40;

    private static readonly PhoneNumberUtil Instance = new();

    private readonly NumberingPlans plans = new();
    private readonly HashSet<string> regions;
    private readonly PhoneNumberParser parser;

    private PhoneNumberUtil()
    {
        regions = [.. plans.Regions];
        parser = new(plans);
    }

    /// <summary>The one instance. It may be used by many threads at once.</summary>
    public static PhoneNumberUtil GetInstance() => Instance;

    /// <summary>Reads a number in any of the usual forms.</summary>
    /// <param name="numberToParse">The text, at most 250 characters.</param>
    /// <param name="defaultRegion">The region (such as <c>US</c>) whose number it is when the text names no calling code.</param>
    /// <exception cref="NumberParseException">The text cannot be a telephone number.</exception>
    public PhoneNumber Parse(string numberToParse, string? defaultRegion) => parser.Parse(numberToParse, defaultRegion);

    /// <summary>Whether the number is in a range that its region's numbering plan has given out.</summary>
    public bool IsValidNumber(PhoneNumber number)
    {
        var national = number.WriteNationalNumber(stackalloc char[LongestNumber]);
        return plans.OfNumber(number.CountryCode, national)?.IsValid(national) ?? false;
    }

    /// <summary>Writes the number.</summary>
    public string Format(PhoneNumber number, PhoneNumberFormat numberFormat)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(numberFormat, PhoneNumberFormat.E164);
        var national = number.WriteNationalNumber(stackalloc char[LongestNumber]);
        return string.Create(CultureInfo.InvariantCulture, stackalloc char[LongestNumber], $"+{number.CountryCode}{national}");
    }

    /// <summary>The number's region: of those that share its calling code, the one whose plan has the number; null if none has.</summary>
    public string? GetRegionCodeForNumber(PhoneNumber number)
    {
        var national = number.WriteNationalNumber(stackalloc char[LongestNumber]);
        return plans.OfNumber(number.CountryCode, national)?.Region;
    }

    /// <summary>The main region of a calling code, <c>001</c> for one of the world's own, <c>ZZ</c> for an unknown one.</summary>
    public string GetRegionCodeForCountryCode(int countryCallingCode) =>
        plans.OfCallingCode(countryCallingCode) is [var main, ..] ? main.Region : UnknownRegion;

    /// <summary>The calling code of a region, 0 for an unknown one.</summary>
    public int GetCountryCodeForRegion(string? regionCode) => plans.OfRegion(regionCode)?.CountryCode ?? 0;

    /// <summary>Every region that has a numbering plan. Not to be changed.</summary>
    public HashSet<string> GetSupportedRegions() => regions;
}
