using System.Net;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Texts;

public sealed class TextChannelTests : IAsyncDisposable
{
    private readonly TextGateway _gateway = new();
    private FakeApplication? _app;
    private Lead _lead = Samples.Lead with { Phone = "+12065550100" };

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Deliver_NewLead_SendsTheCode()
    {
        Assert.Equal(DeliveryOutcome.Delivered(202), await Deliver());
        Assert.Equal(
            ("Bearer the gateway's token", """{"to":"\u002B12065550100","text":"123456 is your code. It is good for ten minutes."}"""),
            Assert.Single(_gateway.Requests));
    }

    [Fact]
    public async Task Deliver_AnotherCodeIsUnderWay_IsPointless()
    {
        App().Engine.OnIssueCode = _ => null;
        Assert.Equal(DeliveryOutcome.Pointless, await Deliver());
        Assert.Empty(_gateway.Requests);
    }

    [Fact]
    public async Task Deliver_NothingToAsk_IsPointless()
    {
        foreach (var profile in (LeadProfile[])[new() { VerifiedPhone = true }, new() { SmsOptedOut = true }, new() { Fraudulent = true }])
        {
            _lead = _lead with { Profile = profile };
            Assert.Equal(DeliveryOutcome.Pointless, await Deliver());
        }

        _lead = Samples.Lead;
        Assert.Equal(DeliveryOutcome.Pointless, await Deliver());
        Assert.Empty(_gateway.Requests);
    }

    [Theory]
    [InlineData(400, DeliveryOutcomeKind.Hopeless)]
    [InlineData(422, DeliveryOutcomeKind.Hopeless)]
    [InlineData(401, DeliveryOutcomeKind.Failed)]
    [InlineData(500, DeliveryOutcomeKind.Failed)]
    [InlineData(302, DeliveryOutcomeKind.Failed)]
    public async Task Deliver_GatewayRefuses_IsTriedAgainUnlessThatIsHopeless(int status, object kind)
    {
        _gateway.Status = (HttpStatusCode)status;
        var outcome = await Deliver();
        Assert.Equal(((DeliveryOutcomeKind)kind, status), (outcome.Kind, outcome.Status));
    }

    [Fact]
    public async Task Deliver_GatewayAway_IsTriedAgain()
    {
        var channel = Channel();
        await _gateway.DisposeAsync();
        Assert.Equal(DeliveryOutcomeKind.Failed, (await channel.Deliver(Delivery, CancellationToken.None)).Kind);
    }

    private static Delivery Delivery => new()
    {
        Id = 1,
        Subscription = new Subscription { AccountId = Samples.AccountId, Channel = LeadEngine.Webhooks.Channel.Text, Url = "", Kinds = 1, Secret = [] },
        Kind = EventKind.Signup,
        OccurredAt = Samples.Noon,
        CampaignId = Samples.CampaignId,
        LeadId = Samples.LeadId,
        Tries = 0,
    };

    private FakeApplication App()
    {
        if (_app is not null) return _app;
        _app = new FakeApplication(("Texts:Url", _gateway.Address), ("Texts:Token", "the gateway's token"));
        _app.Engine.OnRead = () => Task.FromResult(LeadReply.Accepted(_lead, Samples.Standing));
        _app.Engine.OnGetCampaign = () => Task.FromResult(
            CampaignReply.Accepted(Samples.Campaign with { Settings = Samples.Settings with { PhoneVerification = true } }));
        return _app;
    }

    private IDeliveryChannel Channel() =>
        App().Services.GetServices<IDeliveryChannel>().Single(channel => channel.Channel is LeadEngine.Webhooks.Channel.Text);

    private Task<DeliveryOutcome> Deliver() => Channel().Deliver(Delivery, CancellationToken.None);
}
