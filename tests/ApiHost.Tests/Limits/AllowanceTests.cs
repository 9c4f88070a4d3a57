using LeadEngine.ApiHost.Limits;
using LeadEngine.Grains.Limits;
using LeadEngine.Limits;

namespace LeadEngine.ApiHost.Tests.Limits;

public sealed class AllowanceTests
{
    private readonly StillClock _clock = new();
    private readonly RateCounters _counters = new();
    private readonly long _start;
    private int _asks;

    public AllowanceTests() => _start = _clock.GetTimestamp();

    [Fact]
    public async Task Take_FewRequests_AreCountedOneByOne()
    {
        var allowance = NewAllowance();
        for (var time = 0; time < 10; time++) Assert.Null(await allowance.Take(10));
        Assert.Equal(TimeSpan.FromMinutes(1), await allowance.Take(10));
        _clock.Advance(60);
        Assert.Null(await allowance.Take(10));
    }

    [Fact]
    public async Task Take_RefusedOnce_IsRefusedWithoutAsking()
    {
        var allowance = NewAllowance();
        await allowance.Take(1);
        await allowance.Take(1);
        var asks = _asks;
        for (var time = 0; time < 10; time++) Assert.Equal(TimeSpan.FromMinutes(1), await allowance.Take(1));
        Assert.Equal(asks, _asks);
    }

    [Fact]
    public async Task Take_ManyAtOnce_AreAskedForTogether()
    {
        var allowance = NewAllowance();
        var waits = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => allowance.Take(600).AsTask())));
        Assert.Equal(600, waits.Count(wait => wait is null));
    }

    [Fact]
    public async Task Take_OfABusyHost_AsksAFewTimesASecond()
    {
        var allowance = NewAllowance();
        for (var request = 0; request < 20_000; request++) // 2,000 a second
        {
            if (request == 10_000) _asks = 0;
            Assert.Null(await allowance.Take(1_000_000));
            _clock.Advance(0.0005);
        }

        Assert.InRange(_asks, 5, 25);
    }

    [Fact]
    public async Task GiveBack_OneThatWasTaken_CanBeTakenAgain()
    {
        var allowance = NewAllowance();
        Assert.Null(await allowance.Take(1));
        allowance.GiveBack();
        Assert.Null(await allowance.Take(1));
        Assert.NotNull(await allowance.Take(1));
    }

    [Fact]
    public async Task Take_KeeperIsSilent_ThrowsAndAsksAgainNextTime()
    {
        var isSilent = true;
        var allowance = new Allowance(
            new RateSubject(RateKind.AccountRequests, 7, 0), ask => isSilent ? throw new TimeoutException() : Keep(ask), _clock);
        await Assert.ThrowsAsync<TimeoutException>(() => allowance.Take(1).AsTask());
        isSilent = false;
        Assert.Null(await allowance.Take(1));
    }

    // Hosts of uneven load; what they serve together in any minute, against the limit.
    [Theory]
    [InlineData(1, 600, 1)]
    [InlineData(2, 600, 2)]
    [InlineData(5, 600, 3)]
    [InlineData(2, 6_000, 4)]
    [InlineData(10, 6_000, 5)]
    public async Task Take_ThroughSeveralHosts_HoldsTogether(int hosts, int perMinute, int seed)
    {
        var random = new Random(seed);
        var allowances = Enumerable.Range(0, hosts).Select(_ => NewAllowance()).ToArray();
        List<double> served = [];
        var step = 60.0 / perMinute / 1.5; // Half as many again as may be served, more at one host than at another.
        for (var now = 0.0; now < 300; now += step, _clock.Advance(step))
        {
            var host = Math.Min(random.Next(hosts), random.Next(hosts));
            if (await allowances[host].Take(perMinute) is null) served.Add(now);
        }

        // Of any perMinute + 1 that follow each other, the last came a minute after the first.
        Assert.All(served.Skip(perMinute).Zip(served), pair => Assert.InRange(pair.First - pair.Second, 59.999, double.MaxValue));
        Assert.InRange(served.Count, 5 * perMinute * 0.9, 5 * perMinute);
    }

    // Demand below the limit is served whole, however many hosts it is spread over.
    [Fact]
    public async Task Take_LessThanTheLimit_IsServed()
    {
        var random = new Random(6);
        var allowances = Enumerable.Range(0, 10).Select(_ => NewAllowance()).ToArray();
        var refused = 0;
        for (var request = 0; request < 5_400; request++)
        {
            if (await allowances[random.Next(10)].Take(1_200) is not null) refused++;
            _clock.Advance(60.0 / 1_080); // Nine tenths of it.
        }

        Assert.Equal(0, refused);
    }

    private Allowance NewAllowance() => new(new RateSubject(RateKind.AccountRequests, 7, 0), Keep, _clock);

    private Task<RateReply> Keep(RateAsk ask)
    {
        lock (_counters)
        {
            _asks++;
            return Task.FromResult(_counters.Take(ask, _clock.GetElapsedTime(_start)));
        }
    }
}
