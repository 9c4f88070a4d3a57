using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Tests.Campaigns;

/// <summary>
/// Random histories of a ranking beside the plainest model that there is: a list of scores, counted anew for each question.
/// </summary>
public sealed class RankingModelTests
{
    private const int LeadCount = 60;
    private const int Steps = 400;

    private readonly Dictionary<long, LeadScore> _model = [];

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(1_000_000_000)]
    public void RandomChanges_RanksBestAndSums_EqualTheModel(int mostPoints)
    {
        for (var seed = 0; seed < 50; seed++) Run(new Random(seed), mostPoints);
    }

    /// <summary>Blocks of counts are split and dropped, and the best are gathered anew.</summary>
    [Fact]
    public void ManyDifferentScores_RisingAndLeaving_EqualTheModel()
    {
        var random = new Random(7);
        var ranking = new Ranking([], RulesOf(0));
        _model.Clear();
        for (var lead = 1; lead <= 5_000; lead++) Set(ranking, lead, new LeadScore { Points = random.Next(100_000) });
        for (var lead = 1; lead <= 5_000; lead += random.Next(1, 3)) Remove(ranking, lead);
        foreach (var lead in _model.OrderByDescending(entry => entry.Value.Points).Take(600).Select(entry => entry.Key).ToList())
        {
            Set(ranking, lead, new LeadScore { Points = random.Next(1_000) });
        }

        Compare(ranking, RulesOf(0), 5_000);
        for (var points = 0; points <= 100_000; points += 997) Assert.Equal(ModelRank(points, RulesOf(0), 5_000), ranking.RankOf(points, 5_000));
    }

    private void Run(Random random, int mostPoints)
    {
        _model.Clear();
        var (current, next) = (RulesOf(0), RulesOf(0));
        var ranking = new Ranking([], current);
        for (var step = 0; step < Steps; step++)
        {
            var lead = random.Next(1, LeadCount + 1);
            switch (random.Next(12))
            {
                case 0:
                    Remove(ranking, lead);
                    break;
                case 1:
                    next = RulesOf(random.Next(4));
                    ranking.Follow(next);
                    if (next.Equals(current)) Assert.Null(ranking.Rescoring);
                    break;
                case 2 or 3:
                    if (ranking.GoOn(random.Next(1, 20))) current = next;
                    break;
                default:
                    Set(ranking, lead, RandomScore(random, mostPoints));
                    break;
            }

            Compare(ranking, current, LeadCount);
        }
    }

    private void Set(Ranking ranking, long lead, LeadScore score)
    {
        _model[lead] = score;
        ranking.Set(new ScoreRow(lead, score));
    }

    private void Remove(Ranking ranking, long lead)
    {
        _model.Remove(lead);
        ranking.Remove(lead);
    }

    private void Compare(Ranking ranking, ScoreRules rules, int leadCount)
    {
        Assert.Equal(rules, ranking.Rules);
        var best = _model.Where(entry => !entry.Value.IsExcluded)
            .Select(entry => new RankedLead(rules.Of(entry.Value), entry.Key))
            .OrderByDescending(lead => lead.Points).ThenBy(lead => lead.LeadId).Take(20);
        Assert.Equal(best, ranking.Best(20));
        foreach (var points in _model.Values.Select(rules.Of).Append(rules.OfNewcomer).Distinct().Take(5))
        {
            Assert.Equal(ModelRank(points, rules, leadCount), ranking.RankOf(points, leadCount));
        }

        var all = _model.Values.Select(rules.Of).Concat(Enumerable.Repeat(rules.OfNewcomer, leadCount - _model.Count)).ToList();
        var stats = ranking.Describe(leadCount);
        Assert.Equal(
            (all.Max(), all.Sum(points => (long)points), _model.Values.LongCount(score => score.IsExcluded)),
            (stats.HighestScore, stats.TotalScore, stats.Fraudulent));
    }

    private long ModelRank(int points, ScoreRules rules, int leadCount) =>
        1 + _model.Values.Count(score => rules.Of(score) > points) + (rules.OfNewcomer > points ? leadCount - _model.Count : 0);

    private static LeadScore RandomScore(Random random, int mostPoints) => new()
    {
        Points = random.Next(-5, mostPoints),
        DirectReferrals = random.Next(3),
        VerifiedReferrals = random.Next(3),
        Earned = random.Next(3) == 0 ? [7] : [],
        IsExcluded = random.Next(8) == 0,
    };

    private static ScoreRules RulesOf(int number) => new(new CampaignSettings
    {
        Name = "Test",
        SignupPoints = number == 1 ? 4 : 0,
        ReferralPoints = 1 + number,
        VerificationRequired = number == 3,
        Tags = [new() { Id = 7, Name = "vip", Points = 10 * number }],
    });
}
