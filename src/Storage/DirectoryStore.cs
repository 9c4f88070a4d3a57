using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;
using LeadEngine.Storage.Gathering;
using LeadEngine.Storage.Telemetry;
using Microsoft.Extensions.Options;

namespace LeadEngine.Storage;

/// <summary>Tries again what is safe to try again. Calls come in bulk already, so nothing is gathered.</summary>
internal sealed class DirectoryStore(
    IStoreDriver driver, IOptions<StoreOptions> options, TimeProvider clock, StoreMetrics metrics, Random? random = null)
    : IDirectoryStore, ILinkStore
{
    private readonly PatientCaller _caller =
        new(options.Value.Patience, clock, random ?? Random.Shared, metrics.RetriesOf(StoreOperations.Call));

    private IDirectoryDriver Directory => driver.Directory;

    // A second try of what did take effect would find its own people, and call them known.
    public Task<ImmutableArray<ImportedPerson>> Add(long accountId, ImmutableArray<NewPerson> people) =>
        _caller.RepeatWhileBusy(cancel => Directory.Add(accountId, people, clock.GetUtcNow(), cancel));

    public Task<ImmutableArray<Person>> Read(long accountId, ImmutableArray<long> personIds) =>
        _caller.Repeat(cancel => Directory.Read(accountId, personIds, cancel));

    public Task<ImmutableArray<long>> Write(long accountId, ImmutableArray<Person> people) =>
        _caller.RepeatWhileBusy(cancel => Directory.Write(accountId, people, clock.GetUtcNow(), cancel));

    public Task<ImmutableArray<Person>> List(long accountId, PeopleQuery query) =>
        _caller.Repeat(cancel => Directory.List(accountId, query, cancel));

    public Task<PeopleCount> Count(long accountId, PeopleFilter filter, int most) =>
        _caller.Repeat(cancel => Directory.Count(accountId, filter, most, cancel));

    public Task<ImmutableArray<Membership>> Memberships(long accountId, ImmutableArray<long> personIds) =>
        _caller.Repeat(cancel => Directory.Memberships(accountId, personIds, cancel));

    public Task<ImmutableArray<long>> Delete(long accountId, ImmutableArray<long> personIds) =>
        _caller.Repeat(cancel => Directory.Delete(accountId, personIds, cancel));

    public async Task<int> Index()
    {
        var taken = await _caller.Repeat(Directory.Index);
        metrics.PeopleIndexed(taken);
        return taken;
    }

    public Task<ImmutableArray<Member>> ListMembers(long campaignId, MemberQuery query) =>
        _caller.Repeat(cancel => Directory.ListMembers(campaignId, query, cancel));

    public Task<ImmutableArray<MemberCount>> CountMembers(long campaignId) =>
        _caller.Repeat(cancel => Directory.CountMembers(campaignId, cancel));

    public Task<int> SetMemberStatus(long campaignId, ImmutableArray<long> leadIds, MemberStatus status) =>
        _caller.RepeatWhileBusy(cancel => Directory.SetMemberStatus(campaignId, leadIds, status, cancel));

    public Task<int> AddDoNotContact(long accountId, ImmutableArray<DoNotContact> entries) =>
        _caller.RepeatWhileBusy(cancel => Directory.AddDoNotContact(accountId, entries, clock.GetUtcNow(), cancel));

    public Task<ImmutableArray<DoNotContact>> FindDoNotContact(long accountId, ImmutableArray<DoNotContact> entries) =>
        _caller.Repeat(cancel => Directory.FindDoNotContact(accountId, entries, cancel));

    Task<StoredLink?> ILinkStore.Read(string code) => _caller.Repeat(cancel => driver.Links.Read(code, cancel));

    Task ILinkStore.CountClicks(string code, long clicks) => _caller.RepeatWhileBusy(async cancel =>
    {
        await driver.Links.CountClicks(code, clicks, cancel);
        return true;
    });
}
