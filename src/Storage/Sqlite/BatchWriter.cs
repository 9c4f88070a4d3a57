using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Applies one batch inside the transaction that its caller holds.</summary>
internal sealed class BatchWriter
{
    private readonly SqliteTables _tables;
    private readonly WriteBatch _batch;
    private readonly DateTimeOffset _notBefore;
    private readonly PersonLinker _linker;
    private readonly LeadAdder _adder;
    private readonly LeadChanger _changer;

    public BatchWriter(SqliteTables tables, WriteBatch batch, TimeSpan idempotencyAge)
    {
        (_tables, _batch, _notBefore) = (tables, batch, batch.Now - idempotencyAge);
        _linker = new(tables, batch.Now);
        _adder = new(tables, _linker, batch.Now, _notBefore);
        _changer = new(tables, _linker, batch.Now, _notBefore);
    }

    public BatchReply Write()
    {
        var units = ImmutableArray.CreateBuilder<UnitReply>(_batch.Units.Length);
        foreach (var unit in _batch.Units) units.Add(Write(unit));
        var changes = ImmutableArray.CreateBuilder<LeadChangeReply>(_batch.Changes.Length);
        foreach (var change in _batch.Changes) changes.Add(_changer.Write(change));
        foreach (var answer in _batch.Answers) _tables.Idempotency.Answer(answer, _batch.Now, _notBefore);
        _adder.Save();
        _linker.Save();
        return new(units.MoveToImmutable(), changes.MoveToImmutable());
    }

    private UnitReply Write(CampaignUnit unit)
    {
        if (_tables.Campaigns.Read(unit.CampaignId) is not { } campaign || campaign.Epoch != unit.Epoch) return UnitReply.Fenced;
        var scores = new UnitScores(_tables.Scores, unit.CampaignId);
        var rank = campaign.LastRank;
        var adds = ImmutableArray.CreateBuilder<AddOutcome>(unit.Adds.Length);
        foreach (var lead in unit.Adds) adds.Add(_adder.Add(unit, lead, campaign, scores, ref rank));
        var changes = ImmutableArray.CreateBuilder<LeadChangeReply>(unit.Changes.Length);
        foreach (var change in unit.Changes) changes.Add(_changer.Score(unit, change, campaign.Status, scores));
        var (removals, removed) = Remove(unit, campaign, scores);
        var count = campaign.LiveCount + rank - campaign.LastRank - removed;
        if (rank != campaign.LastRank || removed > 0) _tables.Campaigns.Count(unit.CampaignId, rank, count);
        return new()
        {
            Adds = adds.MoveToImmutable(),
            Changes = changes.MoveToImmutable(),
            Removals = removals,
            LeadCount = count,
            Scores = scores.Save((lead, before, after) => TellScore(campaign, unit.CampaignId, lead, before, after)),
        };
    }

    private void TellScore(CampaignRow campaign, long campaignId, long leadId, LeadScore before, LeadScore after)
    {
        if (!campaign.Wants(EventKind.ScoreChange) && !campaign.Wants(EventKind.RewardLevel)) return;
        foreach (var note in EventDetails.Scores(before, after)) _tables.Events.Tell(campaign, campaignId, leadId, note, _batch.Now);
    }

    private (ImmutableArray<LeadRefusal?> Replies, int Removed) Remove(CampaignUnit unit, CampaignRow campaign, UnitScores scores)
    {
        var removed = 0;
        var replies = ImmutableArray.CreateBuilder<LeadRefusal?>(unit.Removals.Length);
        foreach (var removal in unit.Removals)
        {
            var row = _changer.Head(unit.CampaignId, removal.LeadId);
            replies.Add(row is not null && campaign.Status == CampaignStatus.Locked ? LeadRefusal.Locked : null);
            if (row is null || campaign.Status == CampaignStatus.Locked) continue;
            _changer.Remove(campaign, row.Value, removal, scores);
            removed++;
        }
        return (replies.MoveToImmutable(), removed);
    }
}
