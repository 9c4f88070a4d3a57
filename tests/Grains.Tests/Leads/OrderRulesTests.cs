using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;
using LeadEngine.Webhooks;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.Leads;

public sealed class OrderRulesTests
{
    private static readonly LeadTag Vip = new() { Id = 4, Name = "vip", Points = 9 };

    [Fact]
    public void OptOut_WithEmail_StopsMailAndIsTold()
    {
        var effect = CarryOut(LeadOrder.OptOut);

        Assert.Equal((true, false), (effect.After.Profile.OptedOut, effect.After.Profile.SmsOptedOut));
        Assert.Equal(EventKind.OptedOut, Assert.Single(effect.Events).Kind);
    }

    [Fact]
    public void OptOut_PhoneOnly_StopsTextMessagesToo()
    {
        var profile = CarryOut(LeadOrder.OptOut, Stored(email: null, phone: "+1")).After.Profile;

        Assert.Equal((true, true), (profile.OptedOut, profile.SmsOptedOut));
    }

    [Fact]
    public void OptIn_TakesBothBack()
    {
        var profile = CarryOut(LeadOrder.OptIn, With(new() { OptedOut = true, SmsOptedOut = true })).After.Profile;

        Assert.Equal((false, false), (profile.OptedOut, profile.SmsOptedOut));
    }

    [Theory]
    [InlineData("ada@example.com", null, true, false)]
    [InlineData("ada@example.com", "+1", true, false)]
    [InlineData(null, "+1", false, true)]
    public void Verify_ConfirmsTheAddressElseTheNumber(string? email, string? phone, bool verifiedEmail, bool verifiedPhone)
    {
        var profile = CarryOut(LeadOrder.Verify, Stored(email, phone)).After.Profile;

        Assert.Equal((verifiedEmail, verifiedPhone), (profile.VerifiedEmail, profile.VerifiedPhone));
    }

    [Fact]
    public void Verify_WaitingLead_GoesOnWaiting() =>
        Assert.True(CarryOut(LeadOrder.Verify, With(new() { Waitlisted = true })).After.Profile.Waitlisted);

    [Fact]
    public void VerifyPhone_ConfirmsTheNumber() => Assert.True(CarryOut(LeadOrder.VerifyPhone).After.Profile.VerifiedPhone);

    [Fact]
    public void Block_FlagsAndTellsWhy()
    {
        var effect = CarryOut(LeadOrder.Block);

        Assert.True(effect is { IsReview: true, After.Profile.Fraudulent: true });
        Assert.Equal<string>(["blocked"], effect.After.Profile.FraudReasons);
        Assert.Equal(new EventNote(EventKind.Fraudulent, """{"reasons":["blocked"]}"""), Assert.Single(effect.Events));
    }

    [Fact]
    public void Approve_ClearsTheFlagAndItsReasons()
    {
        var effect = CarryOut(LeadOrder.Approve, With(new() { Fraudulent = true, FraudReasons = ["duplicate_ip"] }));

        Assert.Equal(new LeadProfile(), effect.After.Profile);
        Assert.True(effect.IsReview);
        Assert.Empty(effect.Events);
    }

    [Fact]
    public void Waitlist_AndBack()
    {
        var waiting = CarryOut(LeadOrder.Waitlist).After;

        Assert.True(waiting.Profile.Waitlisted);
        Assert.False(CarryOut(LeadOrder.Unwaitlist, With(waiting.Profile)).After.Profile.Waitlisted);
    }

    [Fact]
    public void Tag_IsGivenWithItsPointsAndTold()
    {
        var effect = OrderRules.CarryOut(Stored().Lead, Order(1, LeadOrder.Tag) with { Tag = Vip });

        Assert.Equal<string>(["vip"], effect.After.Profile.Tags);
        Assert.Equal<long>([4], effect.Earned);
        Assert.Equal(new EventNote(EventKind.Tagged, """{"name":"vip","points":9,"tag_id":4}"""), Assert.Single(effect.Events));
        Assert.False(effect.OnlyWhileOpen);
    }

    [Fact]
    public void CompleteAction_EarnsItsPoints_OnlyWhileOpen()
    {
        var effect = OrderRules.CarryOut(Stored().Lead, Order(1, LeadOrder.CompleteAction) with { ActionId = 6 });

        Assert.Equal<long>([6], effect.After.Profile.CompletedActions);
        Assert.Equal<long>([6], effect.Earned);
        Assert.True(effect.OnlyWhileOpen);
    }

    [Fact]
    public void GivePoints_ChangesNothingElse()
    {
        var effect = OrderRules.CarryOut(Stored().Lead, Order(1, LeadOrder.GivePoints) with { Points = -5 });

        Assert.Equal((-5, Stored().Lead.Counter, true, true), (effect.Points, effect.After.Counter, effect.IsChange, effect.OnlyWhileOpen));
    }

    public static TheoryData<LeadOrder, LeadProfile> WhatIsSoAlready => new()
    {
        { LeadOrder.OptOut, new() { OptedOut = true } },
        { LeadOrder.OptIn, new() },
        { LeadOrder.Verify, new() { VerifiedEmail = true } },
        { LeadOrder.VerifyPhone, new() { VerifiedPhone = true } },
        { LeadOrder.Approve, new() },
        { LeadOrder.Block, new() { Fraudulent = true } },
        { LeadOrder.Waitlist, new() { Waitlisted = true } },
        { LeadOrder.Unwaitlist, new() },
        { LeadOrder.Tag, new() { Tags = ["vip"] } },
        { LeadOrder.CompleteAction, new() { CompletedActions = [6] } },
        { LeadOrder.GivePoints, new() },
    };

    [Theory]
    [MemberData(nameof(WhatIsSoAlready))]
    public void CarryOut_LeadIsAsItShallBe_ChangesNothing(LeadOrder order, LeadProfile profile)
    {
        var effect = OrderRules.CarryOut(With(profile).Lead, Order(1, order) with { Tag = Vip, ActionId = 6 });

        Assert.False(effect.IsChange);
        Assert.Empty(effect.Events);
        Assert.Empty(effect.Earned);
    }

    private static LeadEffect CarryOut(LeadOrder order, StoredLead? stored = null) => OrderRules.CarryOut((stored ?? Stored()).Lead, Order(1, order));

    private static StoredLead With(LeadProfile profile) => Stored(profile: profile);
}
