using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Campaigns;

/// <summary>The leads with the most points, as they were in one moment.</summary>
internal static class Leaderboard
{
    private const int Page = 200;

    public static async Task<ImmutableArray<Leader>> Read(Tenure tenure, ILeadStore store, long campaignId, int limit)
    {
        var (ranking, leadCount) = (tenure.Ranking, tenure.LeadCount);
        var forSignup = ranking.Rules.OfNewcomer;
        var best = ranking.Best(limit);
        var ranks = best.Select(leader => leader.Points).Append(forSignup).Distinct()
            .ToDictionary(points => points, points => ranking.RankOf(points, leadCount));

        var missing = limit - best.Count(leader => leader.Points > forSignup);
        var leads = ranking.Newcomers(leadCount) > 0 ? await FindNewcomers(ranking, store, campaignId, missing) : [];
        var leaders = best.Concat(leads.Keys.Select(leadId => new RankedLead(forSignup, leadId))).Order().Take(limit).ToList();
        await ReadMissing(leads, leaders, store);
        return [.. leaders.Where(leader => leads.ContainsKey(leader.LeadId))
            .Select(leader => new Leader(leads[leader.LeadId], leader.Points, ranks[leader.Points]))];
    }

    private static async Task<Dictionary<long, Lead>> FindNewcomers(Ranking ranking, ILeadStore store, long campaignId, int count)
    {
        Dictionary<long, Lead> found = [];
        for (var (rank, more) = (0L, true); more && found.Count < count;)
        {
            var page = await store.List(campaignId, rank, Page);
            foreach (var lead in page.Where(lead => ranking.IsNewcomer(lead.Id)).Take(count - found.Count)) found.Add(lead.Id, lead);
            more = page.Length == Page;
            if (more) rank = page[^1].Rank;
        }

        return found;
    }

    // All are asked for before the first is awaited, so that they are read together. One that has gone since is left out.
    private static async Task ReadMissing(Dictionary<long, Lead> leads, List<RankedLead> leaders, ILeadStore store)
    {
        var reads = leaders.Where(leader => !leads.ContainsKey(leader.LeadId)).Select(leader => store.Read(leader.LeadId)).ToList();
        foreach (var read in reads)
        {
            if (await read is { Lead: var lead }) leads[lead.Id] = lead;
        }
    }
}
