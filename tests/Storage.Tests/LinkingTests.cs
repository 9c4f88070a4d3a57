using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests;

public sealed class LinkingTests
{
    [Fact]
    public void KeyOf_IdentifiersAndContactData_TakesTheIdentifiersFirst()
    {
        var contact = new LeadProfile { ContactEmail = "contact@x.org", ContactPhone = "+15551230009" };

        Assert.Equal(new PersonKey("a@x.org", "+15551230009"), Linking.KeyOf(Make.Person("a@x.org") with { Profile = contact }));
        Assert.Equal(new PersonKey("contact@x.org", "+15551230001"), Linking.KeyOf(Lead(contact, phone: "+15551230001")));
    }

    [Fact]
    public void DetailsOf_NewLead_AreItsPersonElseItsNames()
    {
        var lead = Make.Person("a@x.org") with { Profile = new() { FirstName = "Ada", LastName = "King", Tags = ["not theirs"] } };
        var details = new PersonDetails { CompanyName = "Acme" };

        Assert.Same(details, Linking.DetailsOf(lead with { Person = details }));
        SamePerson.Assert(new PersonDetails { FirstName = "Ada", LastName = "King" }, Linking.DetailsOf(lead));
    }

    [Fact]
    public void Complete_WhatThePersonLacks_IsFilledIn()
    {
        var person = Person("a@x.org", null, new() { FirstName = "Ada", City = "London" });
        var lead = Lead(new() { FirstName = "Augusta", LastName = "King", ContactPhone = "+15551230001" }, email: "a@x.org");

        var completed = Linking.Complete(person, lead);

        var expected = person with { Phone = "+15551230001", Details = person.Details with { LastName = "King" } };
        SamePerson.Assert(expected, completed);
    }

    [Fact]
    public void Complete_NothingIsLacking_IsNull()
    {
        var person = Person("a@x.org", "+15551230001", new() { FirstName = "Ada", LastName = "King" });
        var lead = Lead(new() { FirstName = "Other", LastName = "Name" }, email: "a@x.org", phone: "+15551230002");

        Assert.Null(Linking.Complete(person, lead));
    }

    private static Lead Lead(LeadProfile profile, string? email = null, string? phone = null) =>
        new() { Id = 1, CampaignId = 1, Rank = 1, CreatedAt = Make.Noon, Counter = 1, Email = email, Phone = phone, Profile = profile };

    private static Person Person(string? email, string? phone, PersonDetails details) => new()
    {
        Id = 1,
        AccountId = 1,
        Version = 1,
        Email = email,
        Phone = phone,
        CreatedAt = Make.Noon,
        UpdatedAt = Make.Noon,
        Details = details,
    };
}
