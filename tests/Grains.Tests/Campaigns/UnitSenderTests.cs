using System.Diagnostics.Metrics;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Grains.Telemetry;
using LeadEngine.Leads;
using LeadEngine.Storage;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.Campaigns;

public sealed class UnitSenderTests : IDisposable
{
    private readonly Meter _meter = new(nameof(UnitSenderTests));
    private readonly ScriptedLeadStore _script;
    private readonly Desk _desk = new();
    private readonly UnitSender _sender;

    public UnitSenderTests()
    {
        (var store, _script) = ScriptedLeadStore.Make();
        var tenure = new Tenure(new CampaignTenure(1, 1, CampaignStatus.Open, 0, []), new ScoreRules(new CampaignSettings { Name = "Test" }));
        _sender = new UnitSender(
            tenure, store, new EngineOptions { MaxWaitingAtCampaign = 5, UnitSize = 3 }, new LeadMetrics(_meter), _desk);
    }

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void EnterTogether_WhileAUnitIsUnderWay_GoIntoTheNextOnes()
    {
        _sender.Enter(Add(0));
        _sender.EnterTogether(Adds(1, 5));

        _script.Commit();
        _script.Commit();

        Assert.Equal([1, 3, 2], _script.Units.Select(unit => unit.Adds.Length));
    }

    [Fact]
    public async Task EnterTogether_NoRoomForAll_RefusesAllOfThemAndNobodyElse()
    {
        _sender.Enter(Add(0));
        var waiting = Adds(1, 3);
        var tooMany = Adds(4, 3);
        _sender.EnterTogether(waiting);

        _sender.EnterTogether(tooMany);

        foreach (var add in tooMany) Assert.Equal(LeadRefusal.Busy, (await add.Reply).Refusal);
        Assert.All(waiting, add => Assert.False(add.Reply.IsCompleted));
        _script.Commit();
        Assert.Equal(3, _script.Units[1].Adds.Length);
    }

    /// <summary>Else one that is larger than the room would be refused for ever.</summary>
    [Fact]
    public void EnterTogether_NobodyWaits_TakesMoreThanTheRoomHolds()
    {
        _sender.EnterTogether(Adds(0, 7));

        Assert.Equal(3, Assert.Single(_script.Units).Adds.Length);
    }

    [Fact]
    public async Task EnterTogether_FencedMeanwhile_AllAskAgain()
    {
        var adds = Adds(0, 5);
        _sender.EnterTogether(adds);

        _script.Fence();

        foreach (var add in adds) Assert.Equal(LeadRefusal.AskAgain, (await add.Reply).Refusal);
        Assert.True(_desk.HasLeft);
    }

    [Fact]
    public async Task Enter_OutcomeIsUnknown_ThoseUnderWayAreAndTheOthersAskAgain()
    {
        var adds = Adds(0, 4);
        _sender.EnterTogether(adds);

        _script.Fail(new StoreOutcomeUnknownException("lost"));

        Assert.Equal(LeadRefusal.Unknown, (await adds[2].Reply).Refusal);
        Assert.Equal(LeadRefusal.AskAgain, (await adds[3].Reply).Refusal);
        Assert.True(_desk.HasLeft);
    }

    private static WaitingAdd[] Adds(int first, int count) => [.. Enumerable.Range(first, count).Select(Add)];

    private static WaitingAdd Add(int number) =>
        new(new NewLead { Request = Request(number), Email = $"p{number}@x.org", Profile = new LeadProfile() });

    private sealed class Desk : ICampaignDesk
    {
        public bool HasLeft { get; private set; }

        public long Id => 7;

        public void Check(IReadOnlyList<WaitingAdd> adds)
        {
        }

        public void Note(CampaignUnit unit, UnitReply reply)
        {
        }

        public CampaignReply Describe() => CampaignReply.Refused(LeadRefusal.CampaignNotFound);

        public void Leave() => HasLeft = true;
    }
}
