using System.Collections.Immutable;
using LeadEngine.People;

namespace LeadEngine.Grains.People;

/// <summary>Whom a do-not-contact list names: an e-mail address by itself or by its domain, a phone number by itself.</summary>
internal static class DoNotContactRules
{
    /// <summary>The entries, any of which would name one of the e-mail addresses and phone numbers.</summary>
    public static ImmutableArray<DoNotContact> EntriesFor(ImmutableArray<string> emailsAndPhones) =>
        [.. emailsAndPhones.SelectMany(EntriesFor).Distinct()];

    /// <summary>Those of the e-mail addresses and phone numbers that the entries name, in their order.</summary>
    public static ImmutableArray<string> NamedBy(ImmutableArray<DoNotContact> entries, ImmutableArray<string> emailsAndPhones)
    {
        var named = entries.Select(entry => (entry.Kind, entry.Value)).ToHashSet();
        return [.. emailsAndPhones.Where(value => EntriesFor(value).Any(entry => named.Contains((entry.Kind, entry.Value))))];
    }

    private static IEnumerable<DoNotContact> EntriesFor(string emailOrPhone)
    {
        var at = emailOrPhone.IndexOf('@', StringComparison.Ordinal);
        if (at < 0) return [new(DoNotContactKind.Phone, emailOrPhone, "")];
        return [new(DoNotContactKind.Email, emailOrPhone, ""), new(DoNotContactKind.Domain, emailOrPhone[(at + 1)..], "")];
    }
}
