using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Promises;

/// <summary>Holds what clients were told against what the model says, and the model against what is in the database.</summary>
/// <param name="database">What is there in the end, and how it came.</param>
/// <param name="testimony">What clients asked and heard.</param>
/// <param name="isCalm">Nothing went wrong, so nothing was refused for that and nothing was told twice.</param>
/// <param name="hadDoubles">
/// Two activations of one grain may have been asked, so look-ups may have been answered with an older state.
/// </param>
/// <param name="commitsLandLate">What was lost may have taken effect later.</param>
internal sealed partial class PromiseChecker(SimulatedDatabase database, Testimony testimony, bool isCalm, bool hadDoubles, bool commitsLandLate)
{
    private readonly Model _model = Model.Of(database.Log, testimony);

    public void Check()
    {
        foreach (var (what, surprise) in testimony.Surprises) throw new BrokenPromiseException($"{what} ended with {surprise.GetType().Name}.", surprise);
        CheckDatabase();
        foreach (var request in testimony.Requests) CheckAnswers(request);
        CheckKeys();
        foreach (var campaign in testimony.Rulings.GroupBy(ruling => ruling.CampaignId)) CheckRulings(campaign.Key, [.. campaign]);
        foreach (var question in testimony.Questions) CheckAnswer(question);
        foreach (var listing in testimony.Listings) CheckListing(listing);
        CheckPeople();
        CheckErrands();
    }

    private void CheckDatabase()
    {
        foreach (var (id, row) in database.Leads)
        {
            var lead = _model.Leads[id];
            Broken.Unless(lead.ToString() == ModelLead.Text(row.Lead), $"In the end {ModelLead.Text(row.Lead)} is stored, not {lead}");
            var score = database.ScoreOf(id);
            var children = _model.Leads.Values.Where(other => other.ParentId == id && !other.IsGone).ToList();
            Broken.Unless(score == lead.Score, $"In the end {score} is stored for lead {id}, not {lead.Score}.");
            var direct = children.Count(IsCounted);
            Broken.Unless(score.DirectReferrals + score.VerifiedReferrals == direct, $"Lead {id} referred {direct}, not as in {score}.");
            var grandchildren = _model.Leads.Values.Where(other => children.Any(child => child.Id == other.ParentId) && !other.IsGone);
            var indirect = grandchildren.Count(IsCounted);
            Broken.Unless(
                score.IndirectReferrals + score.VerifiedIndirectReferrals == indirect,
                $"Lead {id} has {indirect} indirect referrals, not as in {score}.");
            Broken.Unless(score.IsExcluded == !IsCounted(lead), $"Lead {id} takes part: {!score.IsExcluded}, and is {lead}.");
        }

        var left = _model.Leads.Values.Count(lead => !lead.IsGone);
        Broken.Unless(left == database.Leads.Count, $"{database.Leads.Count} leads are stored, not {left}.");
        foreach (var campaign in _model.Leads.Values.GroupBy(lead => lead.CampaignId))
        {
            var ranks = campaign.Select(lead => lead.Rank).Order();
            Broken.Unless(ranks.SequenceEqual(Enumerable.Range(1, campaign.Count()).Select(rank => (long)rank)), $"The ranks of campaign {campaign.Key} are not 1, 2, 3, …");
        }
    }

    private static bool IsCounted(ModelLead lead) => lead.Marks.Flag is null;

    /// <summary>
    /// Whoever repeats a request with its key gets the first answer, and nobody gets anything for a key that was spent before.
    /// </summary>
    private void CheckKeys()
    {
        foreach (var users in testimony.Requests.Where(request => request.Key is not null).GroupBy(request => request.Key))
        {
            var first = users.SelectMany(_model.EffectsOf).Where(effect => !effect.Lead.IsGone).MinBy(effect => effect.At);
            var late = users.FirstOrDefault(request => request.Tries[0].From > first?.At && _model.EffectsOf(request).Count > 0);
            Broken.Unless(late is null, $"{late} was applied, although its key was spent.");
        }

        // With a lead that is removed its keys go.
        foreach (var request in testimony.Requests.Where(request => request.Key is not null && !_model.EffectsOf(request).Any(effect => effect.Lead.IsGone)))
        {
            var bodies = request.Tries.Select(sent => sent.Answer?.Body).OfType<string>().Distinct().ToList();
            Broken.Unless(bodies.Count <= 1, $"{request} was answered with\n{string.Join("\nand with\n", bodies)}");
        }
    }

