using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.Storage;

/// <summary>
/// The directories of one database: <see cref="IDirectoryStore"/> tells what each member does, <see cref="IStoreDriver"/> how.
/// </summary>
internal interface IDirectoryDriver
{
    Task<ImmutableArray<ImportedPerson>> Add(long accountId, ImmutableArray<NewPerson> people, DateTimeOffset now, CancellationToken cancel);

    Task<ImmutableArray<Person>> Read(long accountId, ImmutableArray<long> personIds, CancellationToken cancel);

    Task<ImmutableArray<long>> Write(long accountId, ImmutableArray<Person> people, DateTimeOffset now, CancellationToken cancel);

    Task<ImmutableArray<Person>> List(long accountId, PeopleQuery query, CancellationToken cancel);

    Task<PeopleCount> Count(long accountId, PeopleFilter filter, int most, CancellationToken cancel);

    Task<ImmutableArray<Membership>> Memberships(long accountId, ImmutableArray<long> personIds, CancellationToken cancel);

    Task<ImmutableArray<long>> Delete(long accountId, ImmutableArray<long> personIds, CancellationToken cancel);

    Task<int> Index(CancellationToken cancel);

    Task<ImmutableArray<Member>> ListMembers(long campaignId, MemberQuery query, CancellationToken cancel);

    Task<ImmutableArray<MemberCount>> CountMembers(long campaignId, CancellationToken cancel);

    Task<int> SetMemberStatus(long campaignId, ImmutableArray<long> leadIds, MemberStatus status, CancellationToken cancel);

    Task<int> AddDoNotContact(long accountId, ImmutableArray<DoNotContact> entries, DateTimeOffset now, CancellationToken cancel);

    Task<ImmutableArray<DoNotContact>> FindDoNotContact(long accountId, ImmutableArray<DoNotContact> entries, CancellationToken cancel);
}

/// <summary>The short links of one database: <see cref="ILinkStore"/> tells what each member does.</summary>
internal interface ILinkDriver
{
    Task<StoredLink?> Read(string code, CancellationToken cancel);

    Task CountClicks(string code, long clicks, CancellationToken cancel);
}
