using System.Collections.Immutable;
using LeadEngine.People;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Compares by content: records with immutable arrays inside are equal only when they share the arrays.</summary>
internal static class SamePerson
{
    public static void Assert(Person expected, Person? actual)
    {
        Xunit.Assert.NotNull(actual);
        Assert(expected.Details, actual.Details);
        Xunit.Assert.Equal(expected, actual with { Details = expected.Details });
    }

    public static void Assert(PersonDetails expected, PersonDetails actual)
    {
        Xunit.Assert.Equal(Items(expected.CustomFields), Items(actual.CustomFields));
        Xunit.Assert.Equal(Items(expected.Tags), Items(actual.Tags));
        Xunit.Assert.Equal(WithoutLists(expected), WithoutLists(actual));
    }

    private static PersonDetails WithoutLists(PersonDetails details) => details with { CustomFields = [], Tags = [] };

    private static T[] Items<T>(ImmutableArray<T> array) => array.IsDefault ? [] : [.. array];
}
