using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.Leads;

public sealed class FoldTests
{
    private static Fold Of(StoredLead stored, UpsertLead[] commands) => Fold.Of(stored, commands.Select(command => new UpsertRequest(command)));

    private static int CountThatFit(Lead lead, UpsertLead[] commands) =>
        Fold.CountThatFit(lead, [.. commands.Select(command => new UpsertRequest(command))]);

    private static readonly Standing Standing = new() { LeadCount = 1, Score = new(), ContestScore = 0, ScoreRank = 1 };

    [Fact]
    public void Of_SeveralUpserts_MakesOneChangeAndAStepEach()
    {
        var fold = Of(Stored(), [Upsert(1), Upsert(2), Upsert(3)]);

        Assert.Equal(4, fold.Change!.After.Counter);
        Assert.Equal(1, fold.Change.ExpectedVersion);
        Assert.Equal(4, fold.Change.Requests.Recent.Length);
        Assert.Equal([2, 3, 4], RepliesOf(fold).Select(reply => reply.Lead!.Counter));
    }

    [Fact]
    public void Of_RepeatOnly_ChangesNothingAndTellsOfTheLead()
    {
        var fold = Of(Stored(), [Upsert(0)]);

        Assert.Null(fold.Change);
        var reply = Assert.Single(RepliesOf(fold));
        Assert.Equal(1, reply.Lead!.Counter);
        Assert.True(reply.IsNew);
    }

    [Fact]
    public void Of_SameRequestTwice_AppliesItOnce() => Assert.Equal(2, Of(Stored(), [Upsert(1), Upsert(1)]).Change!.After.Counter);

    [Fact]
    public void Of_ForgottenRepeat_IsUnknownAndTheOthersGoOn()
    {
        var stored = Stored() with { Requests = new RequestLog { Recent = [new(Request(9).Id, Noon)], ForgottenUntil = Noon.AddMinutes(1) } };
        var forgotten = Upsert(1) with { Request = Request(1, isRepeat: true) };

        var fold = Of(stored, [forgotten, Upsert(2)]);

        Assert.Equal(2, fold.Change!.After.Counter);
        Assert.Equal([LeadRefusal.Unknown, null], RepliesOf(fold).Select(reply => reply.Refusal));
    }

    [Fact]
    public void Of_LeadWithoutEmail_ClaimsTheFirstOneSent()
    {
        var change = Of(Stored(email: null, phone: "+1"), [Upsert(1, email: null), Upsert(2, "a@b.c"), Upsert(3, "d@e.f")]).Change!;

        Assert.Equal("a@b.c", change.ClaimEmail);
        Assert.Null(change.ClaimPhone);
    }

    [Fact]
    public void Of_CommandOfTheLeadsOwnEmail_ClaimsNone() => Assert.Null(Of(Stored(), [Upsert(1)]).Change!.ClaimEmail);

    /// <summary>The lead keeps its own, but the store shall see whether the other one names somebody by now.</summary>
    [Fact]
    public void Of_LeadWithAnotherEmail_NamesTheOneThatWasSent() =>
        Assert.Equal("other@example.com", Of(Stored(), [Upsert(1, "other@example.com")]).Change!.ClaimEmail);

    [Fact]
    public void CountThatFit_OneAddressAndOneNumberToClaim_AllFit() => Assert.Equal(4, CountThatFit(Stored(email: null).Lead, [Upsert(1, "a@b.c"), Upsert(2, "a@b.c", "+1"), Upsert(3, null, "+1"), Upsert(4, null)]));

    [Fact]
    public void CountThatFit_AnotherNumberToClaim_WaitsWithAllBehindIt() => Assert.Equal(2, CountThatFit(Stored().Lead, [Upsert(1, phone: "+1"), Upsert(2), Upsert(3, phone: "+2"), Upsert(4)]));

    [Fact]
    public void CountThatFit_AnotherAddressToClaim_WaitsWithAllBehindIt() => Assert.Equal(1, CountThatFit(Stored(phone: "+1").Lead, [Upsert(1, "a@b.c", "+1"), Upsert(2, "d@e.f", "+1"), Upsert(3)]));

    [Fact]
    public void CountThatFit_LeadWithNumber_ClaimsNone() => Assert.Equal(2, CountThatFit(Stored(phone: "+1").Lead, [Upsert(1, phone: "+2"), Upsert(2, phone: "+3")]));

    [Fact]
    public void Replies_PhoneThatWasNotFree_IsNotTold()
    {
        var fold = Of(Stored(), [Upsert(1, phone: "+12065550100")]);

        Assert.Equal("+12065550100", fold.Change!.ClaimPhone);
        Assert.Null(Assert.Single(fold.Replies(After(fold), Standing)).Lead!.Phone);
    }

    [Fact]
    public void Replies_PhoneThatWasClaimed_IsToldFromThatStepOn()
    {
        var fold = Of(Stored(), [Upsert(1), Upsert(2, phone: "+12065550100"), Upsert(3)]);
        var stored = After(fold);
        stored = stored with { Lead = stored.Lead with { Phone = "+12065550100" } };

        Assert.Equal([null, "+12065550100", "+12065550100"], fold.Replies(stored, Standing).Select(reply => reply.Lead!.Phone));
    }

