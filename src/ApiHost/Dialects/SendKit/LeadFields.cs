using System.Collections.Immutable;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>What one JSON object says of a person. A text is null when nothing was sent, and empty when the value shall go.</summary>
internal sealed class LeadFields
{
    /// <summary>The custom field that keeps a phone number which cannot be read.</summary>
    public const string PhoneField = "phone";

    public string? LeadId { get; set; }

    /// <summary>The e-mail address as it was sent.</summary>
    public string? EmailText { get; set; }

    public string? Phone { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? CompanyName { get; set; }

    public string? JobTitle { get; set; }

    public string? LinkedinUrl { get; set; }

    public string? City { get; set; }

    public string? State { get; set; }

    public string? Country { get; set; }

    public ImmutableArray<string>? Tags { get; set; }

    /// <summary>Custom fields by name; the JSON <c>null</c> takes one away.</summary>
    public Dictionary<string, string>? CustomFields { get; set; }

    public bool? EmailVerified { get; set; }

    public string? EmailVerificationResult { get; set; }

    /// <summary>The first thing that is wrong with the object; null when nothing is.</summary>
    public string? Problem { get; set; }

    /// <summary>The normalized e-mail address; null when there is no valid one.</summary>
    public string? Email() => EmailText is null ? null : EmailAddress.Normalize(EmailText);

    /// <summary>Somebody who may be new.</summary>
    /// <param name="region">The region in which a phone number without a country is read.</param>
    public NewPerson ToPerson(string region)
    {
        var phone = ReadPhone(region);
        return new NewPerson { Email = Email(), Phone = phone is { Length: > 0 } ? phone : null, Details = ToDetails() };
    }

    /// <summary>A change of somebody.</summary>
    /// <param name="region">The region in which a phone number without a country is read.</param>
    public PersonPatch ToPatch(string region)
    {
        var phone = ReadPhone(region);
        return new PersonPatch
        {
            FirstName = FirstName,
            LastName = LastName,
            CompanyName = CompanyName,
            JobTitle = JobTitle,
            LinkedinUrl = LinkedinUrl,
            City = City,
            State = State,
            Country = Country,
            Tags = Tags,
            CustomFields = [.. (CustomFields ?? []).Select(field => new CustomField(field.Key, field.Value))],
            Phone = phone,
            EmailVerified = EmailVerified,
            EmailVerificationResult = EmailVerificationResult,
        };
    }

    /// <summary>Details of somebody who is new.</summary>
    private PersonDetails ToDetails() => new()
    {
        FirstName = Filled(FirstName),
        LastName = Filled(LastName),
        CompanyName = Filled(CompanyName),
        JobTitle = Filled(JobTitle),
        LinkedinUrl = Filled(LinkedinUrl),
        City = Filled(City),
        State = Filled(State),
        Country = Filled(Country),
        Tags = Tags ?? [],
        CustomFields = CustomFields is null
            ? []
            : [.. CustomFields.Where(field => field.Value != "null").Select(field => new CustomField(field.Key, field.Value))],
        EmailVerified = EmailVerified ?? false,
        EmailVerificationResult = Filled(EmailVerificationResult),
    };

    // A number that cannot be read is kept as it was sent, as a custom field; one that can takes such a custom field away.
    private string? ReadPhone(string region)
    {
        if (Phone is not { Length: > 0 }) return Phone;
        var phone = ContactPhone.Read(Phone, Country, region);
        if (phone is null) (CustomFields ??= [])[PhoneField] = JsonText(Phone);
        return phone;
    }

    private static string JsonText(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
