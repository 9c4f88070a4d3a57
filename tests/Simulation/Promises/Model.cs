using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Promises;

/// <summary>
/// The engine as anybody would write it who had one request at a time. It goes through the database's commits in their order, finds out
/// which requests each of them was made of, applies these one after the other, and insists that the same comes out.
/// </summary>
internal sealed class Model
{
    private readonly Dictionary<int, ClientRequest> _requests;
    private readonly Dictionary<long, ModelLead> _leads = [];
    private readonly Dictionary<int, Effect> _effects = [];
    private readonly Dictionary<IdentifierKey, (ModelLead Lead, int Since)> _owners = [];
    private readonly Dictionary<long, ModelCampaign> _campaigns = [];

    private Model(IEnumerable<ClientRequest> requests) => _requests = requests.ToDictionary(request => request.Number);

    public IReadOnlyDictionary<long, ModelLead> Leads => _leads;

    public static Model Of(CommitLog log, IEnumerable<ClientRequest> requests)
    {
        var model = new Model(requests);
        for (var at = 0; at < log.Entries.Count; at++) model.Apply(log.Entries[at], at);
        return model;
    }

    /// <summary>What a request did; null when nothing.</summary>
    public Effect? EffectOf(ClientRequest request) => _effects.GetValueOrDefault(request.Number);

    public ModelCampaign Campaign(long id)
    {
        if (!_campaigns.TryGetValue(id, out var campaign)) _campaigns.Add(id, campaign = new ModelCampaign());
        return campaign;
    }

    /// <summary>The lead that had an identifier at a position.</summary>
    public ModelLead? OwnerOf(IdentifierKey identifier, int position) =>
        _owners.TryGetValue(identifier, out var owner) && owner.Since < position ? owner.Lead : null;

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
            case ScoreSet scored:
                Broken.Unless(_leads[scored.LeadId].Score == scored.Score, $"The score of lead {scored.LeadId} is {scored.Score}, not {_leads[scored.LeadId].Score}.");
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
        Broken.Unless(request.LeadId is null && !request.MustExist, $"{request} made a lead.");
        var parent = request.ReferrerId is { } id && _leads.TryGetValue(id, out var referrer) && referrer.CampaignId == request.CampaignId ? referrer : null;
        var lead = new ModelLead(row.Lead.Id, request.CampaignId, campaign.Leads.Count + 1, parent?.Id);
        Own(IdentifierKind.Email, request.Email, lead, at);
        Own(IdentifierKind.Phone, request.Phone, lead, at);
        lead.Apply(request, seen, request.Email is not null, request.Phone is not null, at);
        _leads.Add(lead.Id, lead);
        campaign.Leads.Add(at);
        _effects.Add(request.Number, new Effect(lead, 0, at, Made: true));
        Compare(lead, row);

        if (request.Points != 0) lead.SetScore(Plus(default, request.Points), at);
        if (parent is null) return;
        parent.SetScore(Plus(parent.Score with { DirectReferrals = parent.Score.DirectReferrals + 1 }, Town.ReferralPointsOf(parent.CampaignId)), at);
        if (parent.ParentId is { } grandparent && _leads[grandparent] is var two)
            two.SetScore(two.Score with { IndirectReferrals = two.Score.IndirectReferrals + 1 }, at);
    }

    private void Change(LeadChanged changed, int at)
    {
        var (before, after) = (changed.Before, changed.After);
        var lead = _leads[before.Lead.Id];
        var campaign = Campaign(lead.CampaignId);
        Broken.Unless(campaign.Status is not CampaignStatus.Locked, $"Lead {lead.Id} was changed in a locked campaign.");
        Compare(lead, before);

        var news = after.Requests.Recent.Except(before.Requests.Recent).ToList();
        Broken.Unless(news.Count > 0, $"Lead {lead.Id} was changed for no request.");
        var points = 0;
        foreach (var seen in news)
        {
            var request = Take(seen, after.Lead);
            Broken.Unless(IsAbout(request, lead, at), $"{request} is not about lead {lead.Id}: {lead}.");
            var gainsEmail = lead.Email is null && Own(IdentifierKind.Email, request.Email, lead, at);
            var gainsPhone = lead.Phone is null && IsFree(IdentifierKind.Phone, request) && Own(IdentifierKind.Phone, request.Phone, lead, at);
            lead.Apply(request, seen, gainsEmail, gainsPhone, at);
            _effects.Add(request.Number, new Effect(lead, lead.Steps.Count - 1, at, Made: false));
            points += request.Points;
        }

        // Points that were folded count as one: nobody can tell in which order they came.
        if (points != 0 && campaign.Status is CampaignStatus.Open) lead.SetScore(Plus(lead.Score, points), at);
        Compare(lead, after);
    }

    private ClientRequest Take(SeenRequest seen, Lead lead)
    {
        var number = RequestIds.NumberOf(seen.Id);
        Broken.Unless(_requests.TryGetValue(number, out var request), $"Lead {lead.Id} was written for request #{number}, which nobody sent.");
        Broken.Unless(!_effects.TryGetValue(number, out var earlier), $"#{number} was applied to lead {earlier?.Lead.Id}, and then to lead {lead.Id}.");
        Broken.Unless(request!.CampaignId == lead.CampaignId, $"{request} was applied in campaign {lead.CampaignId}.");
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
        value is not null && _owners.TryGetValue(new IdentifierKey(campaignId, kind, value), out var owner) ? owner : default;

    private bool Own(IdentifierKind kind, string? value, ModelLead lead, int at)
    {
        if (value is null) return false;
        var key = new IdentifierKey(lead.CampaignId, kind, value);
        Broken.Unless(!_owners.TryGetValue(key, out var other), $"Lead {lead.Id} got {value}, which lead {other.Lead?.Id} has.");
        _owners.Add(key, (lead, at));
        return true;
    }

    private static LeadScore Plus(LeadScore score, int points) => score with { Points = Math.Max(0, score.Points + points) };

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

/// <summary>What the model knows of a campaign.</summary>
internal sealed class ModelCampaign
{
    private readonly List<(int At, CampaignStatus Status)> _statuses = [(-1, CampaignStatus.Open)];

    /// <summary>The positions at which its leads were added, in order of rank.</summary>
    public List<int> Leads { get; } = [];

    public CampaignStatus Status => _statuses[^1].Status;

    public void Set(CampaignStatus status, int at) => _statuses.Add((at, status));

    public long CountAt(int position) => Leads.Count(at => at < position);

    /// <summary>The statuses that it had between two positions, one after the other.</summary>
    public IEnumerable<CampaignStatus> Between(int from, int to)
    {
        var first = _statuses.FindLastIndex(entry => entry.At < from);
        return _statuses.Skip(first).TakeWhile(entry => entry.At < to).Select(entry => entry.Status);
    }
}
