using System.Collections.Immutable;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Cuts those who may be new into runs, one statement each, in which nobody who is new comes in two ways: by a phone number alone, and with
/// an e-mail address beside the same number. What a statement makes, the next one finds. Nearly always it is one run.
/// </summary>
internal static class SeekerRuns
{
    public static IEnumerable<Range> Of(ImmutableArray<PersonKey> seekers)
    {
        var hasEmail = new Dictionary<string, bool>(StringComparer.Ordinal);
        var start = 0;
        for (var i = 0; i < seekers.Length; i++)
        {
            var key = seekers[i];
            if (key.Phone is null || hasEmail.TryAdd(key.Phone, key.Email is not null)) continue;
            if (hasEmail[key.Phone] == key.Email is not null) continue;
            yield return start..i;
            start = i;
            hasEmail.Clear();
            hasEmail.Add(key.Phone, key.Email is not null);
        }
        if (start < seekers.Length) yield return start..seekers.Length;
    }
}
