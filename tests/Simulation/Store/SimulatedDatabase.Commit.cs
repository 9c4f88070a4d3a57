using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Store;

/// <summary>Units, and their new leads.</summary>
internal sealed partial class SimulatedDatabase
{
    public BatchReply Commit(WriteBatch batch)
    {
        var units = batch.Units.Select(unit => Commit(unit, batch.Now)).ToImmutableArray();
        var changes = batch.Changes.Select(change => Write(change, batch.Now)).ToImmutableArray();
        foreach (var answer in batch.Answers) Keep(answer, batch.Now);
        return new BatchReply(units, changes);
    }

    private UnitReply Commit(CampaignUnit unit, DateTimeOffset now)
    {
        if (!_campaigns.TryGetValue(unit.CampaignId, out var campaign) || campaign.Epoch != unit.Epoch) return UnitReply.Fenced;

        HashSet<long> scored = [];
        var adds = unit.Adds.Select(add => Add(unit, add, scored, now)).ToImmutableArray();
        var changes = unit.Changes.Select(change => Score(unit, change, scored, now)).ToImmutableArray();
        var removals = unit.Removals.Select(removal => Remove(unit.CampaignId, removal, scored, now)).ToImmutableArray();
        foreach (var (id, before) in _scoresBefore.Where(pair => _scores.ContainsKey(pair.Key) && _scores[pair.Key] != pair.Value))
        {
            foreach (var note in EventDetails.Scores(before, _scores[id])) TellOfLead(unit.CampaignId, id, note, now);
        }

        _scoresBefore.Clear();
        return new UnitReply
        {
            Adds = adds,
            Changes = changes,
            Removals = removals,
            LeadCount = _campaigns[unit.CampaignId].LiveCount,
            Scores = [.. scored.Order().Where(_scores.ContainsKey).Select(id => new ScoreRow(id, _scores[id]))],
        };
    }

    private AddOutcome Add(CampaignUnit unit, NewLead add, HashSet<long> scored, DateTimeOffset now)
    {
        var campaign = _campaigns[unit.CampaignId];
        var parent = add.ReferrerId is { } id && _leads.TryGetValue(id, out var row) && row.Lead.CampaignId == unit.CampaignId ? row.Lead : null;
        if (parent is not null) scored.UnionWith([parent.Id, .. Referrers(parent).Take(1)]);

        if (Existing(unit.CampaignId, add) is { } existing)
        {
            if (ReferralClasses.IsScored(add)) scored.Add(existing);
            return AddOutcome.Exists(existing);
        }

        if (campaign.Status is CampaignStatus.Ended) return AddOutcome.Refused(LeadRefusal.Ended);
        if (campaign.Status is CampaignStatus.Locked) return AddOutcome.Refused(LeadRefusal.Locked);

        var lead = new Lead
        {
            Id = ++_lastLeadId,
            CampaignId = unit.CampaignId,
            Rank = campaign.LastRank + 1,
            CreatedAt = add.Request.ReceivedAt,
            Counter = 1,
            Email = IsTaken(unit.CampaignId, IdentifierKind.Email, add.Email) ? null : add.Email,
            Phone = IsTaken(unit.CampaignId, IdentifierKind.Phone, add.Phone) ? null : add.Phone,
            ParentId = parent?.Id,
            Profile = add.Profile,
        };
        _campaigns[unit.CampaignId] = campaign with { LastRank = lead.Rank, LiveCount = campaign.LiveCount + 1 };
        Insert(lead, add, now);
        TellOfLead(unit.CampaignId, lead.Id, new EventNote(EventKind.Signup), add.Request.ReceivedAt);
        var countsForNobody = ReferralClasses.Of(add.Profile) is ReferralClass.Nobody;
        if (countsForNobody) TellOfLead(unit.CampaignId, lead.Id, new EventNote(EventKind.Fraudulent), now);
        else if (parent is not null) TellOfLead(unit.CampaignId, parent.Id, EventDetails.Referral(lead.Id), now);
        foreach (var note in add.Events) TellOfLead(unit.CampaignId, lead.Id, note, now);
        BeginScore(lead, add, scored);
        if (add.Request.Idempotency is { } claim) Spend(claim, lead.Id, now);
        return AddOutcome.Added(lead.Id, lead.Rank, lead.ParentId, lostClaim: lead.Email != add.Email || lead.Phone != add.Phone);
    }

    private long? Existing(long campaignId, NewLead add)
    {
        var byEmail = add.IdentifiedBy is Identification.Phone ? null : Owner(campaignId, IdentifierKind.Email, add.Email);
        var byPhone = add.IdentifiedBy is Identification.Email ? null : Owner(campaignId, IdentifierKind.Phone, add.Phone);
        return byEmail ?? byPhone;
    }

    private bool IsTaken(long campaignId, IdentifierKind kind, string? value) => Owner(campaignId, kind, value) is not null;

    private long? Owner(long campaignId, IdentifierKind kind, string? value) =>
        value is null ? null : OwnerOf(new IdentifierKey(campaignId, kind, value));

    private void Insert(Lead lead, NewLead add, DateTimeOffset now)
    {
        var row = new StoredLead
        {
            Lead = lead,
            Version = 1,
            Requests = new RequestLog { Recent = [new SeenRequest(add.Request.Id, add.Request.ReceivedAt)] },
        };
        _leads.Add(lead.Id, row);
        foreach (var identifier in IdentifiersOf(lead)) _owners.Add(identifier, lead.Id);
        if (add.ShortLink is { } link) _links.Add(link.Code, new StoredLink(link.Url, lead.CampaignId, lead.Id, 0));
        Log.Add(new LeadAdded(row));
        var person = Link(lead, add.Person, add.Request.ReceivedAt, now);
        _members.Add(lead.Id, new MemberRow(lead.Id, lead.CampaignId, lead.Rank, lead.CreatedAt, MemberStatus.AsCampaign, person.Id));
        Log.Add(new LeadLinked(lead.Id, person.Id));
    }

    private static IEnumerable<IdentifierKey> IdentifiersOf(Lead lead)
    {
        if (lead.Email is { } email) yield return new IdentifierKey(lead.CampaignId, IdentifierKind.Email, email);
        if (lead.Phone is { } phone) yield return new IdentifierKey(lead.CampaignId, IdentifierKind.Phone, phone);
    }
}
