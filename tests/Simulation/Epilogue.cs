using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Engine;
using LeadEngine.Simulation.Promises;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation;

/// <summary>When nothing goes wrong any more, everything works, and everybody is told what is in the database.</summary>
internal sealed class Epilogue(World world, Town town, SimulatedDatabase database, Client client)
{
    private const int MaxTries = 10;

    /// <param name="rest">How long it takes until every activation that knows an older state has left.</param>
    public async Task Run(TimeSpan rest)
    {
        world.History.Add($"epilogue");
        foreach (var campaign in town.Campaigns) await Recover(campaign);
        await world.Pause(rest);
        foreach (var campaign in town.Campaigns) await SignUp(campaign);
        foreach (var campaign in town.Campaigns) await LookAround(campaign);
    }

    /// <summary>Whoever knows an older state finds out when asked, and does not turn people away until it happens to leave.</summary>
    private async Task Recover(long campaign)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var newcomer = town.NewcomerOf(campaign);
            await client.Send(newcomer);
            if (newcomer.Tries[^1].Answer is { Outcome: not Outcome.Unknown, Refusal: not LeadRefusal.Busy }) return;
            await world.Pause(TimeSpan.FromSeconds(1));
        }

        throw new BrokenPromiseException($"Campaign {campaign} still turns people away, though nothing goes wrong any more.");
    }

    private async Task SignUp(long campaign)
    {
        Broken.Unless(await client.Rule(campaign, CampaignStatus.Open), $"Campaign {campaign} does not open.");
        var before = database.Campaign(campaign).LiveCount;
        var newcomer = town.NewcomerOf(campaign);
        await client.Send(newcomer);
        Broken.Unless(
            newcomer.Tries is [{ Answer.Reply: { Succeeded: true, IsNew: true } reply }] && reply.Lead.Rank == before + 1,
            $"The last sign-up did not succeed: {newcomer.Tries[^1].Answer}");
    }

    private async Task LookAround(long campaign)
    {
        foreach (var (kind, values) in new[] { (IdentifierKind.Email, town.Emails), (IdentifierKind.Phone, town.Phones) })
        {
            foreach (var value in values)
            {
                var expected = database.Find([new IdentifierKey(campaign, kind, value)])[0];
                Compare($"{value} of campaign {campaign}", expected, await client.Find(campaign, kind, value));
            }
        }

        foreach (var lead in database.List(campaign, 0, 1_000)) Compare($"lead {lead.Id}", lead.Id, await client.Get(campaign, lead.Id));
        var page = await client.List(campaign);
        Broken.Unless(page?.Leads.Length == database.Campaign(campaign).LiveCount, $"Campaign {campaign} is listed with {page?.Leads.Length} leads.");
    }

    private void Compare(string what, long? expected, LeadReply reply)
    {
        if (expected is not { } id)
        {
            Broken.Unless(reply.Refusal is LeadRefusal.LeadNotFound, $"The look-up of {what} told of {Answer.Text(reply)}, but there is none.");
            return;
        }

        var row = database.Leads[id];
        Broken.Unless(
            reply.Succeeded && ModelLead.Text(reply.Lead) == ModelLead.Text(row.Lead),
            $"The look-up of {what} told of {Answer.Text(reply)}, but stored is {ModelLead.Text(row.Lead)}");
        var score = database.ScoreOf(id);
        var better = database.Leads.Values.Count(other => other.Lead.CampaignId == row.Lead.CampaignId && database.ScoreOf(other.Lead.Id).Points > score.Points);
        var standing = new Standing { LeadCount = database.Campaign(row.Lead.CampaignId).LiveCount, Score = score, ScoreRank = better + 1 };
        Broken.Unless(reply.Standing == standing, $"The look-up of {what} told of {reply.Standing}, but it is {standing}.");
    }
}
