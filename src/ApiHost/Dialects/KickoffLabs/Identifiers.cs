using LeadEngine.Grains.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>The parameters that say which lead a request is about.</summary>
internal static class Identifiers
{
    public static string? Email(ParameterSet parameters)
    {
        if (parameters[Parameter.Email].Kind is ValueKind.Number)
        {
            parameters.Problems.Add(Parameter.Email, "invalid_email", "must be a string");
            return null;
        }

        if (parameters.Text(Parameter.Email) is not { } text) return null;
        if (EmailAddress.Normalize(text) is { } email) return email;
        parameters.Problems.Add(Parameter.Email, "invalid_email", "is not a valid e-mail address");
        return null;
    }

    public static string? Phone(ParameterSet parameters, string defaultRegion)
    {
        if (parameters.Text(Parameter.PhoneNumber) is not { } text) return null;
        if (PhoneNormalizer.Normalize(text, parameters.Text(Parameter.CountryCode), defaultRegion) is { } phone) return phone;
        parameters.Problems.Add(Parameter.PhoneNumber, "invalid_phone_number", "is not a valid phone number");
        return null;
    }

    /// <summary>The social id that came with an e-mail address or a phone number.</summary>
    public static string? ReferrerId(ParameterSet parameters) =>
        OwnSocialId(parameters) ?? parameters.Text(Parameter.SocialId, Parameter.Kid, Parameter.Kolid);

    /// <summary>
    /// The social id that may name the lead itself. One in the address of a page is the referrer's: without this rule, an empty form on a
    /// page that a referral link led to would change the referrer.
    /// </summary>
    public static string? OwnSocialId(ParameterSet parameters)
    {
        foreach (var parameter in (ReadOnlySpan<Parameter>)[Parameter.SocialId, Parameter.Kid, Parameter.Kolid])
        {
            if (parameters[parameter].Origin is not Origin.Link && parameters.Text(parameter) is { } text) return text;
        }

        return null;
    }

    /// <summary>Whether an identifier came at all, right or wrong.</summary>
    public static bool IsAnyGiven(ParameterSet parameters) =>
        IsGiven(parameters, Parameter.Email) || IsGiven(parameters, Parameter.PhoneNumber) || OwnSocialId(parameters) is not null;

    private static bool IsGiven(ParameterSet parameters, Parameter parameter) =>
        parameters[parameter] is { Kind: not ValueKind.None, Text: var text } && (text is null || !string.IsNullOrWhiteSpace(text));
}
