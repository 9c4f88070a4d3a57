using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Leads;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.Campaigns;

public sealed class WaitingRoomTests
{
    private readonly WaitingRoom _room = new();

    [Fact]
    public void Take_UpToTheLimit_InOrder()
    {
        var items = Enter(Add(1, "a@b.c"), Add(2, "d@e.f"), Add(3, "g@h.i"));

        Assert.Equal(items[..2], _room.Take(2));
        Assert.Equal(items[2..], _room.Take(2));
        Assert.Equal(0, _room.Count);
    }

    [Theory]
    [InlineData("a@b.c", null, "a@b.c", "+1")]
    [InlineData("a@b.c", "+1", "d@e.f", "+1")]
    [InlineData(null, "+1", "d@e.f", "+1")]
    public void Take_SharedIdentifier_LeavesTheLater(string? email1, string? phone1, string? email2, string? phone2)
    {
        var items = Enter(Add(1, email1, phone1), Add(2, email2, phone2), Add(3, "other@b.c"));

        Assert.Equal([items[0], items[2]], _room.Take(10));
        Assert.Equal([items[1]], _room.Take(10));
    }

    [Fact]
    public void Take_LeftBehind_ComesBeforeWhatArrivedLater()
    {
        var items = Enter(Add(1, "a@b.c"), Add(2, "a@b.c"), Add(3, "a@b.c"), Add(4, "d@e.f"));

        Assert.Equal([items[0], items[3]], _room.Take(10));
        Enter(Add(5, "g@h.i"));
        Assert.Same(items[1], _room.Take(1).Single());
        Assert.Same(items[2], _room.Take(1).Single());
    }

    [Fact]
    public void Take_TwoChangesOfOneLead_LeavesTheLater()
    {
        var items = Enter(Change(1), Change(1), Change(2));

        Assert.Equal([items[0], items[2]], _room.Take(10));
    }

    [Fact]
    public void Take_Status_StandsAloneAndIsNotOvertaken()
    {
        var items = Enter(Add(1, "a@b.c"), Add(2, "a@b.c"), new WaitingStatus(CampaignStatus.Ended), Add(3, "d@e.f"));

        Assert.Equal([items[0]], _room.Take(10));
        Assert.Equal([items[1]], _room.Take(10));
        Assert.Equal([items[2]], _room.Take(10));
        Assert.Equal([items[3]], _room.Take(10));
    }

    /// <summary>Colleagues with one company phone: each is somebody, and the first of them gets the number.</summary>
    [Theory]
    [InlineData(Identification.Email, "a@b.c", "+1", "d@e.f", "+1")]
    [InlineData(Identification.Phone, "a@b.c", "+1", "a@b.c", "+2")]
    public void Take_SharedClaim_GoesToTheFirstAndBothEnter(Identification by, string email1, string phone1, string email2, string phone2)
    {
        var items = Enter(Add(1, email1, phone1, by), Add(2, email2, phone2, by));

        Assert.Equal(items, _room.Take(10));
        Assert.Equal((email1, phone1), Values(items[0]));
        Assert.Equal(by is Identification.Email ? (email2, null) : (null, phone2), Values(items[1]));
    }

    [Theory]
    [InlineData(Identification.Email, "a@b.c", "+1", "a@b.c", "+2")]
    [InlineData(Identification.Phone, "a@b.c", "+1", "d@e.f", "+1")]
    public void Take_SharedIdentifierOfThoseWhoClaim_LeavesTheLater(Identification by, string email1, string phone1, string email2, string phone2)
    {
        var items = Enter(Add(1, email1, phone1, by), Add(2, email2, phone2, by));

        Assert.Equal([items[0]], _room.Take(10));
        Assert.Equal([items[1]], _room.Take(10));
        Assert.Equal((email2, phone2), Values(items[1]));
    }

    [Fact]
    public void Take_IdentifierThatAnEarlierOneClaims_LeavesTheLater()
    {
        var items = Enter(Add(1, "a@b.c", "+1", Identification.Email), Add(2, "d@e.f", "+1", Identification.Phone));

        Assert.Equal([items[0]], _room.Take(10));
        Assert.Equal([items[1]], _room.Take(10));
    }

    [Fact]
    public void Take_Removals_GoByThemselvesEachLeadOnce()
    {
        var items = Enter(Change(1), Removal(1), Add(2, "a@b.c"), Removal(2), Removal(1));

        Assert.Equal([items[0], items[2]], _room.Take(10));
        Assert.Equal([items[1], items[3]], _room.Take(10));
        Assert.Equal([items[4]], _room.Take(10));
    }

    [Fact]
    public void Take_RemovalBehindAStatus_DoesNotOvertakeIt()
    {
        var items = Enter(Removal(1), new WaitingStatus(CampaignStatus.Locked), Removal(2));

        Assert.Equal([items[0]], _room.Take(10));
        Assert.Equal([items[1]], _room.Take(10));
        Assert.Equal([items[2]], _room.Take(10));
    }

    private static (string? Email, string? Phone) Values(Waiting item)
    {
        var lead = Assert.IsType<WaitingAdd>(item).Lead;
        return (lead.Email, lead.Phone);
    }

    private Waiting[] Enter(params Waiting[] items)
    {
        foreach (var item in items) _room.Enter(item);
        return items;
    }

    private static WaitingAdd Add(int request, string? email, string? phone = null, Identification by = Identification.EmailThenPhone) =>
        new(new NewLead { Request = Request(request), Email = email, Phone = phone, Profile = new LeadProfile(), IdentifiedBy = by });

    private static WaitingRemoval Removal(long leadId) => new(new LeadRemoval(leadId, LeaveMember: false));

    private static WaitingChange Change(long leadId) => new(new LeadChange
    {
        After = Stored().Lead with { Id = leadId },
        ExpectedVersion = 1,
        Requests = new RequestLog(),
    });
}
