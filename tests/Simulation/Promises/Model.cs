using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Promises;

/// <summary>
/// The engine as anybody would write it who had one request at a time. It goes through the database's commits in their order, finds out
/// which requests each of them was made of, applies these one after the other, and insists that the same comes out.
/// </summary>
internal sealed partial class Model
{
    private readonly Dictionary<int, ClientRequest> _requests;
    private readonly Dictionary<long, ModelLead> _leads = [];
    private readonly Dictionary<ClientRequest, List<Effect>> _effects = [];
    private readonly Dictionary<IdentifierKey, List<(ModelLead Lead, int Since)>> _owners = [];
    private readonly Dictionary<long, ModelCampaign> _campaigns = [];
    private readonly CommitLog _log;
    private readonly Testimony _testimony;

    private Model(CommitLog log, Testimony testimony)
    {
        (_log, _testimony) = (log, testimony);
        _requests = testimony.Requests.ToDictionary(request => request.Number);
        People = new ModelDirectory(testimony);
    }

    /// <summary>All leads that ever were.</summary>
    public IReadOnlyDictionary<long, ModelLead> Leads => _leads;

    public ModelDirectory People { get; }

    public static Model Of(CommitLog log, Testimony testimony)
    {
        var model = new Model(log, testimony);
        for (var at = 0; at < log.Entries.Count; at++)
        {
            if (!model.People.Apply(log.Entries[at], at)) model.Apply(log.Entries[at], at);
        }

        model.People.End();
        model.CheckWorkIsDone();
        return model;
    }

    /// <summary>
    /// What a request did: nothing, or one thing. Only when the lead to which it did it was removed nobody remembers, and a repeat of the
    /// request is new again.
    /// </summary>
    public IReadOnlyList<Effect> EffectsOf(ClientRequest request) => _effects.GetValueOrDefault(request) ?? [];

    public ModelCampaign Campaign(long id)
    {
        if (!_campaigns.TryGetValue(id, out var campaign)) _campaigns.Add(id, campaign = new ModelCampaign());
        return campaign;
    }

    /// <summary>The leads that had an identifier at some moment between two positions.</summary>
    public IEnumerable<ModelLead> OwnersBetween(IdentifierKey identifier, int from, int to) =>
        (_owners.GetValueOrDefault(identifier) ?? []).Where(owner => owner.Since < to && !owner.Lead.IsGoneBy(from)).Select(owner => owner.Lead);

    /// <summary>Whether there was a moment between two positions at which nobody had an identifier.</summary>
    public bool WasFreeBetween(IdentifierKey identifier, int from, int to)
    {
        var owners = _owners.GetValueOrDefault(identifier) ?? [];
        return !owners.Exists(owner => owner.Since < from && !owner.Lead.IsGoneBy(to));
    }

    private void Apply(Applied entry, int at)
    {
        switch (entry)
        {
            case LeadAdded added:
                Add(added.Row, at);
                break;
            case LeadChanged changed:
                Change(changed, at);
                break;
            case LeadRemoved removed:
                Remove(removed, at);
                break;
            case LeadLinked or PersonAdded or PersonChanged or PersonGone:
                throw new BrokenPromiseException($"Nobody asked for this: {entry}.");
            case ScoreSet scored:
                Broken.Unless(_leads[scored.LeadId].Score == scored.Score, $"The score of lead {scored.LeadId} is {scored.Score}, not {_leads[scored.LeadId].Score}.");
                break;
            case WorkQueued queued:
                Queue(queued, at);
                break;
            case WorkOver over:
                End(over);
                break;
            case StatusSet set:
                Campaign(set.CampaignId).Set(set.Status, at);
                break;
        }
    }

