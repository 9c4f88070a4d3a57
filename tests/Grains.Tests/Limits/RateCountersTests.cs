using System.Collections.Immutable;
using LeadEngine.Grains.Limits;
using LeadEngine.Limits;

namespace LeadEngine.Grains.Tests.Limits;

public sealed class RateCountersTests
{
    private static readonly RateSubject Ada = new(RateKind.CampaignPosts, 1, 4);
    private static readonly RateRule Posts = Rule((10, 60), (20, 180), (30, 540));

    private readonly RateCounters _counters = new();

    [Fact]
    public void Take_AsManyAsTheLimit_AreGranted()
    {
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal(new RateReply(1, 0), Take(0)));
        Assert.Equal(new RateReply(0, 60_000), Take(0));
    }

    [Fact]
    public void Take_WindowIsOver_IsGrantedAtThatMomentAndNotBefore()
    {
        foreach (var second in Enumerable.Range(0, 10)) Take(second);
        Assert.Equal(new RateReply(0, 1), Take(59.999));
        Assert.Equal(1, Take(60).Granted);
        Assert.Equal(new RateReply(0, 1_000), Take(60));
        Assert.Equal(1, Take(61).Granted);
    }

    [Fact]
    public void Take_WaitsAsLongAsItWasTold_IsGranted()
    {
        var now = 0.0;
        for (var granted = 0; granted < 100;)
        {
            var reply = Take(now);
            granted += reply.Granted;
            now += reply.WaitMilliseconds / 1_000.0;
        }

        // 30 in any 9 minutes: the hundredth comes in the fourth of them, the tenth of its minute.
        Assert.Equal(3 * 540, now);
    }

    [Theory]
    [InlineData(0, 60)] // 10 in a minute
    [InlineData(60, 180)] // 20 in three
    [InlineData(180, 540)] // 30 in nine
    public void Take_EachOfTheWindows_Holds(int full, int free)
    {
        foreach (var start in (int[])[0, 60, 180])
        {
            if (start <= full) Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal(1, Take(start).Granted));
        }

        Assert.Equal(new RateReply(0, (free - full) * 1_000), Take(full));
        Assert.Equal(0, Take(free - 0.001).Granted);
        Assert.Equal(1, Take(free).Granted);
    }

    [Fact]
    public void Take_Refused_DoesNotCount()
    {
        foreach (var _ in Enumerable.Range(0, 10)) Take(0);
        foreach (var second in Enumerable.Range(1, 59)) Assert.Equal(0, Take(second).Granted);
        Assert.Equal(1, Take(60).Granted);
    }

    [Fact]
    public void Take_RefusedByOneOfTwoCounters_CountsInNone()
    {
        var (all, rule) = (new RateSubject(RateKind.ClientPosts, 1, 0), Rule((1, 60)));
        var other = new RateSubject(RateKind.CampaignPosts, 1, 5);
        Assert.Equal(1, _counters.Take(Ask(new(Ada, Rule((1, 180))), new(all, rule)), TimeSpan.Zero).Granted);
        Assert.Equal(new RateReply(0, 60_000), _counters.Take(Ask(new(other, rule), new(all, rule)), TimeSpan.Zero));
        Assert.Equal(new RateReply(1, 0), _counters.Take(Ask(new RateCounter(other, rule)), TimeSpan.Zero));
        Assert.Equal(new RateReply(0, 180_000), _counters.Take(Ask(new(Ada, Rule((1, 180))), new(all, rule)), TimeSpan.Zero));
    }

    [Fact]
    public void Take_OfDifferentSubjects_DoNotMeet()
    {
        foreach (var _ in Enumerable.Range(0, 10)) Take(0);
        foreach (var other in (RateSubject[])[Ada with { Kind = RateKind.CampaignGets }, Ada with { Who = 2 }, Ada with { CampaignId = 5 }])
        {
            Assert.Equal(1, _counters.Take(Ask(new RateCounter(other, Posts)), TimeSpan.Zero).Granted);
        }
    }

    [Fact]
    public void Take_MoreThanThereIs_GetsWhatThereIs()
    {
        var ask = Ask(new RateCounter(Ada, Rule((10, 60)))) with { Wanted = 7 };
        Assert.Equal(new RateReply(7, 0), _counters.Take(ask, TimeSpan.Zero));
        Assert.Equal(new RateReply(3, 60_000), _counters.Take(ask, TimeSpan.Zero));
    }

    [Fact]
    public void Take_ToBeUsedLater_CountsFromThen()
    {
        var ask = Ask(new RateCounter(Ada, Rule((10, 60)))) with { Wanted = 10, GoodForMilliseconds = 1_000 };
        Assert.Equal(10, _counters.Take(ask, TimeSpan.Zero).Granted);
        Assert.Equal(new RateReply(0, 1_000), _counters.Take(ask, TimeSpan.FromSeconds(60)));
        Assert.Equal(10, _counters.Take(ask, TimeSpan.FromSeconds(61)).Granted);
    }

    [Fact]
    public void Take_LimitWasLowered_HoldsAtOnce()
    {
        foreach (var _ in Enumerable.Range(0, 10)) Take(0);
        Assert.Equal(new RateReply(0, 30_000), _counters.Take(Ask(new RateCounter(Ada, Rule((5, 60)))), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Take_OfMillionsWhoComeOnce_ForgetsThoseWhoNoLongerCount()
    {
        var rule = Rule((10, 60));
        for (var who = 0; who < 1_000_000; who++)
        {
            var ask = Ask(new RateCounter(new RateSubject(RateKind.CampaignPosts, who, 4), rule));
            Assert.Equal(1, _counters.Take(ask, TimeSpan.FromMilliseconds(who * 10)).Granted);
        }

        Assert.InRange(_counters.Count, 6_000, 12_000); // 6,000 in each minute.
    }

    // Against a model that keeps everything and counts anew each time.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Take_RandomHistory_IsThatOfTheModel(int seed)
    {
        var random = new Random(seed);
        for (var history = 0; history < 50; history++)
        {
            var (counters, model, now) = (new RateCounters(), new Model(), TimeSpan.Zero);
            var rules = Enumerable.Range(0, 3).Select(_ => RandomRule(random)).ToArray();
            for (var step = 0; step < 300; step++)
            {
                if (random.Next(3) > 0) now += TimeSpan.FromMilliseconds(random.Next(1, 4_000));
                var ask = RandomAsk(random, rules);
                Assert.Equal(model.Take(ask, now), counters.Take(ask, now));
            }
        }
    }

    private static RateRule RandomRule(Random random) =>
        Rule([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (random.Next(1, 40), random.Next(1, 120)))]);

    private static RateAsk RandomAsk(Random random, RateRule[] rules)
    {
        var counters = Enumerable.Range(0, random.Next(1, 3)).Select(kind =>
            new RateCounter(new RateSubject((RateKind)kind, random.Next(2), 0), rules[kind]));
        return Ask([.. counters]) with { Wanted = random.Next(4) > 0 ? 1 : random.Next(1, 10) };
    }

    private static RateRule Rule(params (int Count, int Seconds)[] limits) =>
        new() { Limits = [.. limits.Select(limit => new RateLimit(limit.Count, limit.Seconds))] };

    private static RateAsk Ask(params ImmutableArray<RateCounter> counters) => new() { Counters = counters };

    private RateReply Take(double second) => _counters.Take(Ask(new RateCounter(Ada, Posts)), TimeSpan.FromSeconds(second));

    private sealed class Model
    {
        private readonly List<(RateSubject Subject, TimeSpan At)> _served = [];

        public RateReply Take(RateAsk ask, TimeSpan now)
        {
            var granted = 0;
            for (; granted < ask.Wanted && Fits(ask, now); granted++) _served.AddRange(ask.Counters.Select(counter => (counter.Subject, now)));
            if (granted == ask.Wanted) return new RateReply(granted, 0);

            // It fits again when something leaves a window: at one of these moments.
            var moments = from served in _served
                          from counter in ask.Counters
                          from limit in counter.Rule.Limits
                          let leaves = served.At + TimeSpan.FromSeconds(limit.Seconds)
                          where leaves > now
                          orderby leaves
                          select leaves;
            return new RateReply(granted, (long)(moments.First(moment => Fits(ask, moment)) - now).TotalMilliseconds);
        }

        private bool Fits(RateAsk ask, TimeSpan now) => ask.Counters.All(counter => counter.Rule.Limits.All(limit =>
            _served.Count(one => one.Subject == counter.Subject && one.At > now - TimeSpan.FromSeconds(limit.Seconds)) < limit.Count));
    }
}
