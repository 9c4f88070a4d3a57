using System.Collections.Immutable;
using LeadEngine.People;
using LeadEngine.Storage;
using Orleans.Concurrency;
using Orleans.Placement;

namespace LeadEngine.Grains.People;

/// <summary>
/// The way to an account's directory. It remembers nothing, so requests run beside each other: the store keeps them apart.
/// </summary>
[Reentrant, PreferLocalPlacement, GrainType("directory")]
internal sealed class DirectoryGrain(IDirectoryStore store, Jitter jitter) : Grain, IDirectoryGrain
{
    private long Id => this.GetPrimaryKeyLong();

    public async Task<PersonReply> Add(NewPerson person)
    {
        if (PersonRules.Tidy(person) is not { } tidy) return PersonReply.Refused(PersonRefusal.TooMany);
        var outcome = (await store.Add(Id, [tidy]))[0];
        return outcome.Outcome is ImportOutcome.Added ? await Tell(outcome.PersonId) : PersonReply.Exists(outcome.PersonId);
    }

    public Task<ImmutableArray<ImportedPerson>> Import(ImmutableArray<NewPerson> people, bool update) =>
        new PeopleImport(Id, people, update, store, Writes).Run();

    public Task<ImmutableArray<Person>> Get(ImmutableArray<long> personIds) => store.Read(Id, personIds);

    public async Task<PersonReply> Change(long personId, PersonPatch patch)
    {
        var refusals = await Writes.Write([personId], person => PersonRules.Change(person, patch));
        return refusals[personId] is { } refusal ? PersonReply.Refused(refusal) : await Tell(personId);
    }

    public Task<ImmutableArray<Person>> List(PeopleQuery query) => store.List(Id, query);

    public Task<PeopleCount> Count(PeopleFilter filter, int most) => store.Count(Id, filter, most);

    public Task<PeopleDeletion> Delete(ImmutableArray<long> personIds, bool force) =>
        new Deletion(Id, force, store, GrainFactory, jitter).Run(personIds);

    public Task<int> AddDoNotContact(ImmutableArray<DoNotContact> entries) => store.AddDoNotContact(Id, entries);

    public async Task<ImmutableArray<string>> FindDoNotContact(ImmutableArray<string> emailsAndPhones) =>
        DoNotContactRules.NamedBy(await store.FindDoNotContact(Id, DoNotContactRules.EntriesFor(emailsAndPhones)), emailsAndPhones);

    private VersionedWrites Writes => new(Id, store, jitter);

    private async Task<PersonReply> Tell(long personId)
    {
        try
        {
            return await store.Read(Id, [personId]) is [var person] ? PersonReply.Accepted(person) : PersonReply.Refused(PersonRefusal.NotFound);
        }
        catch (StoreBusyException away)
        {
            throw new StoreOutcomeUnknownException("A person was written, and cannot be read.", away);
        }
    }
}
