using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Applies one batch inside the transaction that its caller holds.</summary>
internal sealed class BatchWriter(SqliteTables tables, WriteBatch batch, TimeSpan idempotencyAge)
{
    private readonly DateTimeOffset _notBefore = batch.Now - idempotencyAge;
    private long _lastId = tables.Sequences.Last(SequenceTable.Leads);

    public BatchReply Write()
    {
        var lastIdBefore = _lastId;
        var units = ImmutableArray.CreateBuilder<UnitReply>(batch.Units.Length);
        foreach (var unit in batch.Units) units.Add(Write(unit));
        var changes = ImmutableArray.CreateBuilder<LeadChangeReply>(batch.Changes.Length);
        foreach (var change in batch.Changes) changes.Add(Write(change));
        foreach (var answer in batch.Answers) tables.Idempotency.Answer(answer, batch.Now, _notBefore);
        if (_lastId != lastIdBefore) tables.Sequences.SetLast(SequenceTable.Leads, _lastId);
        return new(units.MoveToImmutable(), changes.MoveToImmutable());
    }

    private UnitReply Write(CampaignUnit unit)
    {
        if (tables.Campaigns.Read(unit.CampaignId) is not { } campaign || campaign.Epoch != unit.Epoch) return UnitReply.Fenced;
        var scores = new UnitScores(tables.Scores, unit.CampaignId);
        var rank = campaign.LastRank;
        var adds = ImmutableArray.CreateBuilder<AddOutcome>(unit.Adds.Length);
        foreach (var lead in unit.Adds) adds.Add(Add(unit, lead, campaign.Status, scores, ref rank));
        var changes = ImmutableArray.CreateBuilder<LeadChangeReply>(unit.Changes.Length);
        foreach (var change in unit.Changes) changes.Add(Score(unit, change, campaign.Status, scores));
        var count = campaign.LiveCount + rank - campaign.LastRank;
        if (rank != campaign.LastRank) tables.Campaigns.Count(unit.CampaignId, rank, count);
        return new() { Adds = adds.MoveToImmutable(), Changes = changes.MoveToImmutable(), LeadCount = count, Scores = scores.Save() };
    }

    private AddOutcome Add(CampaignUnit unit, NewLead lead, CampaignStatus status, UnitScores scores, ref long lastRank)
    {
        var (parent, grandparent) = Referrers(unit, lead, scores);
        if (status == CampaignStatus.Open && tables.Leads.Insert(_lastId + 1, unit.CampaignId, lastRank + 1, parent, lead))
        {
            var added = AddOutcome.Added(++_lastId, ++lastRank, parent);
            if (parent is { } parentId) scores.CreditReferral(parentId, grandparent, unit.ReferralPoints);
            if (lead.Points != 0) scores.AddPoints(added.LeadId, lead.Points);
            if (lead.Request.Idempotency is { } claim) tables.Idempotency.Claim(claim, added.LeadId, batch.Now, _notBefore);
            return added;
        }
        if (Existing(unit.CampaignId, lead) is { } existing)
        {
            if (lead.Points != 0) scores.Mention(existing);
            return AddOutcome.Exists(existing);
        }
        return status switch
        {
            CampaignStatus.Ended => AddOutcome.Refused(LeadRefusal.Ended),
            CampaignStatus.Locked => AddOutcome.Refused(LeadRefusal.Locked),
            _ => throw new InvalidOperationException($"Rank {lastRank + 1} of campaign {unit.CampaignId} is taken already."),
        };
    }

    private (long? Parent, long? Grandparent) Referrers(CampaignUnit unit, NewLead lead, UnitScores scores)
    {
        if (lead.ReferrerId is not { } parent || !tables.Leads.TryGetParent(unit.CampaignId, parent, out var grandparent)) return default;
        scores.Mention(parent);
        if (grandparent is { } id) scores.Mention(id);
        return (parent, grandparent);
    }

    private long? Existing(long campaignId, NewLead lead) =>
        (lead.Email is { } email ? tables.Leads.Find(new(campaignId, IdentifierKind.Email, email)) : null)
        ?? (lead.Phone is { } phone ? tables.Leads.Find(new(campaignId, IdentifierKind.Phone, phone)) : null);

    private LeadChangeReply Score(CampaignUnit unit, LeadChange change, CampaignStatus status, UnitScores scores)
    {
        var reply = change.After.CampaignId == unit.CampaignId ? Write(change) : LeadChangeReply.Refused(LeadRefusal.AskAgain);
        if (change.Points == 0) return reply;
        if (reply.Stored is not null && status == CampaignStatus.Open) scores.AddPoints(change.After.Id, change.Points);
        else scores.Mention(change.After.Id);
        return reply;
    }

    private LeadChangeReply Write(LeadChange change)
    {
        var campaignId = change.After.CampaignId;
        // The version comes before the status: a repeat of a change that counted has to find that out even after a lock.
        if (tables.Leads.Head(change.After.Id) is not { } row || row.CampaignId != campaignId || row.Version != change.ExpectedVersion)
        {
            return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        }
        if (tables.Campaigns.Read(campaignId)?.Status == CampaignStatus.Locked) return LeadChangeReply.Refused(LeadRefusal.Locked);
        // A lead that keeps its own address may not take what came with an address that names another by now.
        if (change.ClaimEmail is { } claimed && claimed != row.Email && IsTaken(new(campaignId, IdentifierKind.Email, claimed)))
        {
            return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        }
        var email = row.Email is null ? change.ClaimEmail : null;
        var phone = row.Phone is null ? change.ClaimPhone : null;
        if (phone is not null && IsTaken(new(campaignId, IdentifierKind.Phone, phone))) phone = null;
        return Apply(change, row, email, phone);
    }

    private bool IsTaken(IdentifierKey identifier) => tables.Leads.Find(identifier) is not null;

    private LeadChangeReply Apply(LeadChange change, LeadHead row, string? newEmail, string? newPhone)
    {
        var id = change.After.Id;
        tables.Leads.Update(id, change);
        if (newEmail is not null) tables.Leads.ClaimEmail(id, newEmail);
        if (newPhone is not null) tables.Leads.ClaimPhone(id, newPhone);
        foreach (var claim in change.Idempotency) tables.Idempotency.Claim(claim, id, batch.Now, _notBefore);
        return LeadChangeReply.Applied(new()
        {
            Lead = change.After with { Email = row.Email ?? newEmail, Phone = row.Phone ?? newPhone },
            Version = row.Version + 1,
            Requests = change.Requests,
        });
    }
}