    private void Add(StoredLead row, int at)
    {
        var campaign = Campaign(row.Lead.CampaignId);
        Broken.Unless(campaign.Status is CampaignStatus.Open, $"Lead {row.Lead.Id} was added to a campaign that is {campaign.Status}.");
        Broken.Unless(row.Lead.Rank == campaign.Leads.Count + 1, $"Lead {row.Lead.Id} has rank {row.Lead.Rank}, not {campaign.Leads.Count + 1}.");
        Broken.Unless(row.Requests.Recent.Length == 1, $"Lead {row.Lead.Id} was added for {row.Requests.Recent.Length} requests.");

        var seen = row.Requests.Recent[0];
        var request = Take(seen, row.Lead);
        Broken.Unless(request.LeadId is null && request.Order is null && !request.MustExist, $"{request} made a lead.");
        var parent = request.ReferrerId is { } id && LeadHere(id) is { } referrer && referrer.CampaignId == request.CampaignId ? referrer : null;
        var lead = new ModelLead(row.Lead.Id, request.CampaignId, campaign.Leads.Count + 1, parent?.Id);
        var hasEmail = OwnAtFirst(IdentifierKind.Email, request.Email, request.IdentifyingEmail, row.Lead.Email, lead, request, at);
        var hasPhone = OwnAtFirst(IdentifierKind.Phone, request.Phone, request.IdentifyingPhone, row.Lead.Phone, lead, request, at);
        if (SettingsOf(lead.CampaignId).Waitlist) lead.Wait();
        lead.Apply(request, seen, hasEmail, hasPhone, at);
        _leads.Add(lead.Id, lead);
        campaign.Leads.Add(at);
        Remember(request, new Effect(lead, 0, at, Made: true));
        Compare(lead, row);
        People.Link(lead, request);

        if (request.Points != 0) lead.SetScore(Plus(new(), request.Points, least: 0), at);
        CountReferrals(lead, at);
    }

    private void Change(LeadChanged changed, int at)
    {
        var (before, after) = (changed.Before, changed.After);
        var lead = _leads[before.Lead.Id];
        var campaign = Campaign(lead.CampaignId);
        Broken.Unless(campaign.Status is not CampaignStatus.Locked, $"Lead {lead.Id} was changed in a locked campaign.");
        Broken.Unless(!lead.IsGone, $"Lead {lead.Id} was changed, and had been removed.");
        Compare(lead, before);

        var news = after.Requests.Recent.Except(before.Requests.Recent).ToList();
        Broken.Unless(news.Count > 0 || !changed.Tasks.IsEmpty, $"Lead {lead.Id} was changed for no request.");
        var (identity, countedAs, firstStep) = (lead.Identity, lead.CountsAs, lead.Steps.Count - 1);
        var points = 0;
        HashSet<long> earned = [];
        foreach (var seen in news)
        {
            var request = Take(seen, after.Lead);
            Broken.Unless(!request.MustBeNew, $"{request} changed lead {lead.Id}.");
            Broken.Unless(IsAbout(request, lead, at), $"{request} is not about lead {lead.Id}: {lead}.");
            var gainsEmail = lead.Email is null && Own(IdentifierKind.Email, request.Email, lead, at);
            var gainsPhone = lead.Phone is null && IsFree(IdentifierKind.Phone, request) && Own(IdentifierKind.Phone, request.Phone, lead, at);
            var marks = lead.Marks;
            lead.Apply(request, seen, gainsEmail, gainsPhone, at);
            CheckTime(request, seen, changed, campaign, isChange: request.Points != 0 || lead.Marks != marks);
            Remember(request, new Effect(lead, lead.Steps.Count - 1, at, Made: false));
            points += request.Points;
            if (request.Subject != 0 && lead.Marks != marks) earned.Add(request.Subject);
            Recount(lead, request, marks, campaign);
        }

        Settle(changed, lead, firstStep);
        Compare(lead, after);
        Score(lead, changed, points, countedAs, earned, at);
        Broken.Unless(changed.ConcernsPerson || lead.Identity == identity, $"Lead {lead.Id} tells more of its person, who was not told: {lead}.");
        if (changed.ConcernsPerson) People.LinkAnew(lead);
    }

    private void Remove(LeadRemoved removed, int at)
    {
        var lead = _leads[removed.Row.Lead.Id];
        var campaign = Campaign(lead.CampaignId);
        Broken.Unless(campaign.Status is not CampaignStatus.Locked, $"Lead {lead.Id} was removed from a locked campaign.");
        var isAsked = _testimony.Removals.Exists(errand => errand.From <= at && errand.Command is Removal removal
            && removal.LeadId == lead.Id && removal.CampaignId == lead.CampaignId && removal.LeaveMember == removed.LeavesMember)
            || (!removed.LeavesMember && _work.Values.Any(task => task.LeadId == lead.Id && task.Order is LeadOrder.Delete));
        Broken.Unless(isAsked || (removed.LeavesMember && People.IsToGo(lead, !campaign.WasEverClosed, at)), $"Nobody asked for the removal of lead {lead.Id}.");
        Compare(lead, removed.Row);
        lead.Remove(at);
        campaign.Removals.Add(at);
        CountReferrals(lead, at);
    }

