using LeadEngine.ApiHost.Webhooks;

namespace LeadEngine.ApiHost.Tests.Webhooks;

public sealed class SubscriptionRestsTests
{
    private const long Dead = 7;
    private const long Other = 8;

    private static readonly DeliveryOutcome Down = DeliveryOutcome.Failed("down", 503);
    private static readonly DeliveryOutcome Unknown = DeliveryOutcome.Failed("no such person", 404);
    private static readonly DeliveryOutcome Taken = DeliveryOutcome.Delivered(200);

    private readonly ManualClock _clock = new();
    private readonly SubscriptionRests _rests;

    public SubscriptionRestsTests() => _rests = new(_clock);

    [Fact]
    public void Note_FailuresInARow_BeginARestOfThatOne()
    {
        Fail(SubscriptionRests.FailuresInARow - 1);
        Assert.Empty(Closed());

        Fail(1);
        Assert.Equal([Dead], Closed());
    }

    [Fact]
    public void Note_SuccessNowAndThen_NeverRests()
    {
        for (var round = 0; round < 10; round++)
        {
            Fail(SubscriptionRests.FailuresInARow - 1);
            _rests.Note(Dead, Taken);
        }

        Assert.Empty(Closed());
    }

    [Fact]
    public void Note_FailuresOfTwo_AreCountedApart()
    {
        Fail(SubscriptionRests.FailuresInARow - 1);
        _rests.Note(Other, Down);

        Assert.Empty(Closed());
    }

    [Fact]
    public void Note_WhatSaysNothingOfTheReceiver_DoesNotCount()
    {
        Fail(SubscriptionRests.FailuresInARow - 1);
        _rests.Note(Dead, DeliveryOutcome.Pointless);
        _rests.Note(Dead, DeliveryOutcome.Hopeless("no such address"));
        Assert.Empty(Closed());

        Fail(1);
        Assert.Equal([Dead], Closed());
    }

    [Fact]
    public void Closed_RestIsOver_LetsOneShareThrough()
    {
        Fail(SubscriptionRests.FailuresInARow);

        _clock.Advance(SubscriptionRests.Shortest);

        Assert.Empty(Closed());
        Assert.Equal([Dead], Closed(underWay: Dead));
    }

    [Fact]
    public void Note_FailsAgainAfterEachRest_RestsTwiceAsLongUpToTheLongest()
    {
        Fail(SubscriptionRests.FailuresInARow);

        double[] rests = [1, 2, 4, 8, 16, 32, 60, 60];
        foreach (var rest in rests)
        {
            _clock.Advance(TimeSpan.FromSeconds(rest) - TimeSpan.FromTicks(1));
            Assert.Equal([Dead], Closed());
            _clock.Advance(TimeSpan.FromTicks(1));
            Assert.Empty(Closed());
            Fail(1);
        }
    }

    [Fact]
    public void Note_FailuresDuringARest_MakeItNoLonger()
    {
        Fail(SubscriptionRests.FailuresInARow + 100);

        _clock.Advance(SubscriptionRests.Shortest);

        Assert.Empty(Closed());
    }

    [Fact]
    public void Note_AnswersThatMayBeOfOneEvent_RestButNoLongerEachTime()
    {
        Fail(SubscriptionRests.FailuresInARow, Unknown);

        for (var rest = 0; rest < 10; rest++)
        {
            Assert.Equal([Dead], Closed());
            _clock.Advance(SubscriptionRests.Shortest);
            Assert.Empty(Closed());
            _rests.Note(Dead, Unknown);
        }
    }

    [Fact]
    public void Note_Success_EndsItAll()
    {
        Fail(SubscriptionRests.FailuresInARow);
        _clock.Advance(SubscriptionRests.Shortest);
        Fail(1);

        _rests.Note(Dead, Taken);
        Assert.Empty(Closed(underWay: Dead));

        Fail(SubscriptionRests.FailuresInARow);
        _clock.Advance(SubscriptionRests.Shortest);
        Assert.Empty(Closed());
    }

    [Fact]
    public void Note_Refused_IsForgottenUntilItIsOnAgain()
    {
        Fail(SubscriptionRests.FailuresInARow);

        _rests.Note(Dead, DeliveryOutcome.Refused("gone", 410));

        Assert.Empty(Closed());
    }

    [Fact]
    public void Closed_NothingTriedForLong_IsForgotten()
    {
        Fail(SubscriptionRests.FailuresInARow);

        _clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Empty(Closed(underWay: Dead));
        Fail(SubscriptionRests.FailuresInARow - 1);
        Assert.Empty(Closed());
    }

    private void Fail(int times, DeliveryOutcome? outcome = null)
    {
        for (var time = 0; time < times; time++) _rests.Note(Dead, outcome ?? Down);
    }

    private long[] Closed(long? underWay = null) => [.. _rests.Closed(id => id == underWay)];
}
