using System.Collections.Immutable;
using LeadEngine.People;
using LeadEngine.Storage;

namespace LeadEngine.Grains.People;

/// <summary>One request to put people into a directory: a transaction for each page of those who may be new.</summary>
internal sealed class PeopleImport(long accountId, ImmutableArray<NewPerson> people, bool update, IDirectoryStore store, VersionedWrites writes)
{
    // What the store takes at once.
    private const int PageSize = 1_000;

    private readonly ImportedPerson[] _imported = new ImportedPerson[people.Length];
    private readonly HashSet<long> _seen = [];
    private bool _hasBegun;

    public async Task<ImmutableArray<ImportedPerson>> Run()
    {
        Dictionary<string, int> firsts = new(people.Length, StringComparer.Ordinal);
        List<(int At, NewPerson Person)> candidates = [];
        List<(int At, int First)> repeats = [];
        for (var at = 0; at < people.Length; at++)
        {
            if (PersonRules.Tidy(people[at]) is not { } person) _imported[at] = new(0, ImportOutcome.TooMany);
            else if (firsts.TryAdd(PersonRules.KeyOf(person), at)) candidates.Add((at, person));
            else repeats.Add((at, firsts[PersonRules.KeyOf(person)]));
        }

        try
        {
            foreach (var page in candidates.Chunk(PageSize)) await Import(page);
        }
        catch (StoreBusyException busy) when (_hasBegun)
        {
            throw new StoreOutcomeUnknownException("A part of an import was done.", busy);
        }

        foreach (var (at, first) in repeats) _imported[at] = new(_imported[first].PersonId, ImportOutcome.Skipped);
        return [.. _imported];
    }

    private async Task Import((int At, NewPerson Person)[] page)
    {
        var outcomes = await store.Add(accountId, [.. page.Select(entry => entry.Person)]);
        _hasBegun = true;
        Dictionary<long, (int At, NewPerson Person)> known = [];
        foreach (var (entry, outcome) in page.Zip(outcomes))
        {
            _imported[entry.At] = outcome;
            var isFirst = _seen.Add(outcome.PersonId);
            if (update && isFirst && outcome.Outcome is ImportOutcome.Skipped) known.Add(outcome.PersonId, entry);
        }

        if (known.Count > 0) await Update(known);
    }

    // Whom somebody deletes meanwhile was updated before that.
    private async Task Update(Dictionary<long, (int At, NewPerson Person)> known)
    {
        var refusals = await writes.Write(
            [.. known.Keys], person => PersonRules.Change(person, PersonRules.PatchOf(person, known[person.Id].Person)));
        foreach (var (personId, entry) in known)
        {
            _imported[entry.At] = new(
                personId, refusals[personId] is PersonRefusal.TooMany ? ImportOutcome.TooMany : ImportOutcome.Updated);
        }
    }
}