    private ModelLead? LeadHere(long id) => _leads.TryGetValue(id, out var lead) && !lead.IsGone ? lead : null;

    private void Remember(ClientRequest request, Effect effect)
    {
        if (!_effects.TryGetValue(request, out var effects)) _effects.Add(request, effects = []);
        effects.Add(effect);
    }

    private ClientRequest Take(SeenRequest seen, Lead lead)
    {
        var number = RequestIds.NumberOf(seen.Id);
        var request = Find(seen.Id);
        Broken.Unless(request is not null, $"Lead {lead.Id} was written for request #{number}, which nobody sent.");
        var earlier = EffectsOf(request).FirstOrDefault(effect => !effect.Lead.IsGone);
        var isNew = earlier is null || WasQueuedAgain(request);
        Broken.Unless(isNew, $"#{number} was applied to lead {earlier?.Lead.Id}, and then to lead {lead.Id}.");
        Broken.Unless(request.CampaignId == lead.CampaignId, $"{request} was applied in campaign {lead.CampaignId}.");
        return request;
    }

    /// <summary>The table of e-mail and phone. A request that took long may have been decided by what was so when it came.</summary>
    private bool IsAbout(ClientRequest request, ModelLead lead, int at)
    {
        if (request.LeadId is { } id) return id == lead.Id;
        var byEmail = Owner(IdentifierKind.Email, request.Email, request.CampaignId);
        var byPhone = Owner(IdentifierKind.Phone, request.Phone, request.CampaignId);
        if (byEmail.Lead is null) return byPhone.Lead == lead;
        if (byEmail.Lead == lead) return true;
        return byPhone.Lead == lead && byEmail.Since >= request.Tries[0].From && byPhone.Since < byEmail.Since && byEmail.Since <= at;
    }

    private bool IsFree(IdentifierKind kind, ClientRequest request) =>
        request.Phone is not null && Owner(kind, request.Phone, request.CampaignId).Lead is null;

    private (ModelLead? Lead, int Since) Owner(IdentifierKind kind, string? value, long campaignId) =>
        value is not null && _owners.TryGetValue(new IdentifierKey(campaignId, kind, value), out var owners) && !owners[^1].Lead.IsGone
            ? owners[^1]
            : default;

    /// <summary>
    /// What identifies is free, or the lead would not be new. What is merely claimed may be another's, or be claimed by another.
    /// </summary>
    private bool OwnAtFirst(
        IdentifierKind kind, string? value, string? identifying, string? stored, ModelLead lead, ClientRequest request, int at)
    {
        if (value is null || stored is not null || identifying is not null) return Own(kind, value, lead, at);
        var key = new IdentifierKey(lead.CampaignId, kind, value);
        var rivals = _requests.Values.Where(other => other != request && other.Mentions(key) && other.Tries[0].From <= at);
        Broken.Unless(Owner(kind, value, lead.CampaignId).Lead is not null || rivals.Any(), $"{request} did not get {value}, which is free.");
        return false;
    }

    private bool Own(IdentifierKind kind, string? value, ModelLead lead, int at)
    {
        if (value is null) return false;
        var other = Owner(kind, value, lead.CampaignId).Lead;
        Broken.Unless(other is null, $"Lead {lead.Id} got {value}, which lead {other?.Id} has.");
        var key = new IdentifierKey(lead.CampaignId, kind, value);
        if (!_owners.TryGetValue(key, out var owners)) _owners.Add(key, owners = []);
        owners.Add((lead, at));
        return true;
    }

    private static void Compare(ModelLead expected, StoredLead row)
    {
        var text = ModelLead.Text(row.Lead);
        Broken.Unless(expected.ToString() == text, $"Stored is {text}\nafter one request at a time it is {expected}");
        var (recent, forgottenUntil) = expected.Memory;
        Broken.Unless(recent.SequenceEqual(row.Requests.Recent) && forgottenUntil == row.Requests.ForgottenUntil, $"Lead {row.Lead.Id} does not remember its requests.");
    }
}

/// <summary>What a request did.</summary>
/// <param name="Lead">To which lead.</param>
/// <param name="Step">Which of the lead's states it made.</param>
/// <param name="At">In which log entry.</param>
/// <param name="Made">The lead is new.</param>
internal sealed record Effect(ModelLead Lead, int Step, int At, bool Made);
