using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Compares by content: records with immutable arrays inside are equal only when they share the arrays.</summary>
internal static class SameLead
{
    public static void Assert(StoredLead expected, StoredLead? actual)
    {
        Xunit.Assert.NotNull(actual);
        Assert(expected.Lead, actual.Lead);
        Xunit.Assert.Equal(expected.Version, actual.Version);
        Xunit.Assert.Equal(Items(expected.Requests.Recent), Items(actual.Requests.Recent));
        Xunit.Assert.Equal(expected.Requests.ForgottenUntil, actual.Requests.ForgottenUntil);
    }

    public static void Assert(Lead expected, Lead actual)
    {
        Assert(expected.Profile, actual.Profile);
        Xunit.Assert.Equal(expected, actual with { Profile = expected.Profile });
    }

    public static void Assert(LeadProfile expected, LeadProfile actual)
    {
        Xunit.Assert.Equal(Items(expected.CustomFields), Items(actual.CustomFields));
        Xunit.Assert.Equal(Items(expected.Utm), Items(actual.Utm));
        Xunit.Assert.Equal(Items(expected.Tags), Items(actual.Tags));
        Xunit.Assert.Equal(Items(expected.CompletedActions), Items(actual.CompletedActions));
        Xunit.Assert.Equal(Items(expected.FraudReasons), Items(actual.FraudReasons));
        Xunit.Assert.Equal(WithoutLists(expected), WithoutLists(actual));
    }

    private static LeadProfile WithoutLists(LeadProfile profile) =>
        profile with { CustomFields = [], Utm = [], Tags = [], CompletedActions = [], FraudReasons = [] };

    private static T[] Items<T>(ImmutableArray<T> array) => array.IsDefault ? [] : [.. array];
}
