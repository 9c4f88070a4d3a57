using LeadEngine.Grains.People;
using LeadEngine.Leads;
using LeadEngine.People;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.People;

public sealed class PersonRulesTests
{
    [Fact]
    public void Change_WhatIsNotSaid_StaysAsItWas()
    {
        var person = Known(new PersonDetails { FirstName = "Ada", Country = "UK", Tags = ["vip"], EmailVerified = true });

        var changed = PersonRules.Change(person, new PersonPatch { LastName = "Lovelace" })!;

        Assert.Equal(person with { Details = person.Details with { LastName = "Lovelace" } }, changed);
    }

    [Fact]
    public void Change_EmptyText_TakesTheValueAway()
    {
        var person = Known(new PersonDetails { FirstName = "Ada", CompanyName = "Acme" }) with { Phone = "+1" };

        var changed = PersonRules.Change(person, new PersonPatch { FirstName = "", Phone = "" })!;

        Assert.Equal((null, "Acme", null), (changed.Details.FirstName, changed.Details.CompanyName, changed.Phone));
    }

    [Fact]
    public void Change_PhoneOfAPersonWhomItIdentifies_Stays()
    {
        var person = Known(new PersonDetails()) with { Email = null, Phone = "+1" };

        Assert.Equal("+1", PersonRules.Change(person, new PersonPatch { Phone = "+2" })!.Phone);
    }

    [Fact]
    public void Change_Tags_ReplaceThoseThereAreEachOnce()
    {
        var changed = PersonRules.Change(Known(new PersonDetails { Tags = ["old"] }), new PersonPatch { Tags = ["VIP", "vip", "Beta"] })!;

        Assert.Equal<string>(["VIP", "Beta"], changed.Details.Tags);
    }

    [Fact]
    public void Change_CustomFields_AreMergedByName()
    {
        var person = Known(new PersonDetails { CustomFields = [new("seats", "5"), new("old", "1")] });

        var changed = PersonRules.Change(person, new PersonPatch { CustomFields = [new("seats", "6"), new("old", "null"), new("city", "1")] })!;

        Assert.Equal<CustomField>([new("seats", "6"), new("city", "1")], changed.Details.CustomFields);
    }

    [Fact]
    public void Change_MoreThanAPersonHolds_IsRefused()
    {
        var full = Known(new PersonDetails { CustomFields = [.. Fields(LeadProfile.MaxCustomFields)] });

        Assert.Null(PersonRules.Change(full, new PersonPatch { CustomFields = [new("one more", "1")] }));
        Assert.Null(PersonRules.Change(full, new PersonPatch { Tags = [.. Tags(PersonDetails.MaxTags + 1)] }));
        Assert.NotNull(PersonRules.Change(full, new PersonPatch { Tags = [.. Tags(PersonDetails.MaxTags)] }));
    }

    [Fact]
    public void Tidy_TagsThatDifferInCase_AreOne() => Assert.Equal<string>(
        ["VIP", "beta"], PersonRules.Tidy(Said(new PersonDetails { Tags = ["VIP", "beta", "Vip"] }))!.Details.Tags);

    [Fact]
    public void Tidy_FieldWithoutAValue_IsNotKept() => Assert.Equal<CustomField>(
        [new("a", "1")], PersonRules.Tidy(Said(new PersonDetails { CustomFields = [new("a", "1"), new("b", "null")] }))!.Details.CustomFields);

    [Fact]
    public void Tidy_MoreThanAPersonHolds_IsRefused()
    {
        Assert.Null(PersonRules.Tidy(Said(new PersonDetails { Tags = [.. Tags(PersonDetails.MaxTags + 1)] })));
        Assert.Null(PersonRules.Tidy(Said(new PersonDetails { CustomFields = [.. Fields(LeadProfile.MaxCustomFields + 1)] })));
    }

    [Fact]
    public void PatchOf_Import_AddsTagsAndKeepsWhatItDoesNotSay()
    {
        var person = Known(new PersonDetails { FirstName = "Ada", Tags = ["VIP"], EmailVerified = true, City = "London" }) with { Phone = "+1" };
        var said = Said(new PersonDetails { FirstName = "Augusta", Tags = ["vip", "import"] });

        var changed = PersonRules.Change(person, PersonRules.PatchOf(person, said))!;

        Assert.Equal<string>(["VIP", "import"], changed.Details.Tags);
        Assert.Equal(("Augusta", "London", true, "+1"),
            (changed.Details.FirstName, changed.Details.City, changed.Details.EmailVerified, changed.Phone));
    }

    private static IEnumerable<string> Tags(int count) => Enumerable.Range(0, count).Select(number => $"tag{number}");

    private static IEnumerable<CustomField> Fields(int count) => Enumerable.Range(0, count).Select(number => new CustomField($"f{number}", "1"));

    private static NewPerson Said(PersonDetails details) => new() { Email = "ada@example.com", Details = details };

    private static Person Known(PersonDetails details) => new()
    {
        Id = 1,
        AccountId = 7,
        Version = 1,
        Email = "ada@example.com",
        CreatedAt = Noon,
        UpdatedAt = Noon,
        Details = details,
    };
}
