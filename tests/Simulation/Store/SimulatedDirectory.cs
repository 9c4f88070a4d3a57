using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>A driver to the directories and the short links of the simulated database.</summary>
internal sealed class SimulatedDirectory(IWay way, SimulatedDatabase database) : IDirectoryDriver, ILinkDriver
{
    public Task<ImmutableArray<ImportedPerson>> Add(
        long accountId, ImmutableArray<NewPerson> people, DateTimeOffset now, CancellationToken cancel) =>
        way.Write($"new people of account {accountId}", () => database.AddPeople(accountId, people, now));

    public Task<ImmutableArray<Person>> Read(long accountId, ImmutableArray<long> personIds, CancellationToken cancel) =>
        way.Read($"read of people", () => database.ReadPeople(accountId, personIds));

    public Task<ImmutableArray<long>> Write(long accountId, ImmutableArray<Person> people, DateTimeOffset now, CancellationToken cancel) =>
        way.Write($"change of people of account {accountId}", () => database.WritePeople(accountId, people, now));

    public Task<ImmutableArray<Person>> List(long accountId, PeopleQuery query, CancellationToken cancel) =>
        way.Read($"list of people of account {accountId}", () => database.ListPeople(accountId, query));

    public Task<PeopleCount> Count(long accountId, PeopleFilter filter, int most, CancellationToken cancel) =>
        way.Read($"count of people of account {accountId}", () => database.CountPeople(accountId, filter, most));

    public Task<ImmutableArray<Membership>> Memberships(long accountId, ImmutableArray<long> personIds, CancellationToken cancel) =>
        way.Read($"leads of people of account {accountId}", () => database.Memberships(accountId, personIds));

    public Task<ImmutableArray<long>> Delete(long accountId, ImmutableArray<long> personIds, CancellationToken cancel) =>
        way.Write($"deletion of people of account {accountId}", () => database.DeletePeople(accountId, personIds));

    public Task<int> Index(CancellationToken cancel) => way.Write($"search index", database.Index);

    public Task<ImmutableArray<Member>> ListMembers(long campaignId, MemberQuery query, CancellationToken cancel) =>
        way.Read($"members of campaign {campaignId}", () => database.ListMembers(campaignId, query));

    public Task<ImmutableArray<MemberCount>> CountMembers(long campaignId, CancellationToken cancel) =>
        way.Read($"count of members of campaign {campaignId}", () => database.CountMembers(campaignId));

    public Task<int> SetMemberStatus(long campaignId, ImmutableArray<long> leadIds, MemberStatus status, CancellationToken cancel) =>
        way.Write($"members of campaign {campaignId} set {status}", () => database.SetMemberStatus(campaignId, leadIds, status));

    public Task<int> AddDoNotContact(long accountId, ImmutableArray<DoNotContact> entries, DateTimeOffset now, CancellationToken cancel) =>
        way.Write($"do-not-contact entries of account {accountId}", () => database.AddDoNotContact(accountId, entries, now));

    public Task<ImmutableArray<DoNotContact>> FindDoNotContact(long accountId, ImmutableArray<DoNotContact> entries, CancellationToken cancel) =>
        way.Read($"do-not-contact look-up of account {accountId}", () => database.FindDoNotContact(accountId, entries));

    Task<StoredLink?> ILinkDriver.Read(string code, CancellationToken cancel) => way.Read($"link {code}", () => database.ReadLink(code));

    Task ILinkDriver.CountClicks(string code, long clicks, CancellationToken cancel) =>
        way.Write($"{clicks} clicks on link {code}", () => database.CountClicks(code, clicks));
}
