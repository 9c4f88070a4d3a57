using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.Campaigns;

public sealed class TenureTests
{
    private readonly Tenure _tenure = new(
        new CampaignTenure(1, 1, CampaignStatus.Open, 2, [Row(1, 30), Row(2, 20)]), new ScoreRules(new CampaignSettings { Name = "Test" }));

    [Theory]
    [InlineData(Identification.Email, "a@b.c", null)]
    [InlineData(Identification.Phone, null, "+1")]
    public async Task Answer_LostClaim_IsNotTold(Identification by, string? email, string? phone)
    {
        var add = new WaitingAdd(NewLead(by));

        Answer([add], new UnitReply { Adds = [AddOutcome.Added(3, 3, null, lostClaim: true)], LeadCount = 3 });

        var lead = (await add.Reply).Added!.Lead!;
        Assert.Equal((email, phone), (lead.Email, lead.Phone));
    }

    [Fact]
    public async Task Answer_KeptClaim_IsTold()
    {
        var add = new WaitingAdd(NewLead(Identification.Email));

        Answer([add], new UnitReply { Adds = [AddOutcome.Added(3, 3, null)], LeadCount = 3 });

        Assert.Equal("+1", (await add.Reply).Added!.Lead!.Phone);
    }

    [Fact]
    public async Task Answer_Removal_LeavesTheRanking()
    {
        var removal = new WaitingRemoval(new LeadRemoval(1, LeaveMember: true));

        Answer([removal], new UnitReply { Removals = [null], LeadCount = 1 });

        Assert.Null(await removal.Reply);
        Assert.Equal((1, 1), (_tenure.LeadCount, _tenure.StandingOf(2).ScoreRank));
        Assert.Equal(default, _tenure.StandingOf(1).Score);
    }

    [Fact]
    public async Task Answer_RefusedRemoval_KeepsItsScore()
    {
        var removal = new WaitingRemoval(new LeadRemoval(1, LeaveMember: true));

        Answer([removal], new UnitReply { Removals = [LeadRefusal.Locked], LeadCount = 2 });

        Assert.Equal(LeadRefusal.Locked, await removal.Reply);
        Assert.Equal(30, _tenure.StandingOf(1).Score.Points);
    }

    private void Answer(List<Waiting> waiting, UnitReply reply)
    {
        var unit = new CampaignUnit
        {
            CampaignId = 7,
            AccountId = 1,
            Epoch = 1,
            Adds = [.. waiting.OfType<WaitingAdd>().Select(item => item.Lead)],
            Removals = [.. waiting.OfType<WaitingRemoval>().Select(item => item.Removal)],
        };
        _tenure.Apply(unit, reply);
        _tenure.Answer(waiting, unit, reply);
    }

    private static NewLead NewLead(Identification by) =>
        new() { Request = Request(1), Email = "a@b.c", Phone = "+1", Profile = new LeadProfile(), IdentifiedBy = by };

    private static ScoreRow Row(long leadId, int points) => new(leadId, new LeadScore { Points = points });
}
