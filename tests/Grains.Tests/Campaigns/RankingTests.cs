using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Tests.Campaigns;

public sealed class RankingTests
{
    private static readonly ScoreRules Rules = new(new CampaignSettings { Name = "Test" });

    [Fact]
    public void RankOf_NobodyHasPoints_IsOne() => Assert.Equal(1, new Ranking([], Rules).RankOf(0));

    [Fact]
    public void RankOf_Ties_ShareARankAndTheNextSkips()
    {
        var ranking = new Ranking([Row(1, 30), Row(2, 20), Row(3, 20), Row(4, 10)], Rules);

        Assert.Equal([1, 2, 4, 5], new[] { 30, 20, 10, 0 }.Select(ranking.RankOf));
    }

    [Fact]
    public void Remove_LeadWithPoints_NobodyRanksBehindItAnyMore()
    {
        var ranking = new Ranking([Row(1, 30), Row(2, 20), Row(3, 20)], Rules);

        ranking.Remove(2);
        ranking.Remove(2);
        ranking.Remove(77);

        Assert.Equal(default, ranking[2]);
        Assert.Equal([1, 2, 3], new[] { 30, 20, 0 }.Select(ranking.RankOf));
    }

    [Fact]
    public void Set_ChangedScore_MovesTheLead()
    {
        var ranking = new Ranking([Row(1, 30), Row(2, 20)], Rules);

        ranking.Set(Row(2, 40));
        ranking.Set(Row(1, 0));

        Assert.Equal(40, ranking[2].Points);
        Assert.Equal(1, ranking.RankOf(40));
        Assert.Equal(2, ranking.RankOf(0));
    }

    [Fact]
    public void RankOf_RandomChanges_EqualsCountingThem()
    {
        var random = new Random(20260301);
        var points = new int[50];
        var ranking = new Ranking([], Rules);
        for (var step = 0; step < 2_000; step++)
        {
            var lead = random.Next(points.Length);
            points[lead] = random.Next(12);
            ranking.Set(Row(lead, points[lead]));
            var asked = random.Next(12);
            Assert.Equal(1 + points.Count(others => others > asked), ranking.RankOf(asked));
        }
    }

    private static ScoreRow Row(long leadId, int points) => new(leadId, new LeadScore { Points = points });
}
