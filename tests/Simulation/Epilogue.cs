using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Engine;
using LeadEngine.Simulation.Promises;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation;

/// <summary>When nothing goes wrong any more, everything works, and everybody is told what is in the database.</summary>
internal sealed partial class Epilogue(
    World world, Town town, SimulatedDatabase database, Client client, Testimony testimony, Receiver? receiver)
{
    private const int MaxTries = 10;

    private static readonly TimeSpan LongestUnfound = TimeSpan.FromSeconds(5);

    /// <param name="rest">How long it takes until every activation that knows an older state has left.</param>
    public async Task Run(TimeSpan rest)
    {
        world.History.Add($"epilogue");
        foreach (var campaign in town.Campaigns) await Recover(campaign);
        await Rest(rest);
        foreach (var campaign in town.Campaigns) await SignUp(campaign);
        if (testimony.Bulks.Count > 0) await AwaitWork();
        foreach (var campaign in town.Campaigns) await LookAround(campaign);
        foreach (var campaign in town.Campaigns) await LookAtDialects(campaign);
        foreach (var campaign in town.Campaigns) await LookAtContest(campaign);
        foreach (var code in rest > TimeSpan.Zero ? town.Codes : []) await Follow(code);
        foreach (var account in town.Accounts)
        {
            await FindEverybody(account);
            await LookForBans(account, testimony.Bans);
            await Forget(account);
        }
    }

    // Deliveries read leads, and whoever is read stays.
    private async Task Rest(TimeSpan rest)
    {
        int? posts;
        do
        {
            posts = receiver?.Posts.Count;
            await world.Pause(rest);
        }
        while (posts != receiver?.Posts.Count);
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
        await SignUp(campaign, town.NewcomerOf(campaign));
        foreach (var gone in Gone(campaign).Take(2).ToList()) await SignUp(campaign, town.ReturnerOf(campaign, gone));
    }

    private async Task SignUp(long campaign, ClientRequest request)
    {
        var before = database.Campaign(campaign).LastRank;
        await client.Send(request);
        Broken.Unless(
            request.Tries is [{ Answer.Reply: { Succeeded: true, IsNew: true } reply }] && reply.Lead.Rank == before + 1,
            $"The last sign-up did not succeed: {request.Tries[^1].Answer}");
    }

    /// <summary>E-mail addresses of leads that were removed, and of nobody else.</summary>
    private IEnumerable<string> Gone(long campaign) => database.Log.Entries.OfType<LeadRemoved>()
        .Where(entry => entry.Row.Lead.CampaignId == campaign).Select(entry => entry.Row.Lead.Email).OfType<string>().Distinct()
        .Where(email => database.Find([new IdentifierKey(campaign, IdentifierKind.Email, email)])[0] is null);

    /// <summary>Somebody wants to be forgotten: nothing is left of that person, whatever it was in.</summary>
    private async Task Forget(long accountId)
    {
        if (database.People.Values.FirstOrDefault(person => person.AccountId == accountId) is not { } person) return;
        var answer = await client.Delete(new Deletion(accountId, [person.Id], Force: true));
        Broken.Unless(answer is { Refusal: null, InTheWay.IsEmpty: true }, $"Person {person.Id} was not deleted: {answer}.");
    }

    /// <summary>Within the time that is promised, whoever is there is found.</summary>
    private async Task FindEverybody(long accountId)
    {
        await world.Pause(LongestUnfound);
        foreach (var person in database.People.Values.Where(person => person.AccountId == accountId).ToList())
        {
            var found = await client.Find(new Search(accountId, person.Email ?? person.Phone!));
            Broken.Unless(found?.Value.Any(one => one.Id == person.Id) is true, $"{Describe.Person(person)} was not found.");
        }
    }

    private async Task LookAtDialects(long campaign)
    {
        var members = database.Members.Values.Where(member => member.CampaignId == campaign).OrderBy(member => member.Rank);
        var told = await client.ListMembers(campaign);
        Broken.Unless(
            told is not null && told.Value.Select(member => (member.LeadId, member.Status, member.Person?.Id))
                .SequenceEqual(members.Select(member => (member.LeadId, member.Status, member.PersonId))),
            $"The members of campaign {campaign} were not told as they are.");

        var leads = database.List(campaign, 0, 1_000);
        var withTime = leads.Where(lead => lead.Profile.ExternalCreatedAt is not null).ToList();
        var inOrder = Town.PostingOf(campaign) switch
        {
            PostingStrategy.EarliestFirst => withTime.OrderBy(lead => lead.Profile.ExternalCreatedAt).Concat(leads.Except(withTime)),
            PostingStrategy.LatestFirst => withTime.OrderByDescending(lead => lead.Profile.ExternalCreatedAt).Concat(leads.Except(withTime)),
            _ => leads,
        };
        var posted = await client.ListPosted(campaign);
        Broken.Unless(
            posted is not null && posted.Value.Select(lead => lead.Id).SequenceEqual(inOrder.Select(lead => lead.Id)),
            $"Campaign {campaign} was not listed in its posting order.");
    }

    /// <summary>Whoever knew of a link has left by now.</summary>
    private async Task Follow(string code)
    {
        var answer = await client.Click(new Click(code));
        Broken.Unless(answer is not null && answer.Value == database.ReadLink(code)?.Url, $"Link {code} leads to {answer?.Value}.");
    }

    private async Task LookForBans(long accountId, IEnumerable<Errand<Told<int>>> bans)
    {
        var asked = bans.Where(ban => ((Ban)ban.Command).AccountId == accountId).ToLookup(ban => ((Ban)ban.Command).Entry.Value);
        var told = (await client.FindBanned(accountId, [.. town.Phones]))?.Value ?? [];
        foreach (var phone in town.Phones)
        {
            var isBanned = told.Contains(phone);
            Broken.Unless(!isBanned || asked[phone].Any(), $"{phone} is not to be contacted, and nobody said so.");
            Broken.Unless(isBanned || !asked[phone].Any(ban => ban.Tries.Exists(sent => sent.Answer is not null)), $"{phone} may be contacted again.");
        }
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
        var points = PointsOf(row.Lead);
        var inContest = InContest(row.Lead.CampaignId);
        var standing = new Standing
        {
            LeadCount = database.Campaign(row.Lead.CampaignId).LiveCount,
            Score = score,
            ScoreRank = inContest.Count(other => PointsOf(other) > points) + 1,
            ContestScore = points,
        };
        Broken.Unless(reply.Standing == standing, $"The look-up of {what} told of {reply.Standing}, but it is {standing}.");
    }
}
