using System.Collections.Immutable;
using LeadEngine.People;
using LeadEngine.Storage;

namespace LeadEngine.Grains.People;

/// <summary>
/// Reads people, changes them and writes them back, and does so again for those whom somebody else has written meanwhile.
/// </summary>
internal sealed class VersionedWrites(long accountId, IDirectoryStore store, Jitter jitter)
{
    /// <param name="personIds">At most some thousands.</param>
    /// <param name="change">What becomes of a person; null when that is too much.</param>
    /// <returns>Why each was not written; null for those who were.</returns>
    /// <exception cref="StoreOutcomeUnknownException">Some may have been written.</exception>
    public async Task<Dictionary<long, PersonRefusal?>> Write(ImmutableArray<long> personIds, Func<Person, Person?> change)
    {
        Dictionary<long, PersonRefusal?> outcomes = [];
        var left = personIds;
        for (var tries = 0; !left.IsEmpty; tries++)
        {
            if (tries > Jitter.MaxTries) throw new StoreOutcomeUnknownException("People were overtaken too often.");
            if (tries > 0) await jitter.Pause(tries - 1);
            var (changed, refused) = Change(await store.Read(accountId, left), change);
            foreach (var personId in left.Except(changed.Select(person => person.Id))) outcomes[personId] = PersonRefusal.NotFound;
            foreach (var personId in refused) outcomes[personId] = PersonRefusal.TooMany;

            var written = changed.IsEmpty ? [] : await store.Write(accountId, changed);
            foreach (var personId in written) outcomes[personId] = null;
            left = [.. changed.Select(person => person.Id).Except(written)];
        }

        return outcomes;
    }

    private static (ImmutableArray<Person> Changed, List<long> Refused) Change(ImmutableArray<Person> known, Func<Person, Person?> change)
    {
        var changed = ImmutableArray.CreateBuilder<Person>(known.Length);
        List<long> refused = [];
        foreach (var person in known)
        {
            if (change(person) is { } next) changed.Add(next);
            else refused.Add(person.Id);
        }

        return (changed.ToImmutable(), refused);
    }
}
