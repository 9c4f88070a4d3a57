using System.Collections.Immutable;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.Grains.People;

/// <summary>What requests make of the people in a directory.</summary>
internal static class PersonRules
{
    /// <summary>Somebody new, with each tag once and without fields that hold nothing; null when that is too much.</summary>
    public static NewPerson? Tidy(NewPerson person)
    {
        var details = person.Details with
        {
            Tags = Once(person.Details.Tags),
            CustomFields = Merging.Fields([], person.Details.CustomFields),
        };
        return Fits(details) ? person with { Details = details } : null;
    }

    /// <summary>The person after a patch; null when that is too much.</summary>
    public static Person? Change(Person known, PersonPatch patch)
    {
        var details = known.Details with
        {
            FirstName = Say(patch.FirstName, known.Details.FirstName),
            LastName = Say(patch.LastName, known.Details.LastName),
            CompanyName = Say(patch.CompanyName, known.Details.CompanyName),
            JobTitle = Say(patch.JobTitle, known.Details.JobTitle),
            LinkedinUrl = Say(patch.LinkedinUrl, known.Details.LinkedinUrl),
            City = Say(patch.City, known.Details.City),
            State = Say(patch.State, known.Details.State),
            Country = Say(patch.Country, known.Details.Country),
            Tags = patch.Tags is { } tags ? Once(tags) : known.Details.Tags,
            CustomFields = Merging.Fields(known.Details.CustomFields, patch.CustomFields),
            EmailVerified = patch.EmailVerified ?? known.Details.EmailVerified,
            EmailVerificationResult = Say(patch.EmailVerificationResult, known.Details.EmailVerificationResult),
        };
        return Fits(details) ? known with { Phone = known.Email is null ? known.Phone : Say(patch.Phone, known.Phone), Details = details } : null;
    }

    /// <summary>What an import that shall change people says of one: what it does not say stays, and tags are added.</summary>
    public static PersonPatch PatchOf(Person known, NewPerson said) => new()
    {
        FirstName = said.Details.FirstName,
        LastName = said.Details.LastName,
        CompanyName = said.Details.CompanyName,
        JobTitle = said.Details.JobTitle,
        LinkedinUrl = said.Details.LinkedinUrl,
        City = said.Details.City,
        State = said.Details.State,
        Country = said.Details.Country,
        Tags = [.. known.Details.Tags, .. said.Details.Tags],
        CustomFields = said.Details.CustomFields,
        Phone = said.Phone,
        EmailVerified = said.Details.EmailVerified ? true : null,
        EmailVerificationResult = said.Details.EmailVerificationResult,
    };

    /// <summary>
    /// What tells people of one request apart: the e-mail address, which holds an @, else the phone number, which holds a +.
    /// </summary>
    public static string KeyOf(NewPerson person) => person.Email ?? person.Phone!;

    private static string? Say(string? said, string? known) => said switch
    {
        null => known,
        "" => null,
        _ => said,
    };

    private static ImmutableArray<string> Once(ImmutableArray<string> tags) => [.. tags.Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool Fits(PersonDetails details) =>
        details.Tags.Length <= PersonDetails.MaxTags && details.CustomFields.Length <= LeadProfile.MaxCustomFields;
}
