using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.Leads;

public sealed class RequestRulesTests
{
    [Fact]
    public void Look_RequestThatMadeTheLead_IsToldApart() =>
        Assert.Equal(Sighting.MadeTheLead, RequestRules.Look(LogOf(3), Request(0, isRepeat: true)));

    [Fact]
    public void Look_LaterRequest_IsARepeat() => Assert.Equal(Sighting.Repeat, RequestRules.Look(LogOf(3), Request(2)));

    [Fact]
    public void Look_UnseenRequest_IsNew() => Assert.Equal(Sighting.New, RequestRules.Look(LogOf(3), Request(3, isRepeat: true)));

    [Fact]
    public void Look_RepeatOlderThanTheLog_IsForgotten() =>
        Assert.Equal(Sighting.Forgotten, RequestRules.Look(LogOf(RequestRules.Remembered + 5), Request(4, isRepeat: true)));

    [Fact]
    public void Look_FirstTryOlderThanTheLog_IsNew() =>
        Assert.Equal(Sighting.New, RequestRules.Look(LogOf(RequestRules.Remembered + 5), Request(4)));

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public void AsOf_FirstTryThatComesLate_IsARepeat(int millisecondsLater, bool isRepeat) =>
        Assert.Equal(isRepeat, RequestRules.AsOf(Noon.AddMilliseconds(millisecondsLater), Request(0)).IsRepeat);

    [Fact]
    public void Look_OldestRememberedAfterForgetting_IsARepeatAndNotTheFirst() =>
        Assert.Equal(Sighting.Repeat, RequestRules.Look(LogOf(RequestRules.Remembered + 5), Request(5)));

    [Fact]
    public void Remember_MoreThanItHolds_ForgetsTheOldestAndKeepsItsTime()
    {
        var log = LogOf(RequestRules.Remembered + 2);

        Assert.Equal(RequestRules.Remembered, log.Recent.Length);
        Assert.Equal(Request(2).Id, log.Recent[0].Id);
        Assert.Equal(Request(1).ReceivedAt, log.ForgottenUntil);
    }

    private static RequestLog LogOf(int requests) =>
        Enumerable.Range(0, requests).Aggregate(new RequestLog(), (log, number) => RequestRules.Remember(log, Request(number)));
}
