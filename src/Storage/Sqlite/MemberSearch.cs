using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Looks for the members of a campaign whom a query describes.</summary>
internal sealed class MemberSearch(MemberTable members, long campaignId, MemberQuery query)
{
    private readonly SearchQuery _terms = SearchQuery.Of(query.Filter ?? new());
    private readonly HashSet<long> _people = SetOf(query.Filter?.Ids);
    private readonly HashSet<long> _excluded = SetOf(query.Filter?.ExcludeIds);
    private readonly RankRange _ranks = new(query.AfterRank, query.UpToRank ?? long.MaxValue);
    private readonly List<Member> _found = [];

    public ImmutableArray<Member> List()
    {
        if (!query.LeadIds.IsDefaultOrEmpty) FindEach();
        else if (query.Statuses.IsDefaultOrEmpty || query.Statuses.Contains(MemberStatus.AsCampaign)) VisitAll();
        else VisitByStatus();
        return [.. _found.OrderBy(member => member.Rank).Take(query.Limit)];
    }

    private void VisitAll() => members.Visit(campaignId, _ranks, member =>
    {
        if (IsWanted(member)) _found.Add(member);
        return _found.Count < query.Limit;
    });

    private void VisitByStatus()
    {
        foreach (var status in query.Statuses.Distinct())
        {
            var most = _found.Count + query.Limit;
            members.VisitWithStatus(campaignId, _ranks, status, member =>
            {
                if (IsWanted(member)) _found.Add(member);
                return _found.Count < most;
            });
        }
    }

    private void FindEach()
    {
        foreach (var id in query.LeadIds.Distinct())
        {
            if (members.Find(campaignId, _ranks, id) is { } member && IsWanted(member)) _found.Add(member);
        }
    }

    private bool IsWanted(Member member) =>
        (query.Statuses.IsDefaultOrEmpty || query.Statuses.Contains(member.Status))
        && (query.Filter is null || (member.Person is { } person && IsWanted(person)));

    private bool IsWanted(Person person) =>
        (_people.Count == 0 || _people.Contains(person.Id)) && !_excluded.Contains(person.Id) && _terms.Matches(person);

    private static HashSet<long> SetOf(ImmutableArray<long>? ids) => ids is { IsDefault: false } some ? [.. some] : [];
}
