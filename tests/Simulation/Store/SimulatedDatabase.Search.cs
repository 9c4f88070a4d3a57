using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>Lists of people and of members, and the search index, which is how people were when it last heard of them.</summary>
internal sealed partial class SimulatedDatabase
{
    private readonly Dictionary<long, Person> _indexed = [];

    /// <summary>People of whom the search index does not know.</summary>
    public IEnumerable<Person> Unindexed => _people.Values.Where(person => _indexed.GetValueOrDefault(person.Id) != person);

    public int Index()
    {
        var news = _people.Keys.Where(id => !_indexed.ContainsKey(id)).ToList();
        foreach (var id in news) Index(id);
        return news.Count;
    }

    public ImmutableArray<Person> ListPeople(long accountId, PeopleQuery query)
    {
        var found = Described(accountId, query.Filter, _indexed).Where(person => query.After is not { } last
            || (query.NewestFirst ? person.Id < last : person.Id > last));
        return [.. (query.NewestFirst ? found.Reverse() : found).Skip(query.Skip).Take(query.Limit)];
    }

    public PeopleCount CountPeople(long accountId, PeopleFilter filter, int most)
    {
        var count = Described(accountId, filter, _indexed).Count();
        return new PeopleCount(Math.Min(count, most), count <= most);
    }

    public ImmutableArray<Member> ListMembers(long campaignId, MemberQuery query)
    {
        var accountId = _campaigns[campaignId].AccountId;
        var described = query.Filter is { } filter ? Described(accountId, filter, _people).Select(person => (long?)person.Id).ToHashSet() : null;
        var members =
            from member in MembersOf(campaignId)
            where member.Rank > query.AfterRank && member.Rank <= (query.UpToRank ?? long.MaxValue)
                && (query.Statuses.IsEmpty || query.Statuses.Contains(member.Status))
                && (query.LeadIds.IsEmpty || query.LeadIds.Contains(member.LeadId))
                && (described is null || described.Contains(member.PersonId))
            orderby member.Rank
            select new Member
            {
                LeadId = member.LeadId,
                Rank = member.Rank,
                CreatedAt = member.CreatedAt,
                Status = member.Status,
                Person = member.PersonId is { } id ? _people[id] : null,
            };
        return [.. members.Take(query.Limit)];
    }

    public ImmutableArray<MemberCount> CountMembers(long campaignId) =>
        [.. MembersOf(campaignId).Where(member => member.Status is not MemberStatus.AsCampaign)
            .GroupBy(member => member.Status).OrderBy(members => members.Key)
            .Select(members => new MemberCount(members.Key, members.Count()))];

    public int SetMemberStatus(long campaignId, ImmutableArray<long> leadIds, MemberStatus status)
    {
        if (_campaigns[campaignId].Status is CampaignStatus.Locked) return 0;
        var changed = MembersOf(campaignId)
            .Where(member => leadIds.Contains(member.LeadId) && member.Status is not MemberStatus.Removed && member.Status != status).ToList();
        foreach (var member in changed)
        {
            _members[member.LeadId] = member with { Status = status };
            Log.Add(new MemberSet(member.LeadId, status));
        }

        return changed.Count;
    }

    private IEnumerable<MemberRow> MembersOf(long campaignId) => _members.Values.Where(member => member.CampaignId == campaignId);

    private IEnumerable<Person> Described(long accountId, PeopleFilter filter, IReadOnlyDictionary<long, Person> searched)
    {
        var query = SearchQuery.Of(filter);
        return from person in PeopleOf(accountId)
               where filter.Ids.IsEmpty || filter.Ids.Contains(person.Id)
               where !filter.ExcludeIds.Contains(person.Id)
               where query.IsEmpty || (searched.TryGetValue(person.Id, out var known) && query.Matches(known))
               select person;
    }

    private void Index(long personId) => _indexed[personId] = _people[personId];
}
