using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.Storage.Sqlite;

internal sealed class SqliteDirectory(SqliteDriver driver, int peopleToScan) : IDirectoryDriver
{
    // So many hold up the writer, and everybody with it, for some milliseconds.
    private const int IndexBatch = 500;

    public Task<ImmutableArray<ImportedPerson>> Add(
        long accountId, ImmutableArray<NewPerson> people, DateTimeOffset now, CancellationToken cancel) => driver.Write(tables =>
    {
        var linker = new PersonLinker(tables, now);
        var outcomes = ImmutableArray.CreateBuilder<ImportedPerson>(people.Length);
        foreach (var person in people)
        {
            var known = person.Email is { } email
                ? tables.People.FindByEmail(accountId, email)
                : linker.FindByPhone(accountId, person.Phone!);
            outcomes.Add(known is { } id
                ? new(id, ImportOutcome.Skipped)
                : new(linker.Make(accountId, new(person.Email, person.Phone), person.Details, now, hasLead: false), ImportOutcome.Added));
        }
        linker.Save();
        return outcomes.MoveToImmutable();
    });

    public Task<ImmutableArray<Person>> Read(long accountId, ImmutableArray<long> personIds, CancellationToken cancel) => driver.Browse(tables =>
    {
        var people = ImmutableArray.CreateBuilder<Person>(personIds.Length);
        foreach (var id in personIds)
        {
            if (tables.People.Read(id) is { } person && person.AccountId == accountId) people.Add(person);
        }
        return people.DrainToImmutable();
    });

    public Task<ImmutableArray<long>> Write(
        long accountId, ImmutableArray<Person> people, DateTimeOffset now, CancellationToken cancel) => driver.Write(tables =>
    {
        var written = ImmutableArray.CreateBuilder<long>(people.Length);
        foreach (var person in people)
        {
            if (tables.People.Read(person.Id) is not { } stored) continue;
            if (stored.AccountId != accountId || stored.Version != person.Version) continue;
            var next = stored with { Phone = stored.Email is null ? stored.Phone : person.Phone, Details = person.Details };
            tables.People.Update(stored, next, now);
            tables.Terms.Write(next.Id, PersonTerms.Text(next));
            written.Add(next.Id);
        }
        return written.DrainToImmutable();
    });

    public Task<ImmutableArray<Person>> List(long accountId, PeopleQuery query, CancellationToken cancel) =>
        driver.Browse(tables => new PeopleSearch(tables, peopleToScan).List(accountId, query));

    public Task<PeopleCount> Count(long accountId, PeopleFilter filter, int most, CancellationToken cancel) =>
        driver.Browse(tables => new PeopleSearch(tables, peopleToScan).Count(accountId, filter, most));

    public Task<ImmutableArray<Membership>> Memberships(long accountId, ImmutableArray<long> personIds, CancellationToken cancel) =>
        driver.Browse(tables =>
        {
            var memberships = ImmutableArray.CreateBuilder<Membership>();
            foreach (var id in personIds)
            {
                if (tables.People.Read(id)?.AccountId == accountId) tables.Members.AddMemberships(id, memberships);
            }
            return memberships.DrainToImmutable();
        });

    public Task<ImmutableArray<long>> Delete(long accountId, ImmutableArray<long> personIds, CancellationToken cancel) => driver.Write(tables =>
    {
        var gone = ImmutableArray.CreateBuilder<long>(personIds.Length);
        foreach (var id in personIds)
        {
            var person = tables.People.Read(id);
            if (person?.AccountId == accountId)
            {
                if (!tables.People.Delete(id)) continue;
                tables.Terms.Delete(id);
            }
            gone.Add(id);
        }
        return gone.DrainToImmutable();
    });

    // The terms are made while the writer does other things. Whoever was written meanwhile has another version.
    public async Task<int> Index(CancellationToken cancel)
    {
        var (after, people) = await driver.Browse(tables =>
        {
            var last = tables.Sequences.Last(SequenceTable.IndexedPeople);
            return (last, tables.People.Next(last, IndexBatch).ConvertAll(person => (person.Id, person.Version, Text: PersonTerms.Text(person))));
        });
        if (people.Count == 0) return 0;
        return await driver.Write(tables =>
        {
            if (tables.Sequences.Last(SequenceTable.IndexedPeople) != after) return 0;
            foreach (var (id, version, text) in people)
            {
                if (tables.People.Version(id) is not { } now) continue;
                tables.Terms.Write(id, now == version ? text : PersonTerms.Text(tables.People.Read(id)!));
            }
            tables.Sequences.SetLast(SequenceTable.IndexedPeople, people[^1].Id);
            return people.Count;
        });
    }

    public Task<ImmutableArray<Member>> ListMembers(long campaignId, MemberQuery query, CancellationToken cancel) =>
        driver.Browse(tables => new MemberSearch(tables.Members, campaignId, query).List());

    public Task<ImmutableArray<MemberCount>> CountMembers(long campaignId, CancellationToken cancel) =>
        driver.Browse(tables => tables.Members.Count(campaignId));

    public Task<int> SetMemberStatus(long campaignId, ImmutableArray<long> leadIds, MemberStatus status, CancellationToken cancel) =>
        driver.Write(tables => tables.Campaigns.Read(campaignId) is { Status: not CampaignStatus.Locked }
            ? leadIds.Count(id => tables.Members.SetStatus(campaignId, id, status))
            : 0);

    public Task<int> AddDoNotContact(
        long accountId, ImmutableArray<DoNotContact> entries, DateTimeOffset now, CancellationToken cancel) =>
        driver.Write(tables =>
        {
            var added = 0;
            foreach (var entry in entries)
            {
                if (!tables.DoNotContact.Insert(accountId, entry, now)) continue;
                added++;
                tables.Events.Tell(accountId, EventDetails.DoNotContact(entry), now);
            }
            return added;
        });

    public Task<ImmutableArray<DoNotContact>> FindDoNotContact(
        long accountId, ImmutableArray<DoNotContact> entries, CancellationToken cancel) => driver.Read(tables =>
    {
        var found = ImmutableArray.CreateBuilder<DoNotContact>();
        foreach (var entry in entries)
        {
            if (tables.DoNotContact.Find(accountId, entry) is { } listed) found.Add(listed);
        }
        return found.DrainToImmutable();
    });
}
