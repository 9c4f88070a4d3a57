using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;
using LeadEngine.Storage;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.People;

/// <summary>A directory in memory, as far as imports need it; a test may let something happen before a write.</summary>
internal sealed class ScriptedDirectory : IDirectoryStore
{
    private readonly Dictionary<long, Person> _people = [];

    /// <summary>Called before each write, with its number.</summary>
    public Action<int> BeforeWrite { get; set; } = _ => { };

    /// <summary>Called before each addition, with its number.</summary>
    public Action<int> BeforeAdd { get; set; } = _ => { };

    public int Adds { get; private set; }

    public int Writes { get; private set; }

    public Person this[long personId] => _people[personId];

    public void Know(string email, PersonDetails? details = null) => Know(new NewPerson { Email = email, Details = details ?? new() });

    public void Change(long personId, Func<Person, Person> change) =>
        _people[personId] = change(_people[personId]) with { Version = _people[personId].Version + 1 };

    public Task<ImmutableArray<ImportedPerson>> Add(long accountId, ImmutableArray<NewPerson> people)
    {
        Assert.InRange(people.Length, 1, 1_000);
        BeforeAdd(++Adds);
        return Task.FromResult<ImmutableArray<ImportedPerson>>([.. people.Select(AddOne)]);
    }

    public Task<ImmutableArray<Person>> Read(long accountId, ImmutableArray<long> personIds) =>
        Task.FromResult<ImmutableArray<Person>>([.. personIds.Where(_people.ContainsKey).Select(id => _people[id])]);

    public Task<ImmutableArray<long>> Write(long accountId, ImmutableArray<Person> people)
    {
        BeforeWrite(++Writes);
        Person[] written = [.. people.Where(person => _people.TryGetValue(person.Id, out var known) && known.Version == person.Version)];
        foreach (var person in written) _people[person.Id] = person with { Version = person.Version + 1 };
        return Task.FromResult<ImmutableArray<long>>([.. written.Select(person => person.Id)]);
    }

    public Task<ImmutableArray<Person>> List(long accountId, PeopleQuery query) => throw new NotSupportedException();

    public Task<PeopleCount> Count(long accountId, PeopleFilter filter, int most) => throw new NotSupportedException();

    public Task<ImmutableArray<Membership>> Memberships(long accountId, ImmutableArray<long> personIds) => throw new NotSupportedException();

    public Task<ImmutableArray<long>> Delete(long accountId, ImmutableArray<long> personIds) => throw new NotSupportedException();

    public Task<int> Index() => throw new NotSupportedException();

    public Task<ImmutableArray<Member>> ListMembers(long campaignId, MemberQuery query) => throw new NotSupportedException();

    public Task<ImmutableArray<MemberCount>> CountMembers(long campaignId) => throw new NotSupportedException();

    public Task<int> SetMemberStatus(long campaignId, ImmutableArray<long> leadIds, MemberStatus status) => throw new NotSupportedException();

    public Task<int> AddDoNotContact(long accountId, ImmutableArray<DoNotContact> entries) => throw new NotSupportedException();

    public Task<ImmutableArray<DoNotContact>> FindDoNotContact(long accountId, ImmutableArray<DoNotContact> entries) =>
        throw new NotSupportedException();

    private ImportedPerson AddOne(NewPerson person)
    {
        var known = _people.Values.FirstOrDefault(other => person.Email is { } email ? other.Email == email : other.Phone == person.Phone);
        return known is null ? new(Know(person), ImportOutcome.Added) : new(known.Id, ImportOutcome.Skipped);
    }

    private long Know(NewPerson person)
    {
        var id = _people.Count + 1;
        _people[id] = new Person
        {
            Id = id,
            AccountId = 7,
            Version = 1,
            Email = person.Email,
            Phone = person.Phone,
            CreatedAt = Noon,
            UpdatedAt = Noon,
            Details = person.Details,
        };
        return id;
    }
}
