using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.Storage.Postgres;

/// <summary>The directories of people of a PostgreSQL database.</summary>
internal sealed class PostgresDirectory(PostgresPool pool, int peopleToScan) : IDirectoryDriver
{
    private readonly PeopleImport _import = new(pool);
    private readonly PeopleTable _people = new(pool);
    private readonly PeopleSearch _search = new(pool, peopleToScan);
    private readonly PeopleIndex _index = new(pool);
    private readonly MemberTable _members = new(pool);
    private readonly DoNotContactTable _doNotContact = new(pool);

    public Task<ImmutableArray<ImportedPerson>> Add(
        long accountId, ImmutableArray<NewPerson> people, DateTimeOffset now, CancellationToken cancel) =>
        _import.Add(accountId, people, now, cancel);

    public Task<ImmutableArray<Person>> Read(long accountId, ImmutableArray<long> personIds, CancellationToken cancel) =>
        _people.Read(accountId, [.. personIds], cancel);

    public Task<ImmutableArray<long>> Write(
        long accountId, ImmutableArray<Person> people, DateTimeOffset now, CancellationToken cancel) =>
        _people.Write(accountId, people, now, cancel);

    public Task<ImmutableArray<Person>> List(long accountId, PeopleQuery query, CancellationToken cancel) =>
        _search.List(accountId, query, cancel);

    public Task<PeopleCount> Count(long accountId, PeopleFilter filter, int most, CancellationToken cancel) =>
        _search.Count(accountId, filter, most, cancel);

    public Task<ImmutableArray<Membership>> Memberships(long accountId, ImmutableArray<long> personIds, CancellationToken cancel) =>
        _people.Memberships(accountId, personIds, cancel);

    public Task<ImmutableArray<long>> Delete(long accountId, ImmutableArray<long> personIds, CancellationToken cancel) =>
        _people.Delete(accountId, personIds, cancel);

    public Task<int> Index(CancellationToken cancel) => _index.Follow(cancel);

    public Task<ImmutableArray<Member>> ListMembers(long campaignId, MemberQuery query, CancellationToken cancel) =>
        _members.List(campaignId, query, cancel);

    public Task<ImmutableArray<MemberCount>> CountMembers(long campaignId, CancellationToken cancel) => _members.Count(campaignId, cancel);

    public Task<int> SetMemberStatus(long campaignId, ImmutableArray<long> leadIds, MemberStatus status, CancellationToken cancel) =>
        _members.Set(campaignId, leadIds, status, cancel);

    public Task<int> AddDoNotContact(
        long accountId, ImmutableArray<DoNotContact> entries, DateTimeOffset now, CancellationToken cancel) =>
        _doNotContact.Add(accountId, entries, now, cancel);

    public Task<ImmutableArray<DoNotContact>> FindDoNotContact(
        long accountId, ImmutableArray<DoNotContact> entries, CancellationToken cancel) =>
        _doNotContact.Find(accountId, entries, cancel);
}
