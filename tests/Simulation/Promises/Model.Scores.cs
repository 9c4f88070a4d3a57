using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Promises;

/// <summary>What leads score, and as what they count for those who referred them.</summary>
internal sealed partial class Model
{
    /// <summary>After the end nobody comes to count for more, unless the owner says so.</summary>
    private static void Recount(ModelLead lead, ClientRequest request, ModelMarks before, ModelCampaign campaign)
    {
        var next = lead.Marks.Class;
        var isReview = request.Order is LeadOrder.Approve or LeadOrder.Block;
        if (next != before.Class && (next < lead.CountsAs || isReview || campaign.Status is CampaignStatus.Open)) lead.CountsAs = next;
    }

    /// <summary>What a write comes to: points that were folded count as one, for nobody can tell in which order they came.</summary>
    private void Score(ModelLead lead, LeadChanged changed, int points, ReferralClass was, IReadOnlyCollection<long> earned, int at)
    {
        var score = lead.Score;
        if (Campaign(lead.CampaignId).Status is CampaignStatus.Open)
        {
            if (points != 0) score = Plus(score, points, LeastPointsOf(lead, changed.Time));
            score = score with { Earned = [.. score.Earned.Union(earned).Order()] };
        }

        if (lead.CountsAs != was) score = score with { IsExcluded = lead.CountsAs is ReferralClass.Nobody };
        if (score != lead.Score) lead.SetScore(score, at);
        if (lead.CountsAs != was) CountReferrals(lead, at);
    }

    /// <summary>Counts anew, for those above a lead, who is there.</summary>
    private void CountReferrals(ModelLead lead, int at)
    {
        if (lead.ParentId is not { } id || LeadHere(id) is not { } parent) return;
        CountReferralsOf(parent, at);
        if (parent.ParentId is { } above && LeadHere(above) is { } grandparent) CountReferralsOf(grandparent, at);
    }

    private void CountReferralsOf(ModelLead lead, int at)
    {
        var direct = ReferredBy(lead).ToList();
        var indirect = direct.SelectMany(ReferredBy).ToList();
        var score = lead.Score with
        {
            DirectReferrals = Count(direct, ReferralClass.Unverified),
            VerifiedReferrals = Count(direct, ReferralClass.Verified),
            IndirectReferrals = Count(indirect, ReferralClass.Unverified),
            VerifiedIndirectReferrals = Count(indirect, ReferralClass.Verified),
        };
        if (score != lead.Score) lead.SetScore(score, at);
    }

    private static int Count(List<ModelLead> referred, ReferralClass counted) => referred.Count(lead => lead.CountsAs == counted);

    private IEnumerable<ModelLead> ReferredBy(ModelLead lead) => _leads.Values.Where(other => other.ParentId == lead.Id && !other.IsGone);

    /// <summary>What a unit takes never makes a contest score fall below 0, as it was before the unit.</summary>
    private int LeastPointsOf(ModelLead lead, long time)
    {
        var before = lead.Scores.LastOrDefault(scored => _log.Entries[scored.At].Time < time).Score;
        return -Worth.OfAllButPoints(SettingsOf(lead.CampaignId), before);
    }

    private static LeadScore Plus(LeadScore score, int points, int least) =>
        score with { Points = Math.Max(least, Math.Max(least, score.Points) + points) };
}
