using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.Storage;

/// <summary>
/// How a lead is linked to a person of its account. With an e-mail address it is the person who has it; else the person without one who has
/// the phone number, who gains the address; else somebody new. Without an address it is the person without one who has the phone number;
/// else of those with one who have the number the one whose id is the lowest; else somebody new.
/// </summary>
internal static class Linking
{
    /// <summary>What tells who a new lead is.</summary>
    public static PersonKey KeyOf(NewLead lead) => new(lead.Email ?? lead.Profile.ContactEmail, lead.Phone ?? lead.Profile.ContactPhone);

    /// <summary>What tells who a lead is.</summary>
    public static PersonKey KeyOf(Lead lead) => new(lead.Email ?? lead.Profile.ContactEmail, lead.Phone ?? lead.Profile.ContactPhone);

    /// <summary>What is known at first of a person who comes with a new lead.</summary>
    public static PersonDetails DetailsOf(NewLead lead) => lead.Person ?? DetailsOf(lead.Profile);

    /// <summary>What is known at first of a person who comes with a lead that is linked anew.</summary>
    public static PersonDetails DetailsOf(LeadProfile profile) => new() { FirstName = profile.FirstName, LastName = profile.LastName };

    /// <summary>The person with what a lead knows and the person lacks; null when that is nothing. The version is as it was.</summary>
    public static Person? Complete(Person person, Lead lead)
    {
        var details = person.Details;
        var (first, last) = (details.FirstName ?? lead.Profile.FirstName, details.LastName ?? lead.Profile.LastName);
        var phone = person.Phone ?? KeyOf(lead).Phone;
        if (first == details.FirstName && last == details.LastName && phone == person.Phone) return null;
        return person with { Phone = phone, Details = details with { FirstName = first, LastName = last } };
    }
}

/// <summary>What tells who somebody is to an account: the e-mail address, else the phone number. At least one is set.</summary>
/// <param name="Email">Normalized e-mail address.</param>
/// <param name="Phone">Phone number in E.164 form.</param>
internal readonly record struct PersonKey(string? Email, string? Phone);
