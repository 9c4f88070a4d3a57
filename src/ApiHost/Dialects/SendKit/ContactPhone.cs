using LeadEngine.Grains.Leads;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Phone numbers as contact data: one that cannot be read never fails anything.</summary>
internal static class ContactPhone
{
    /// <summary>The region in which a number is read where neither country nor campaign tells another.</summary>
    public const string DefaultRegion = "US";

    // No valid number is shorter or longer; what is need not be parsed, and may be in every entry of a hostile body.
    private const int MinLength = 5;
    private const int MaxLength = 64;

    /// <summary>A phone number in E.164 form.</summary>
    /// <param name="text">The number as sent.</param>
    /// <param name="country">The person's country: where it is the code of a region, a number without a country is read there.</param>
    /// <param name="region">The region where it is read otherwise.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static string? Read(string text, string? country, string region)
    {
        if (text.Length is < MinLength or > MaxLength) return null;
        var ofPerson = country?.Trim().ToUpperInvariant();
        return PhoneNormalizer.Normalize(text, null, ofPerson is { Length: 2 } && PhoneNormalizer.IsRegion(ofPerson) ? ofPerson : region);
    }
}
