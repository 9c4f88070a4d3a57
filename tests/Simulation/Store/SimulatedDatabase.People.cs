using System.Collections.Immutable;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>Who is known to an account, and which person a lead is.</summary>
internal sealed partial class SimulatedDatabase
{
    private readonly SortedDictionary<long, Person> _people = [];
    private long _lastPersonId;

    public IReadOnlyDictionary<long, Person> People => _people;

    public ImmutableArray<ImportedPerson> AddPeople(long accountId, ImmutableArray<NewPerson> people, DateTimeOffset now) =>
        [.. people.Select(person => Known(accountId, person.Email, person.Phone) is { } known
            ? new ImportedPerson(known.Id, ImportOutcome.Skipped)
            : new ImportedPerson(AddPerson(accountId, person, now).Id, ImportOutcome.Added))];

    public ImmutableArray<Person> ReadPeople(long accountId, ImmutableArray<long> personIds) =>
        [.. PeopleOf(accountId).Where(person => personIds.Contains(person.Id))];

    public ImmutableArray<long> WritePeople(long accountId, ImmutableArray<Person> people, DateTimeOffset now)
    {
        var fitting = people.Where(person => _people.TryGetValue(person.Id, out var stored)
            && stored.AccountId == accountId && stored.Version == person.Version).ToList();
        foreach (var person in fitting)
        {
            Change(_people[person.Id], stored => stored with { Phone = stored.Email is null ? stored.Phone : person.Phone, Details = person.Details }, now);
            Index(person.Id);
        }

        return [.. fitting.Select(person => person.Id)];
    }

    public ImmutableArray<long> DeletePeople(long accountId, ImmutableArray<long> personIds)
    {
        foreach (var person in ReadPeople(accountId, personIds)) DeleteUnlessLinked(person);
        var left = ReadPeople(accountId, personIds).Select(person => person.Id);
        return [.. personIds.Except(left)];
    }

    public ImmutableArray<Membership> Memberships(long accountId, ImmutableArray<long> personIds) =>
        [.. from member in _members.Values
            where member.PersonId is { } id && personIds.Contains(id) && _people[id].AccountId == accountId
            select new Membership(member.PersonId!.Value, member.LeadId, member.CampaignId)];

    /// <summary>The person that a new lead is.</summary>
    private Person Link(Lead lead, PersonDetails? details, DateTimeOffset since, DateTimeOffset now)
    {
        var accountId = _campaigns[lead.CampaignId].AccountId;
        var (email, phone) = (lead.Email ?? lead.Profile.ContactEmail, lead.Phone ?? lead.Profile.ContactPhone);
        return Known(accountId, email, phone)
            ?? Adopted(accountId, email, phone, now)
            ?? AddPerson(accountId, new NewPerson { Email = email, Phone = phone, Details = details ?? NamesOf(lead) }, since);
    }

    /// <summary>The person that a lead is whose e-mail address, phone number or names were not known before.</summary>
    private void LinkAnew(Lead lead, DateTimeOffset now)
    {
        var member = _members[lead.Id];
        var before = _people[member.PersonId!.Value];
        var person = Link(lead, null, now, now);
        FillIn(person, lead, now);
        if (person.Id == before.Id) return;
        _members[lead.Id] = member with { PersonId = person.Id };
        Log.Add(new LeadLinked(lead.Id, person.Id));
        if (before is { Email: null, Version: 1 }) DeleteUnlessLinked(before);
    }

    private void FillIn(Person person, Lead lead, DateTimeOffset now)
    {
        var (known, told) = (person.Details, NamesOf(lead));
        var filled = person with
        {
            Phone = person.Phone ?? lead.Phone ?? lead.Profile.ContactPhone,
            Details = known with { FirstName = known.FirstName ?? told.FirstName, LastName = known.LastName ?? told.LastName },
        };
        if (filled != person) Change(person, _ => filled, now);
    }

    // The e-mail address says who somebody is; without one the phone number does, and best of all of somebody of whom no more is known.
    private Person? Known(long accountId, string? email, string? phone) => email is null
        ? PeopleOf(accountId).Where(person => person.Phone == phone).OrderBy(person => person.Email is not null).FirstOrDefault()
        : PeopleOf(accountId).FirstOrDefault(person => person.Email == email);

    // Somebody of whom only the phone number was known turns out to have an e-mail address.
    private Person? Adopted(long accountId, string? email, string? phone, DateTimeOffset now)
    {
        if (email is null || phone is null || Known(accountId, null, phone) is not { Email: null } person) return null;
        return Change(person, stored => stored with { Email = email }, now);
    }

    private IEnumerable<Person> PeopleOf(long accountId) => _people.Values.Where(person => person.AccountId == accountId);

    private Person AddPerson(long accountId, NewPerson added, DateTimeOffset now)
    {
        var person = new Person
        {
            Id = ++_lastPersonId,
            AccountId = accountId,
            Version = 1,
            Email = added.Email,
            Phone = added.Phone,
            CreatedAt = now,
            UpdatedAt = now,
            Details = added.Details,
        };
        _people.Add(person.Id, person);
        Log.Add(new PersonAdded(person));
        return person;
    }

    private Person Change(Person before, Func<Person, Person> change, DateTimeOffset now)
    {
        var after = _people[before.Id] = change(before) with { Version = before.Version + 1, UpdatedAt = now };
        if (_indexed.ContainsKey(after.Id)) Index(after.Id);
        Log.Add(new PersonChanged(before, after));
        return after;
    }

    private void DeleteUnlessLinked(Person person)
    {
        if (_members.Values.Any(member => member.PersonId == person.Id)) return;
        _people.Remove(person.Id);
        _indexed.Remove(person.Id);
        Log.Add(new PersonGone(person));
    }

    private static PersonDetails NamesOf(Lead lead) => new() { FirstName = lead.Profile.FirstName, LastName = lead.Profile.LastName };
}
