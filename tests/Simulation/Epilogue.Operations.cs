using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Promises;

namespace LeadEngine.Simulation;

/// <summary>What was queued is done, and the contest stands as it should.</summary>
internal sealed partial class Epilogue
{
    // A store whose queue is as short as it may be has room for as many.
    private const int MostLeaders = 3;

    // Ten seconds until what the dead took is taken up, or five until a campaign that was locked is looked at; and what goes before it.
    private static readonly TimeSpan LongestUndone = TimeSpan.FromSeconds(20);

    /// <summary>Now that all campaigns are open, whatever was queued is done.</summary>
    private async Task AwaitWork()
    {
        await world.Pause(LongestUndone);
        Broken.Unless(!database.Work.Any(), $"After {LongestUndone} there is left to do: {string.Join(", ", database.Work)}.");
    }

    private async Task LookAtContest(long campaign)
    {
        var leads = InContest(campaign).Select(lead => (lead.Id, lead.Rank, Points: PointsOf(lead)))
            .OrderByDescending(lead => lead.Points).ThenBy(lead => lead.Rank).ToList();
        var expected = leads.Take(MostLeaders).Select(lead => (lead.Id, lead.Points, leads.Count(other => other.Points > lead.Points) + 1L));
        var told = (await client.ListLeaders(campaign, MostLeaders))?.Value
            .Select(leader => (leader.Lead.Id, leader.ContestScore, leader.ScoreRank));
        Broken.Unless(
            told?.SequenceEqual(expected) is true,
            $"The leaders of campaign {campaign} are {string.Join(' ', told ?? [])}, not {string.Join(' ', expected)}.");

        var all = database.Leads.Values.Where(row => row.Lead.CampaignId == campaign).Select(row => database.ScoreOf(row.Lead.Id)).ToList();
        var numbers = new CampaignStats
        {
            Leads = all.Count,
            Referred = all.Sum(score => score.DirectReferrals + score.VerifiedReferrals),
            ReferredVerified = all.Sum(score => score.VerifiedReferrals),
            Fraudulent = all.Count(score => score.IsExcluded),
            HighestScore = leads.Select(lead => lead.Points).DefaultIfEmpty().Max(),
            TotalScore = leads.Sum(lead => lead.Points),
        };
        var stats = await client.GetStats(campaign);
        Broken.Unless(stats == numbers, $"Campaign {campaign} was told in numbers as {stats}, and it is {numbers}.");
    }

    /// <summary>The leads that are not flagged.</summary>
    private List<Lead> InContest(long campaign) =>
        [.. database.Leads.Values.Select(row => row.Lead).Where(lead => lead.CampaignId == campaign && !lead.Profile.Fraudulent)];

    private int PointsOf(Lead lead) => Worth.Of(testimony.Settings[lead.CampaignId], database.ScoreOf(lead.Id));
}
