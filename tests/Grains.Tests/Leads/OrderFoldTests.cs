using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;
using LeadEngine.Webhooks;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.Leads;

public sealed class OrderFoldTests
{
    private static readonly LeadTag Vip = new() { Id = 4, Name = "vip", Points = 9 };

    [Fact]
    public void Of_UpsertAndOrders_MakeOneChange()
    {
        var change = Of(
            Stored(),
            new UpsertRequest(Upsert(1) with { Points = 3, Tags = [Vip] }),
            Asked(Order(2, LeadOrder.GivePoints) with { Points = 4 }),
            Asked(Order(3, LeadOrder.CompleteAction) with { ActionId = 2 }),
            Asked(Order(4, LeadOrder.Verify))).Change!;

        Assert.Equal((2L, 7, ReferralClass.Verified), (change.After.Counter, change.Points, change.CountsAs));
        Assert.Equal<long>([2, 4], change.Earned);
        Assert.Equal([EventKind.RepeatSignup, EventKind.Tagged], change.Events.Select(note => note.Kind));
        Assert.True(change is { IsScored: true, OnlyWhileOpen: true, IsReview: false });
        Assert.Equal(5, change.Requests.Recent.Length);
    }

    [Fact]
    public void Of_OrderThatChangesNothing_WritesNothingAndSucceeds()
    {
        var fold = Of(Stored(), Asked(Order(1, LeadOrder.OptIn)));

        Assert.Null(fold.Change);
        Assert.Equal(1, Assert.Single(Replies(fold)).Lead!.Counter);
    }

    [Fact]
    public void Of_OrderSeenBefore_ChangesNothing() =>
        Assert.Null(Of(Stored(), Asked(Order(0, LeadOrder.GivePoints) with { Points = 4 })).Change);

    [Fact]
    public void Of_SamePointsTwice_GivesThemOnce()
    {
        var points = Asked(Order(1, LeadOrder.GivePoints) with { Points = 4 });

        Assert.Equal(4, Of(Stored(), points, points).Change!.Points);
    }

    /// <summary>Else it would be handed out for ever.</summary>
    [Fact]
    public void Of_QueuedOrderThatChangesNothing_EndsItsTask()
    {
        var change = Of(Stored(), Asked(Order(1, LeadOrder.OptIn) with { TaskId = 88 })).Change!;

        Assert.Equal<long>([88], change.Tasks);
        Assert.Equal(Stored().Lead, change.After);
        Assert.False(change.IsScored);
    }

    [Fact]
    public void Of_QueuedOrderSeenBefore_EndsItsTaskAndDoesNothing()
    {
        var change = Of(Stored(), Asked(Order(0, LeadOrder.OptOut) with { TaskId = 88 })).Change!;

        Assert.Equal<long>([88], change.Tasks);
        Assert.False(change.After.Profile.OptedOut);
    }

    /// <summary>
    /// A lead that is much in use forgets the time when the work was queued, but the work itself tells that it was not done.
    /// </summary>
    [Fact]
    public void Of_QueuedOrderOfATimeThatIsForgotten_IsCarriedOut()
    {
        var stored = Stored() with { Requests = new RequestLog { Recent = [new(Request(9).Id, Noon)], ForgottenUntil = Noon.AddMinutes(1) } };
        var order = Order(1, LeadOrder.OptOut) with { Request = Request(1, isRepeat: true), TaskId = 88 };

        Assert.True(Of(stored, Asked(order)).Change!.After.Profile.OptedOut);
        Assert.Equal(LeadRefusal.Unknown, Assert.Single(Replies(Of(stored, Asked(order with { TaskId = null })))).Refusal);
    }

    [Theory]
    [InlineData(LeadOrder.Block, ReferralClass.Nobody)]
    [InlineData(LeadOrder.Verify, ReferralClass.Verified)]
    [InlineData(LeadOrder.OptOut, null)]
    public void Of_Order_TellsAsWhatTheLeadCounts(LeadOrder order, ReferralClass? expected) =>
        Assert.Equal(expected, Of(Stored(), Asked(Order(1, order))).Change!.CountsAs);

    [Fact]
    public void Of_ApprovedVerifiedLead_CountsAsVerifiedAgain()
    {
        var stored = Stored(profile: new LeadProfile { Fraudulent = true, FraudReasons = ["blocked"], VerifiedPhone = true });

        var change = Of(stored, Asked(Order(1, LeadOrder.Approve))).Change!;

        Assert.Equal((ReferralClass.Verified, true), (change.CountsAs, change.IsReview));
    }

    [Fact]
    public void CountThatFit_Review_GoesAlone()
    {
        LeadRequest verify = Asked(Order(1, LeadOrder.Verify)), block = Asked(Order(2, LeadOrder.Block));

        Assert.Equal(1, Fold.CountThatFit(Stored().Lead, [verify, block, verify]));
        Assert.Equal(1, Fold.CountThatFit(Stored().Lead, [block, verify]));
    }

    private static Fold Of(StoredLead stored, params LeadRequest[] requests) => Fold.Of(stored, requests);

    private static OrderRequest Asked(LeadCommand command) => new(command);

    private static IEnumerable<LeadReply> Replies(Fold fold) =>
        fold.Replies(Stored(), new Standing { LeadCount = 1, Score = new(), ContestScore = 0, ScoreRank = 1 });
}
