using LeadEngine.Limits;

namespace LeadEngine.Grains.Tests.Limits;

[Collection(EngineCollection.Name)]
public sealed class RateLimitGrainTests(EngineFixture engine)
{
    [Fact]
    public async Task Take_AThousandAtOnce_GrantsAsManyAsTheLimit()
    {
        var ask = new RateAsk { Counters = [new(Subject(), new RateRule { Limits = [new(10, 600), new(20, 600)] })] };
        var keeper = engine.Grains.GetGrain<IRateLimitGrain>(RateSubject.KeeperOf(ask.Counters[0].Subject.Who));

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => keeper.Take([.. Enumerable.Repeat(ask, 10)])));

        Assert.Equal(10, replies.Sum(together => together.Sum(reply => reply.Granted)));
        Assert.All(replies, together => Assert.Equal(10, together.Length));
    }

    [Fact]
    public async Task Take_SeveralSubjects_AreAnsweredInTheirOrder()
    {
        var rule = RateRule.PerMinute(1);
        RateAsk first = new() { Counters = [new(Subject(), rule)] }, second = new() { Counters = [new(Subject(), rule)] };

        var replies = await engine.Grains.GetGrain<IRateLimitGrain>(0).Take([first, first, second]);

        Assert.Equal([1, 0, 1], replies.Select(reply => reply.Granted));
        Assert.InRange(replies[1].WaitMilliseconds, 1, 60_000);
    }

    [Fact]
    public void KeeperOf_NeighboursOfAnyKind_AreSpread()
    {
        foreach (var step in (long[])[1, 256, 65_536, 1L << 32, 1L << 40])
        {
            var keepers = Enumerable.Range(0, 1_000).Select(number => RateSubject.KeeperOf(number * step)).ToList();
            Assert.All(keepers, keeper => Assert.InRange(keeper, 0, RateSubject.Keepers - 1));
            Assert.All(keepers.CountBy(keeper => keeper), keeper => Assert.InRange(keeper.Value, 60, 250));
        }
    }

    private static RateSubject Subject() => new(RateKind.CampaignPosts, Random.Shared.NextInt64(), 4);
}
