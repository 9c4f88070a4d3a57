using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Tests.Campaigns;

public sealed class RankingTests
{
    private const int LeadCount = 100;

    private static readonly CampaignSettings Settings = new() { Name = "Test" };

    [Fact]
    public void RankOf_NobodyHasPoints_IsOne() => Assert.Equal(1, Make().RankOf(0, LeadCount));

    [Fact]
    public void RankOf_Ties_ShareARankAndTheNextSkips()
    {
        var ranking = Make(Row(1, 30), Row(2, 20), Row(3, 20), Row(4, 10));

        Assert.Equal([1, 2, 4, 5], Ranks(ranking, 30, 20, 10, 0));
    }

    [Fact]
    public void RankOf_FewerPointsThanForSigningUp_IsBehindAllWhoHaveThose()
    {
        var ranking = Make(Settings with { SignupPoints = 5 }, Row(1, 1), Row(2, -3));

        Assert.Equal([1, 2, 100], Ranks(ranking, 6, 5, 2));
        Assert.Equal((6, 2, 5), (ranking.PointsOf(1), ranking.PointsOf(2), ranking.PointsOf(3)));
    }

    [Fact]
    public void Remove_LeadWithPoints_NobodyRanksBehindItAnyMore()
    {
        var ranking = Make(Row(1, 30), Row(2, 20), Row(3, 20));

        ranking.Remove(2);
        ranking.Remove(2);
        ranking.Remove(77);

        Assert.Equal(new(), ranking[2]);
        Assert.Equal([1, 2, 3], Ranks(ranking, 30, 20, 0));
    }

    [Fact]
    public void Set_ChangedScore_MovesTheLead()
    {
        var ranking = Make(Row(1, 30), Row(2, 20));

        ranking.Set(Row(2, 40));
        ranking.Set(Row(1, 0));

        Assert.Equal(40, ranking[2].Points);
        Assert.Equal([1, 2], Ranks(ranking, 40, 0));
    }

    [Fact]
    public void Set_Excluded_TakesNoPartAndHasNoPoints()
    {
        var ranking = Make(Row(1, 30), Row(2, 20));

        ranking.Set(new(1, new LeadScore { Points = 30, IsExcluded = true }));

        Assert.Equal((0, 1, 1), (ranking.PointsOf(1), ranking.RankOf(20, LeadCount), ranking.Describe(LeadCount).Fraudulent));
        Assert.Equal([new RankedLead(20, 2)], ranking.Best(10));
    }

    [Fact]
    public void LeastPoints_PartsThatAreWorthSomething_MayBeTakenAwayByHand()
    {
        var ranking = Make(Settings with { SignupPoints = 5 }, new ScoreRow(1, new LeadScore { Points = 7, DirectReferrals = 3 }));

        Assert.Equal((-8, -5), (ranking.LeastPoints(1), ranking.LeastPoints(2)));
    }

    [Fact]
    public void Best_EqualPoints_InTheOrderOfSignUp()
    {
        var ranking = Make(Row(3, 20), Row(1, 20), Row(2, 30), Row(4, 20));

        Assert.Equal([new(30, 2), new(20, 1), new(20, 3)], ranking.Best(3));
    }

    [Fact]
    public void Best_ThoseOnTopLeave_OthersMoveUp()
    {
        var ranking = Make([.. Enumerable.Range(1, 2_000).Select(lead => Row(lead, lead))]);

        for (var lead = 2_000; lead > 1_000; lead--) ranking.Remove(lead);

        Assert.Equal(Enumerable.Range(0, 50).Select(place => new RankedLead(1_000 - place, 1_000 - place)), ranking.Best(50));
    }

    [Fact]
    public void Describe_SumsUpWhatIsKeptAndWhatEverybodyHas()
    {
        var ranking = Make(
            Settings with { SignupPoints = 2, VerifiedReferralPoints = 10 },
            new ScoreRow(1, new LeadScore { Points = 5, DirectReferrals = 3, VerifiedReferrals = 2, IndirectReferrals = 9 }),
            new ScoreRow(2, new LeadScore { DirectReferrals = 1, IsExcluded = true }));

        Assert.Equal(
            new CampaignStats { Leads = 10, Referred = 6, ReferredVerified = 2, Fraudulent = 1, HighestScore = 30, TotalScore = 30 + (8 * 2) },
            ranking.Describe(10));
    }

    [Fact]
    public void Follow_UntilAllAreCounted_TheFormerRulesHold()
    {
        var ranking = Make([.. Enumerable.Range(1, 10).Select(lead => new ScoreRow(lead, new LeadScore { DirectReferrals = lead }))]);

        ranking.Follow(new(Settings with { ReferralPoints = 3 }));

        Assert.False(ranking.GoOn(4));
        Assert.Equal(new RescoreProgress(4, 10), ranking.Rescoring);
        Assert.Equal((10, 1), (ranking.PointsOf(10), ranking.RankOf(10, LeadCount)));
        Assert.True(ranking.GoOn(6));
        Assert.Null(ranking.Rescoring);
        Assert.Equal((30, 1), (ranking.PointsOf(10), ranking.RankOf(30, LeadCount)));
        Assert.Equal(11, ranking.RankOf(0, LeadCount));
    }

    [Fact]
    public void Follow_YetOtherRulesMeanwhile_BeginsAgain()
    {
        var ranking = Make(Row(1, 30), new ScoreRow(2, new LeadScore { DirectReferrals = 1 }));
        ranking.Follow(new(Settings with { ReferralPoints = 3 }));
        ranking.GoOn(1);

        ranking.Follow(new(Settings with { ReferralPoints = 40 }));

        Assert.Equal(new RescoreProgress(0, 2), ranking.Rescoring);
        Assert.True(ranking.GoOn(2));
        Assert.Equal([new(40, 2), new(30, 1)], ranking.Best(5));
    }

    [Fact]
    public void Follow_BackToTheRulesThatHold_IsDone()
    {
        var ranking = Make(Row(1, 30), Row(2, 20));
        ranking.Follow(new(Settings with { ReferralPoints = 3 }));
        ranking.GoOn(1);

        ranking.Follow(new(Settings));

        Assert.True(ranking.GoOn(1));
        Assert.Equal([1, 2, 3], Ranks(ranking, 30, 20, 0));
    }

    [Fact]
    public void Follow_SameRulesAsAreOnTheirWay_GoesOn()
    {
        var ranking = Make(Row(1, 30), Row(2, 20));
        ranking.Follow(new(Settings with { ReferralPoints = 3 }));
        ranking.GoOn(1);

        ranking.Follow(new(Settings with { ReferralPoints = 3, Name = "Renamed" }));

        Assert.Equal(new RescoreProgress(1, 2), ranking.Rescoring);
    }

    private static Ranking Make(params ScoreRow[] rows) => Make(Settings, rows);

    private static Ranking Make(CampaignSettings settings, params ScoreRow[] rows) => new(rows, new ScoreRules(settings));

    private static IEnumerable<int> Ranks(Ranking ranking, params int[] points) => points.Select(these => (int)ranking.RankOf(these, LeadCount));

    private static ScoreRow Row(long leadId, int points) => new(leadId, new LeadScore { Points = points });
}
