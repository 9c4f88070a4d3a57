using PhoneNumbers;

namespace LeadEngine.Grains.Leads;

/// <summary>The form in which phone numbers identify: E.164.</summary>
public static class PhoneNormalizer
{
    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    /// <summary>Normalizes a valid phone number.</summary>
    /// <param name="text">The number in any written form.</param>
    /// <param name="countryCode">
    /// A calling code (<c>1</c>, <c>+1</c>) or a region (<c>US</c>) that came with it; null when none did.
    /// </param>
    /// <param name="defaultRegion">The region in which a number without a country is read.</param>
    /// <returns>Null when it is no valid number.</returns>
    public static string? Normalize(string text, string? countryCode, string defaultRegion)
    {
        try
        {
            var number = Parse(text, countryCode?.Trim().ToUpperInvariant(), defaultRegion);
            return number is not null && Plans.IsValidNumber(number) ? Plans.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null; // The library has no TryParse: an exception is how it says no.
        }
    }

    /// <summary>The region of a number that <see cref="Normalize"/> gave; null when it is no region's.</summary>
    public static string? RegionOf(string phone) => Plans.GetRegionCodeForNumber(Plans.Parse(phone, null));

    /// <summary>Whether phone numbers can be read in a region: two capitals, for example <c>US</c>.</summary>
    public static bool IsRegion(string region) => Plans.GetCountryCodeForRegion(region) != 0;

    private static PhoneNumber? Parse(string text, string? countryCode, string defaultRegion)
    {
        if (string.IsNullOrEmpty(countryCode) || text.AsSpan().TrimStart().StartsWith("+")) return Plans.Parse(text, defaultRegion);
        if (IsRegion(countryCode)) return Plans.Parse(text, countryCode);
        return int.TryParse(countryCode.TrimStart('+'), out var code) && code is > 0 and < 1000
            ? ParseWithCallingCode(text, code)
            : null;
    }

    private static PhoneNumber ParseWithCallingCode(string text, int code)
    {
        var region = Plans.GetRegionCodeForCountryCode(code);
        return region is "001" or "ZZ" ? Plans.Parse($"+{code}{text}", "ZZ") : Plans.Parse(text, region);
    }
}
