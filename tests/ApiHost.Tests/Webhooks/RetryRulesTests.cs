using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Tests.Webhooks;

public sealed class RetryRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeliveryOutcome Failed = DeliveryOutcome.Failed("down", 503);

    [Fact]
    public void Judge_AlwaysFailing_IsTriedForSome76Hours()
    {
        var (at, tries) = (Noon, 0);
        while (Judge(Tried(tries), Failed, at) is { Fate: Fate.TryAgain, NextTry: { } next }) (at, tries) = (next, tries + 1);

        Assert.Equal(9, tries);
        Assert.Equal(new TimeSpan(75, 35, 5), at - Noon);
        Assert.Equal(Fate.GivenUp, Judge(Tried(tries), Failed, at).Fate);
    }

    [Fact]
    public void Pause_Chance_MakesItUpToATenthLonger()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), RetryRules.Pause(0, 0));
        Assert.Equal(TimeSpan.FromSeconds(5.5), RetryRules.Pause(0, 1));
        Assert.Equal(TimeSpan.FromHours(24), RetryRules.Pause(1_000, 0));
    }

    [Theory]
    [InlineData(0, 0, Fate.GivenUp)]
    [InlineData(3, 2, Fate.TryAgain)]
    [InlineData(3, 3, Fate.GivenUp)]
    public void Judge_SubscriptionWithRetries_IsTriedAsOftenAsItSays(int retries, int tries, Fate fate) =>
        Assert.Equal(fate, Judge(Tried(tries, retries: retries), Failed).Fate);

    [Theory]
    [InlineData(3, Fate.TryAgain)]
    [InlineData(4, Fate.Refused)]
    public void Judge_Aktify_IsBrokenAfterFiveFailedTries(int tries, Fate fate) =>
        Assert.Equal(fate, Judge(Tried(tries, Channel.Aktify), Failed).Fate);

    [Fact]
    public void Judge_OtherOutcomes_MeanWhatTheySay()
    {
        Assert.Equal(Fate.Delivered, Judge(Tried(9), DeliveryOutcome.Delivered(204)).Fate);
        Assert.Equal(Fate.Pointless, Judge(Tried(0), DeliveryOutcome.Pointless).Fate);
        Assert.Equal(Fate.GivenUp, Judge(Tried(0), DeliveryOutcome.Hopeless("no")).Fate);
        Assert.Equal(Fate.Refused, Judge(Tried(0), DeliveryOutcome.Refused("gone", 410)).Fate);
        Assert.Equal(new Attempt(7, Fate.TryAgain, Noon.AddSeconds(7), Noon, 503, "down", 2_000), Judge(Tried(0), Failed));
        Assert.Equal(255, Judge(Tried(0), DeliveryOutcome.Failed(new string('x', 300))).Problem!.Length);
    }

    private static Attempt Judge(Delivery delivery, DeliveryOutcome outcome, DateTimeOffset? at = null) =>
        RetryRules.Judge(delivery, outcome, at ?? Noon, at is null ? TimeSpan.FromSeconds(2) : TimeSpan.Zero, chance: 0);

    private static Delivery Tried(int tries, Channel channel = Channel.KickoffLabs, int? retries = null) => new()
    {
        Id = 7,
        Subscription = new() { AccountId = 1, Channel = channel, Url = "https://x.org", Kinds = 1, Secret = [], Retries = retries },
        Kind = EventKind.Signup,
        OccurredAt = Noon,
        Tries = tries,
    };
}
