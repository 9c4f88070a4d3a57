using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Cuts the new leads of a batch into runs, one statement each, in which nobody who is new comes in two ways: by a phone number alone, and with
/// an e-mail address beside the same number. What a statement makes, the next one finds. Nearly always it is one run.
/// </summary>
internal static class SeekerRuns
{
    public static IEnumerable<Range> Of(ImmutableArray<NewLead> adds)
    {
        var hasEmail = new Dictionary<string, bool>(StringComparer.Ordinal);
        var start = 0;
        for (var i = 0; i < adds.Length; i++)
        {
            var key = Linking.KeyOf(adds[i]);
            if (key.Phone is null || hasEmail.TryAdd(key.Phone, key.Email is not null)) continue;
            if (hasEmail[key.Phone] == key.Email is not null) continue;
            yield return start..i;
            start = i;
            hasEmail.Clear();
            hasEmail.Add(key.Phone, key.Email is not null);
        }
        if (start < adds.Length) yield return start..adds.Length;
    }
}
