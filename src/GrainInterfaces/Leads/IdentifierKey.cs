using System.Globalization;

namespace LeadEngine.Leads;

/// <summary>What kind of value identifies a lead inside its campaign.</summary>
public enum IdentifierKind
{
    /// <summary>An e-mail address: trimmed, NFC, invariant lower case, domain in its ASCII form.</summary>
    Email,

    /// <summary>A phone number in E.164 form.</summary>
    Phone,
}

/// <summary>The key of an <see cref="IIdentifierGrain"/>: campaign, kind and normalized value.</summary>
/// <param name="CampaignId">The campaign inside which the value identifies.</param>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Value">The normalized value.</param>
[GenerateSerializer, Immutable, Alias("leads.IdentifierKey")]
public readonly record struct IdentifierKey(
    [property: Id(0)] long CampaignId, [property: Id(1)] IdentifierKind Kind, [property: Id(2)] string Value)
{
    /// <summary>Reads a key that <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no identifier key.</exception>
    public static IdentifierKey Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || key.Length < slash + 4 || key[slash + 2] != '/') throw new FormatException("Not an identifier key.");
        var kind = key[slash + 1] switch
        {
            'e' => IdentifierKind.Email,
            'p' => IdentifierKind.Phone,
            _ => throw new FormatException("Not an identifier key."),
        };
        return new(long.Parse(key.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture), kind, key[(slash + 3)..]);
    }

    /// <summary>The grain key, for example <c>135544/e/ada@example.com</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{CampaignId}/{(Kind == IdentifierKind.Email ? 'e' : 'p')}/{Value}");
}
