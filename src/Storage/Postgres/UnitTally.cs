using System.Runtime.InteropServices;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Postgres;

/// <summary>What has become of a unit so far, while the server's answers are read.</summary>
internal sealed class UnitTally(CampaignUnit unit)
{
    private readonly AddOutcome?[] _adds = new AddOutcome?[unit.Adds.Length];
    private readonly LeadChangeReply[] _changes = new LeadChangeReply[unit.Changes.Length];
    private readonly LeadRefusal?[] _removals = new LeadRefusal?[unit.Removals.Length];
    private readonly Dictionary<long, LeadScore> _scores = [];
    private CampaignStatus _status;
    private long _leadCount;
    private bool _isHeld;

    private LeadRefusal WhyNone => _status == CampaignStatus.Locked ? LeadRefusal.Locked : LeadRefusal.Ended;

    public CampaignUnit Unit => unit;

    /// <summary>The epoch is the newest, and the campaign's row is locked.</summary>
    public void Hold(CampaignStatus status, long leadCount)
    {
        _isHeld = true;
        _status = status;
        _leadCount = leadCount;
    }

    public void Exists(int add, long leadId) => _adds[add] = AddOutcome.Exists(leadId);

    public void Added(int add, long leadId, long rank, long? parentId, bool lostClaim)
    {
        _adds[add] = AddOutcome.Added(leadId, rank, parentId, lostClaim);
        _leadCount++;
    }

    public void Change(int change, LeadChangeReply reply) => _changes[change] = reply;

    /// <summary>A lead that is still there, though it was to go: the campaign is locked.</summary>
    public void Stays(int removal) => _removals[removal] = LeadRefusal.Locked;

    /// <summary>A lead is gone. The others have been counted before.</summary>
    public void Gone(long leadId)
    {
        _leadCount--;
        _scores.Remove(leadId);
    }

    /// <summary>Takes a score as it was before the batch, unless it is known already as it is now.</summary>
    public void ScoreBefore(long leadId, LeadScore score) => _scores.TryAdd(leadId, score);

    /// <summary>Takes a score as it is now; a later one of the same lead replaces it.</summary>
    public void Score(long leadId, LeadScore score) => _scores[leadId] = score;

    public UnitReply ToReply() => !_isHeld ? UnitReply.Fenced : new()
    {
        Adds = [.. _adds.Select(add => add ?? AddOutcome.Refused(WhyNone))],
        Changes = ImmutableCollectionsMarshal.AsImmutableArray(_changes),
        Removals = ImmutableCollectionsMarshal.AsImmutableArray(_removals),
        LeadCount = _leadCount,
        Scores = [.. _scores.Select(row => new ScoreRow(row.Key, row.Value))],
    };
}
