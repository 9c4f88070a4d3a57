using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>Units, changes and answers.</summary>
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
        return new UnitReply
        {
            Adds = adds,
            Changes = changes,
            LeadCount = _campaigns[unit.CampaignId].LiveCount,
            Scores = [.. scored.Order().Where(_scores.ContainsKey).Select(id => new ScoreRow(id, _scores[id]))],
        };
    }

    private AddOutcome Add(CampaignUnit unit, NewLead add, HashSet<long> scored, DateTimeOffset now)
    {
        var campaign = _campaigns[unit.CampaignId];
        var parent = add.ReferrerId is { } id && _leads.TryGetValue(id, out var row) && row.Lead.CampaignId == unit.CampaignId ? row.Lead : null;
        if (parent is not null) scored.Add(parent.Id);
        if (parent?.ParentId is { } grandparent) scored.Add(grandparent);

        if (Existing(unit.CampaignId, add) is { } existing)
        {
            if (add.Points != 0) scored.Add(existing);
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
            Email = add.Email,
            Phone = add.Phone,
            ParentId = parent?.Id,
            Profile = add.Profile,
        };
        _campaigns[unit.CampaignId] = campaign with { LastRank = lead.Rank, LiveCount = campaign.LiveCount + 1 };
        Insert(lead, add.Request);
        Credit(parent, unit.ReferralPoints);
        if (add.Points != 0)
        {
            scored.Add(lead.Id);
            AddPoints(lead, add.Points);
        }

        if (add.Request.Idempotency is { } claim) Spend(claim, lead.Id, now);
        return AddOutcome.Added(lead.Id, lead.Rank, lead.ParentId);
    }

    private long? Existing(long campaignId, NewLead add) =>
        (add.Email is { } email ? OwnerOf(new IdentifierKey(campaignId, IdentifierKind.Email, email)) : null)
        ?? (add.Phone is { } phone ? OwnerOf(new IdentifierKey(campaignId, IdentifierKind.Phone, phone)) : null);

    private void Insert(Lead lead, RequestStamp request)
    {
        var row = new StoredLead
        {
            Lead = lead,
            Version = 1,
            Requests = new RequestLog { Recent = [new SeenRequest(request.Id, request.ReceivedAt)] },
        };
        _leads.Add(lead.Id, row);
        if (lead.Email is { } email) _owners.Add(new IdentifierKey(lead.CampaignId, IdentifierKind.Email, email), lead.Id);
        if (lead.Phone is { } phone) _owners.Add(new IdentifierKey(lead.CampaignId, IdentifierKind.Phone, phone), lead.Id);
        Log.Add(new LeadAdded(row));
    }

    private void Credit(Lead? parent, int points)
    {
        if (parent is null) return;
        var score = ScoreOf(parent.Id);
        SetScore(parent, score with { Points = Clamp((long)score.Points + points), DirectReferrals = score.DirectReferrals + 1 });
        if (parent.ParentId is not { } id) return;
        score = ScoreOf(id);
        SetScore(_leads[id].Lead, score with { IndirectReferrals = score.IndirectReferrals + 1 });
    }

    private LeadChangeReply Score(CampaignUnit unit, LeadChange change, HashSet<long> scored, DateTimeOffset now)
    {
        if (change.Points != 0) scored.Add(change.After.Id);
        if (change.After.CampaignId != unit.CampaignId) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        var reply = Write(change, now);
        var isOpen = _campaigns[unit.CampaignId].Status is CampaignStatus.Open;
        if (reply.Stored is { Lead: var lead } && isOpen && change.Points != 0) AddPoints(lead, change.Points);
        return reply;
    }

    private void AddPoints(Lead lead, int points)
    {
        var score = ScoreOf(lead.Id);
        SetScore(lead, score with { Points = Clamp((long)score.Points + points) });
    }

    private static int Clamp(long points) => (int)Math.Clamp(points, 0, int.MaxValue);

    private void SetScore(Lead lead, LeadScore score)
    {
        _scores[lead.Id] = score;
        Log.Add(new ScoreSet(lead.CampaignId, lead.Id, score));
    }

    private LeadChangeReply Write(LeadChange change, DateTimeOffset now)
    {
        var (id, campaignId) = (change.After.Id, change.After.CampaignId);
        if (!_leads.TryGetValue(id, out var before)) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        if (before.Lead.CampaignId != campaignId) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        if (before.Version != change.ExpectedVersion) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        if (_campaigns[campaignId].Status is CampaignStatus.Locked) return LeadChangeReply.Refused(LeadRefusal.Locked);

        var (email, phone) = (before.Lead.Email, before.Lead.Phone);
        if (change.ClaimEmail is { } claimedEmail)
        {
            var key = new IdentifierKey(campaignId, IdentifierKind.Email, claimedEmail);
            if (OwnerOf(key) is { } owner && owner != id) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
            if (email is null) _owners.Add(key, id);
            email ??= claimedEmail;
        }

        if (phone is null && change.ClaimPhone is { } claimedPhone
            && _owners.TryAdd(new IdentifierKey(campaignId, IdentifierKind.Phone, claimedPhone), id)) phone = claimedPhone;

        var after = new StoredLead
        {
            Lead = change.After with { Email = email, Phone = phone },
            Version = before.Version + 1,
            Requests = change.Requests,
        };
        _leads[id] = after;
        Log.Add(new LeadChanged(before, after));
        foreach (var claim in change.Idempotency) Spend(claim, id, now);
        return LeadChangeReply.Applied(after);
    }

    private void Spend(IdempotencyClaim claim, long leadId, DateTimeOffset now)
    {
        if (IsKept(claim.Key, now)) return;
        _answers[claim.Key] = new AnswerRow(new StoredAnswer(claim.Fingerprint, leadId, null, []), now);
    }

    private void Keep(KeyedAnswer keyed, DateTimeOffset now)
    {
        if (!IsKept(keyed.Key, now)) _answers[keyed.Key] = new AnswerRow(keyed.Answer, now);
        else if (_answers[keyed.Key] is { Answer: { Status: null } spent, At: var at })
        {
            _answers[keyed.Key] = new AnswerRow(spent with { Status = keyed.Answer.Status, Body = keyed.Answer.Body }, at);
        }
        else return;

        Log.Add(new AnswerKept(keyed.Key, _answers[keyed.Key].Answer));
    }

    private bool IsKept(string key, DateTimeOffset now) => _answers.TryGetValue(key, out var row) && row.At >= now - idempotencyAge;
}
