using System.Collections.Immutable;
using LeadEngine.Benchmarks.Load;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Benchmarks.Contest;

/// <summary>
/// A campaign of a million scored leads into which 10,000 leads a second come, each referred by one of them, a unit every 10 ms; between
/// the units somebody asks for a lead's rank and for the leaderboard. One thread does it all, as a campaign's turns do: who asks waits for
/// the turn that is under way, so that is counted in.
/// </summary>
internal sealed class BusyContest
{
    public const int ScoredLeads = 1_000_000;
    private const int UnitSize = 100;
    private const int RescoredAtOnce = 2_000;

    private static readonly TimeSpan UnitEvery = TimeSpan.FromMilliseconds(10);

    private readonly Random random = new(1);
    private readonly Tenure tenure;
    private long lastId = ScoredLeads;

    public BusyContest(int differentScores)
    {
        var rows = ImmutableArray.CreateBuilder<ScoreRow>(ScoredLeads);
        for (var lead = 1; lead <= ScoredLeads; lead++) rows.Add(new(lead, new LeadScore { Points = random.Next(differentScores) }));
        tenure = new Tenure(
            new CampaignTenure(1, 1, CampaignStatus.Open, ScoredLeads, rows.MoveToImmutable()),
            new ScoreRules(new CampaignSettings { Name = "Contest" }));
    }

    public void Rescore() =>
        tenure.Ranking.Follow(new ScoreRules(new CampaignSettings { Name = "Contest", ReferralPoints = 7, SignupPoints = 3 }));

    /// <summary>Says how long each answer took: a rank and a leaderboard, and the turn before them.</summary>
    public ContestAnswers Run(TimeSpan duration)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (times, busy, units) = (new LatencyHistogram(), TimeSpan.Zero, 0);
        while (TimeProvider.System.GetElapsedTime(started) is var now && now < duration)
        {
            var asked = TimeProvider.System.GetTimestamp();
            if (now >= units * UnitEvery)
            {
                units++;
                SendUnit();
            }
            else if (tenure.Ranking.GoOn(RescoredAtOnce))
            {
                continue; // Nobody is in the way: such answers would only make the figures look better.
            }

            var standing = tenure.StandingOf(random.NextInt64(1, lastId));
            var best = tenure.Ranking.Best(50);
            if (standing.ScoreRank < 1 || best.Length != 50) throw new InvalidOperationException("The ranking is wrong.");
            var took = TimeProvider.System.GetElapsedTime(asked);
            times.Add(took);
            busy += took;
        }

        return new(times, busy, duration, units * UnitSize);
    }

    private void SendUnit()
    {
        List<Waiting> waiting = [];
        var adds = ImmutableArray.CreateBuilder<AddOutcome>(UnitSize);
        var scores = ImmutableArray.CreateBuilder<ScoreRow>(UnitSize);
        for (var lead = 0; lead < UnitSize; lead++)
        {
            var referrer = random.NextInt64(1, ScoredLeads + 1);
            var score = tenure.Ranking[referrer];
            waiting.Add(new WaitingAdd(new NewLead { Request = Stamp, Email = "a@b.example", ReferrerId = referrer, Profile = new LeadProfile() }));
            adds.Add(AddOutcome.Added(++lastId, lastId, referrer));
            scores.Add(new(referrer, score with { DirectReferrals = score.DirectReferrals + 1 }));
        }

        var unit = new CampaignUnit { CampaignId = 1, AccountId = 1, Epoch = 1, Adds = [.. waiting.Cast<WaitingAdd>().Select(item => item.Lead)] };
        var reply = new UnitReply { Adds = adds.MoveToImmutable(), LeadCount = lastId, Scores = scores.MoveToImmutable() };
        tenure.Apply(unit, reply);
        tenure.Answer(waiting, unit, reply);
    }

    private static RequestStamp Stamp { get; } = new() { Id = Guid.Empty, ReceivedAt = DateTimeOffset.UnixEpoch };
}

/// <param name="Times">How long the answers took.</param>
/// <param name="Busy">Those times together.</param>
/// <param name="Duration">In which time they were given.</param>
/// <param name="Leads">How many leads came in meanwhile.</param>
internal sealed record ContestAnswers(LatencyHistogram Times, TimeSpan Busy, TimeSpan Duration, int Leads);
