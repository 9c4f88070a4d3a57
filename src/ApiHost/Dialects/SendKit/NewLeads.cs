using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>People as leads to add to a campaign: the e-mail address alone identifies, and the phone number is contact data.</summary>
internal static class NewLeads
{
    public static NewLead Of(NewPerson person, RequestStamp request) => Of(person.Email, person.Phone, person.Details, request);

    public static NewLead Of(Person person, RequestStamp request) => Of(person.Email, person.Phone, person.Details, request);

    // Other dialects bring people who have no e-mail address: those are known by their phone number.
    private static NewLead Of(string? email, string? phone, PersonDetails details, RequestStamp request) => new()
    {
        Request = request,
        Email = email,
        Phone = phone,
        IdentifiedBy = email is null ? Identification.Phone : Identification.Email,
        Profile = new LeadProfile
        {
            FirstName = details.FirstName,
            LastName = details.LastName,
            ContactPhone = email is null ? null : phone,
        },
        Person = details,
    };
}