    /// <summary>What an owner was told is so stays so until the owner asks for something else.</summary>
    private void CheckRulings(long campaignId, Ruling[] rulings)
    {
        var campaign = _model.Campaign(campaignId);
        for (var i = 0; i < rulings.Length; i++)
        {
            var next = i + 1 < rulings.Length ? rulings[i + 1].Tries[0].From : database.Log.Position;
            if (rulings[i].Tries.Find(sent => sent.Answer is { Succeeded: true }) is not { Answer: { } answer, To: { } to } ruled) continue;

            Broken.Unless(answer.Campaign!.Status == rulings[i].Status, $"Campaign {campaignId} was set {rulings[i].Status}, and said to be {answer.Campaign.Status}.");
            var after = campaign.Between(to, next).ToList();
            var unsettled = rulings[..(i + 1)].Where(ruling => ruling.Tries.Exists(IsUnsettled)).Select(ruling => ruling.Status).ToHashSet();
            Broken.Unless(
                after.TrueForAll(status => status == rulings[i].Status || unsettled.Contains(status)),
                $"Campaign {campaignId} was said to be {rulings[i].Status} at {to}, and was {string.Join(", ", after)} until {next}.");
            var counts = campaign.CountsBetween(ruled.From, to).ToList();
            Broken.Unless(counts.Contains(answer.Campaign.LeadCount), $"Campaign {campaignId} was said to have {answer.Campaign.LeadCount} leads: it had {string.Join(", ", counts)}.");
            if (rulings[i].Status is not CampaignStatus.Open && !after.Contains(CampaignStatus.Open) && campaign.Removals.Count == 0)
                Broken.Unless(campaign.CountAt(next) == answer.Campaign.LeadCount, $"Campaign {campaignId} had {answer.Campaign.LeadCount} leads when it was closed, and then {campaign.CountAt(next)}.");
        }
    }

    // Nobody can say of such a try that it will not take effect still, in a process that was frozen for example.
    private static bool IsUnsettled(Try<CampaignReply> sent) => sent.Answer is null or { Refusal: LeadRefusal.Unknown };

    private void CheckListing(Listing listing)
    {
        if (listing.Try is not { Answer: { } page, To: { } to, From: var from }) return;
        var ids = page.Leads.Select(lead => lead.Id).ToList();
        Broken.Unless(
            Enumerable.Range(from, to - from + 1).Any(position => LeadsAt(listing.CampaignId, position).SequenceEqual(ids)),
            $"Campaign {listing.CampaignId} was listed with leads {string.Join(' ', ids)}, which it never had together, or not in this order.");
        foreach (var lead in page.Leads) CheckState(lead, FirstStepSince(_model.Leads[lead.Id], from), to, $"the list of campaign {listing.CampaignId}");
    }

    private IEnumerable<long> LeadsAt(long campaignId, int position) =>
        from lead in _model.Leads.Values
        where lead.CampaignId == campaignId && lead.Steps[0].At < position && !lead.IsGoneBy(position)
        orderby lead.Rank
        select lead.Id;

    /// <summary>The newest state that was committed before a position.</summary>
    private static int FirstStepSince(ModelLead lead, int position) => Math.Max(0, lead.Steps.Count(step => step.At < position) - 1);

    /// <summary>A lead that was told was so once: not before a given state, and not before it was committed.</summary>
    private void CheckState(Lead told, int earliest, int to, string where)
    {
        Broken.Unless(_model.Leads.TryGetValue(told.Id, out var lead), $"{where} told of lead {told.Id}, which there is not.");
        var text = ModelLead.Text(told);
        for (var step = earliest; step < lead!.Steps.Count && lead.Steps[step].At < to; step++)
        {
            if (lead.Steps[step].Text == text) return;
        }

        var known = string.Join('\n', lead.Steps.Where(step => step.At < to).Select(step => step.Text));
        throw new BrokenPromiseException($"{where} told of {text}\nwhich was never so, or not any more (from state {earliest} on):\n{known}");
    }
}
