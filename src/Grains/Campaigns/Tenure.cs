using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Campaigns;

/// <summary>What an activation knows of its campaign, true for as long as nobody took a later epoch.</summary>
internal sealed class Tenure(CampaignTenure taken, ScoreRules rules)
{
    public Ranking Ranking { get; } = new(taken.Scores, rules);

    public long AccountId { get; } = taken.AccountId;

    public long Epoch { get; } = taken.Epoch;

    public long LeadCount { get; private set; } = taken.LeadCount;

    public CampaignStatus Status { get; set; } = taken.Status;

    /// <summary>A later epoch was seen, or a change was lost sight of.</summary>
    public bool IsOver { get; set; }

    public void Apply(CampaignUnit unit, UnitReply reply)
    {
        LeadCount = reply.LeadCount;
        foreach (var row in reply.Scores) Ranking.Set(row);
        foreach (var (removal, refusal) in unit.Removals.Zip(reply.Removals))
        {
            if (refusal is null) Ranking.Remove(removal.LeadId);
        }
    }

    public CampaignStats Stats => Ranking.Describe(LeadCount);

    public Standing StandingOf(long leadId) => StandingOf(leadId, LeadCount);

    /// <summary>Answers what waited, once its unit is on disk and applied.</summary>
    public void Answer(List<Waiting> waiting, CampaignUnit unit, UnitReply reply)
    {
        var (adds, changes, removals) = (0, 0, 0);
        var leadCount = LeadCount - reply.Adds.Count(outcome => outcome.Rank > 0);
        foreach (var item in waiting)
        {
            switch (item)
            {
                case WaitingAdd add:
                    var outcome = reply.Adds[adds++];
                    if (outcome.Rank > 0) leadCount++;
                    add.Answer(ReplyTo(add.Lead, unit.CampaignId, outcome, leadCount, reply.WasInDoubt));
                    break;
                case WaitingChange change:
                    change.Answer(reply.Changes[changes++]);
                    break;
                case WaitingRemoval removal:
                    removal.Answer(reply.Removals[removals++]);
                    break;
            }
        }
    }

    private AddReply ReplyTo(NewLead add, long campaignId, AddOutcome outcome, long leadCount, bool wasInDoubt) => outcome switch
    {
        { Refusal: { } refusal } => AddReply.Refused(refusal),
        // It may have been this very request that made the lead: only who comes as a repeat is not told otherwise.
        { Rank: 0 } when wasInDoubt => AddReply.Refused(LeadRefusal.AskAgain),
        { Rank: 0 } => AddReply.Exists(outcome.LeadId),
        _ => AddReply.New(
            Made(outcome.LostClaim ? add.WithoutClaim() : add, campaignId, outcome), StandingOf(outcome.LeadId, leadCount)),
    };

    private static Lead Made(NewLead add, long campaignId, AddOutcome outcome) => new()
    {
        Id = outcome.LeadId,
        CampaignId = campaignId,
        Rank = outcome.Rank,
        CreatedAt = add.Request.ReceivedAt,
        Counter = 1,
        Email = add.Email,
        Phone = add.Phone,
        ParentId = outcome.ParentId,
        Profile = add.Profile,
    };

    private Standing StandingOf(long leadId, long leadCount)
    {
        var points = Ranking.PointsOf(leadId);
        return new Standing { LeadCount = leadCount, Score = Ranking[leadId], ContestScore = points, ScoreRank = Ranking.RankOf(points, LeadCount) };
    }
}