    [Fact]
    public void Of_MoreFieldsThanALeadHolds_RefusesThatCommandAlone()
    {
        CustomField[] fields = [.. Enumerable.Range(0, LeadProfile.MaxCustomFields).Select(number => new CustomField($"field{number}", "1"))];
        var stored = Stored(profile: new LeadProfile { CustomFields = [.. fields] });
        var oneMore = Upsert(1, patch: new LeadPatch { CustomFields = [new("one more", "1")] });
        var another = Upsert(2, patch: new LeadPatch { CustomFields = [new("field7", "2")] });

        var fold = Of(stored, [oneMore, another]);

        Assert.Equal([LeadRefusal.TooManyFields, null], fold.Replies(After(fold), Standing).Select(reply => reply.Refusal));
        Assert.Equal(2, fold.Change!.After.Counter);
        Assert.Contains(new CustomField("field7", "2"), fold.Change.After.Profile.CustomFields);
    }

    [Fact]
    public void Of_Points_AreAddedUpWithoutOverflow()
    {
        var fold = Of(Stored(), [Upsert(1) with { Points = int.MaxValue }, Upsert(2) with { Points = int.MaxValue }]);

        Assert.Equal(int.MaxValue, fold.Change!.Points);
    }

    [Fact]
    public void Of_IdempotencyKeys_AreSpentWithTheChange()
    {
        var claim = new IdempotencyClaim("key", "print");
        var upsert = Upsert(1) with { Request = Request(1) with { Idempotency = claim } };

        Assert.Equal<IdempotencyClaim>([claim], Of(Stored(), [upsert, Upsert(2)]).Change!.Idempotency);
    }

    [Fact]
    public void Of_MustBeNew_IsRefusedAndChangesNothing()
    {
        var fold = Of(Stored(), [Upsert(1) with { MustBeNew = true }]);

        Assert.Null(fold.Change);
        Assert.Equal(LeadRefusal.AlreadyExists, Assert.Single(RepliesOf(fold)).Refusal);
    }

    [Fact]
    public void Of_RepeatOfTheRequestThatMadeTheLead_IsNew()
    {
        var repeat = Upsert(0) with { Request = Request(0, isRepeat: true), MustBeNew = true };

        var reply = Assert.Single(RepliesOf(Of(Stored(), [repeat])));

        Assert.Equal((true, 1), (reply.IsNew, reply.Lead!.Counter));
    }

    /// <summary>
    /// The store would refuse the whole change if another lead had the address, and that lead is not whom the request is about.
    /// </summary>
    [Fact]
    public void Of_EmailThatDoesNotIdentify_IsNotClaimed()
    {
        var upsert = Upsert(1, "a@b.c", "+1") with { IdentifiedBy = Identification.Phone };

        Assert.Null(Of(Stored(email: null, phone: "+1"), [upsert]).Change!.ClaimEmail);
    }

    [Fact]
    public void Of_PhoneThatDoesNotIdentify_IsClaimedIfTheLeadHasNone()
    {
        var upsert = Upsert(1, phone: "+1") with { IdentifiedBy = Identification.Email };

        Assert.Equal("+1", Of(Stored(), [upsert]).Change!.ClaimPhone);
        Assert.Null(Of(Stored(phone: "+2"), [upsert]).Change!.ClaimPhone);
    }

    public static TheoryData<UpsertLead> ChangesOfAPerson =>
    [
        Upsert(1, phone: "+1"),
        Upsert(1, patch: new LeadPatch { FirstName = "Ada" }),
        Upsert(1, patch: new LeadPatch { LastName = "Lovelace" }),
        Upsert(1, patch: new LeadPatch { ContactPhone = "+1" }),
        Upsert(1, patch: new LeadPatch { ContactEmail = "a@b.c" }),
    ];

    [Theory, MemberData(nameof(ChangesOfAPerson))]
    public void Of_NewsOfThePerson_ConcernIt(UpsertLead upsert) => Assert.True(Of(Stored(), [upsert]).Change!.ConcernsPerson);

    [Fact]
    public void Of_EmailToGain_ConcernsThePerson() =>
        Assert.True(Of(Stored(email: null, phone: "+1"), [Upsert(1, phone: "+1")]).Change!.ConcernsPerson);

    public static TheoryData<UpsertLead> OtherChanges =>
    [
        Upsert(1),
        Upsert(1, "other@example.com"),
        Upsert(1, phone: "+2") with { Points = 3 },
        Upsert(1, patch: new LeadPatch { FirstName = "Ada", Source = "modal.1", CustomFields = [new("seats", "5")] }),
    ];

    /// <summary>A burst of updates must not write people: not of what is known, nor of what the lead keeps of its own.</summary>
    [Theory, MemberData(nameof(OtherChanges))]
    public void Of_NoNewsOfThePerson_DoNotConcernIt(UpsertLead upsert) =>
        Assert.False(Of(Stored(phone: "+1", profile: new LeadProfile { FirstName = "Ada" }), [upsert]).Change!.ConcernsPerson);

    private static IEnumerable<LeadReply> RepliesOf(Fold fold) => fold.Replies(fold.Change is null ? Stored() : After(fold), Standing);

    private static StoredLead After(Fold fold) =>
        new() { Lead = fold.Change!.After, Version = fold.Change.ExpectedVersion + 1, Requests = fold.Change.Requests };
}
