using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>Points, and as what leads count for those who referred them.</summary>
internal sealed partial class SimulatedDatabase
{
    private readonly SortedDictionary<long, LeadScore> _scores = [];
    private readonly Dictionary<long, ReferralClass> _classes = [];
    private readonly SortedSet<long> _untold = [];
    private readonly SortedDictionary<long, LeadScore> _scoresBefore = [];

    public LeadScore ScoreOf(long leadId) => _scores.GetValueOrDefault(leadId, new());

    /// <summary>As what a lead counts.</summary>
    public ReferralClass ClassOf(long leadId) => _classes[leadId];

    private void BeginScore(Lead lead, NewLead add, HashSet<long> scored)
    {
        var leadClass = _classes[lead.Id] = ReferralClasses.Of(add.Profile);
        Count(lead, leadClass, +1);
        if (ReferralClasses.IsScored(add))
        {
            scored.Add(lead.Id);
            SetScore(lead, new() { Points = Math.Max(0, add.Points), Earned = add.Earned, IsExcluded = leadClass is ReferralClass.Nobody });
        }

        TellScores(lead.CampaignId);
    }

    private static int Given(int points, LeadChange change) =>
        (int)Math.Clamp((long)Math.Max(points, change.LeastPoints) + change.Points, change.LeastPoints, int.MaxValue);

    private LeadChangeReply Score(CampaignUnit unit, LeadChange change, HashSet<long> scored, DateTimeOffset now)
    {
        if (!_leads.TryGetValue(change.After.Id, out var row) || row.Lead.CampaignId != unit.CampaignId)
            return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        if (change.IsScored) scored.Add(row.Lead.Id);
        if (change.CountsAs is not null) scored.UnionWith(Referrers(row.Lead));
        var reply = Write(change, now);
        if (reply.Stored is not { Lead: var lead }) return reply;

        var status = _campaigns[unit.CampaignId].Status;
        var score = ScoreOf(lead.Id);
        if (change.Points != 0 && status is CampaignStatus.Open)
            score = score with { Points = Given(score.Points, change) };
        if (status is CampaignStatus.Open) score = score with { Earned = [.. score.Earned.Union(change.Earned).Order()] };
        var (before, after) = (_classes[lead.Id], ReferralClasses.After(_classes[lead.Id], change, status));
        if (after != before) score = score with { IsExcluded = after is ReferralClass.Nobody };
        if (score != ScoreOf(lead.Id)) SetScore(lead, score);
        if (after != before)
        {
            _classes[lead.Id] = after;
            Count(lead, before, -1);
            Count(lead, after, +1);
        }

        TellScores(unit.CampaignId);
        return reply;
    }

    private List<long> Uncount(Lead lead)
    {
        var referrers = Referrers(lead).ToList();
        Count(lead, _classes[lead.Id], -1);
        var own = ScoreOf(lead.Id);
        if (Here(lead.ParentId) is { } parent && (own.DirectReferrals, own.VerifiedReferrals) != default)
        {
            var score = ScoreOf(parent.Id);
            SetScore(parent, score with
            {
                IndirectReferrals = score.IndirectReferrals - own.DirectReferrals,
                VerifiedIndirectReferrals = score.VerifiedIndirectReferrals - own.VerifiedReferrals,
            });
        }

        _scores.Remove(lead.Id);
        _classes.Remove(lead.Id);
        return referrers;
    }

    private void Count(Lead lead, ReferralClass leadClass, int change)
    {
        var (unverified, verified) = (leadClass is ReferralClass.Unverified ? change : 0, leadClass is ReferralClass.Verified ? change : 0);
        if ((unverified, verified) == default || Here(lead.ParentId) is not { } parent) return;
        var score = ScoreOf(parent.Id);
        SetScore(parent, score with
        {
            DirectReferrals = score.DirectReferrals + unverified,
            VerifiedReferrals = score.VerifiedReferrals + verified,
        });
        if (Here(parent.ParentId) is not { } grandparent) return;
        score = ScoreOf(grandparent.Id);
        SetScore(grandparent, score with
        {
            IndirectReferrals = score.IndirectReferrals + unverified,
            VerifiedIndirectReferrals = score.VerifiedIndirectReferrals + verified,
        });
    }

    private IEnumerable<long> Referrers(Lead lead)
    {
        if (Here(lead.ParentId) is not { } parent) yield break;
        yield return parent.Id;
        if (Here(parent.ParentId) is { } grandparent) yield return grandparent.Id;
    }

    private Lead? Here(long? leadId) => leadId is { } id && _leads.TryGetValue(id, out var row) ? row.Lead : null;

    private void SetScore(Lead lead, LeadScore score)
    {
        _scoresBefore.TryAdd(lead.Id, ScoreOf(lead.Id));
        _scores[lead.Id] = score;
        _untold.Add(lead.Id);
    }

    private void TellScores(long campaignId)
    {
        foreach (var id in _untold.Where(_scores.ContainsKey)) Log.Add(new ScoreSet(campaignId, id, _scores[id]));
        _untold.Clear();
    }
}
