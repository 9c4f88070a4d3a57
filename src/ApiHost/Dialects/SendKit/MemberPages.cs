using System.Collections.Immutable;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>
/// The members whom a query describes, page by page. It is asked for so many ranks at a time that no call takes long, however large the
/// campaign is and however few are described.
/// </summary>
internal sealed class MemberPages(ICampaignGrain campaign, EngineCalls calls, Deadlines deadlines, int ranksAtOnce = 20_000)
{
    /// <param name="query">Which, from which rank on, and how many on a page. Leads that it names all have room on one.</param>
    public async IAsyncEnumerable<ImmutableArray<Member>> Read(MemberQuery query)
    {
        if (!query.LeadIds.IsEmpty)
        {
            yield return await List(query);
            yield break;
        }

        while (await List(new MemberQuery { AfterRank = query.AfterRank, Limit = 1 }) is [var next])
        {
            var last = next.Rank + ranksAtOnce - 1;
            for (long? after = query.AfterRank; after is { } rank;)
            {
                var page = await List(query with { AfterRank = rank, UpToRank = last });
                after = page.Length == query.Limit ? page[^1].Rank : null;
                yield return page;
            }

            query = query with { AfterRank = last };
        }
    }

    private Task<ImmutableArray<Member>> List(MemberQuery query) => calls.UntilHeard(_ => campaign.ListMembers(query), deadlines.Start());
}
