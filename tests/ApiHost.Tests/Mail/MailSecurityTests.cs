using System.Net;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Mail;

/// <summary>Encryption and signing in, with a server that wants both.</summary>
public sealed class MailSecurityTests
{
    private const string Name = "engine@example.com";
    private const string NotTaken = "The mail server did not take the mail";
    private const string Password = "correct horse battery staple";

    private static NetworkCredential Account => new(Name, Password);

    [Fact]
    public async Task Deliver_Tls_EncryptsAllButTheGreeting()
    {
        using var certificate = TestCertificate.CreateTrusted();
        await using var receiver = new SmtpReceiver { Certificate = certificate, Account = Account };

        Assert.Equal(DeliveryOutcome.Delivered(), await Deliver(receiver));

        Assert.Equal("me@example.com", new ReadMail(Assert.Single(receiver.Mails))["to"]);
        Assert.Contains(SmtpReceiver.Base64(Password), receiver.Commands);
        AssertNothingWasTold(receiver.ClearCommands);
    }

    [Fact]
    public async Task Deliver_ServerWithoutTls_IsToldNothing()
    {
        await using var receiver = new SmtpReceiver { Account = Account };

        var outcome = await Deliver(receiver);

        Assert.Equal(DeliveryOutcome.Failed($"{NotTaken}: Server does not support secure connections."), outcome);
        AssertNothingWasTold(receiver.Commands);
    }

    [Fact]
    public async Task Deliver_ServerThatOffersTlsAndRefusesIt_IsToldNothing()
    {
        using var certificate = TestCertificate.CreateTrusted();
        await using var receiver = new SmtpReceiver { Certificate = certificate, Account = Account };
        receiver.OnCommand = command => command == "STARTTLS" ? "454 not now" : null;

        Assert.Equal(DeliveryOutcome.Failed($"{NotTaken}: 454"), await Deliver(receiver));

        AssertNothingWasTold(receiver.Commands);
    }

    [Fact]
    public async Task Deliver_CertificateThatNobodyTrusts_IsToldNothing()
    {
        using var certificate = TestCertificate.Create();
        await using var receiver = new SmtpReceiver { Certificate = certificate, Account = Account };

        var outcome = await Deliver(receiver);

        Assert.Equal(DeliveryOutcome.Failed($"{NotTaken}: its certificate is not good, or it cannot encrypt"), outcome);
        AssertNothingWasTold(receiver.Commands);
    }

    [Fact]
    public async Task Deliver_WrongPassword_IsToldAndTriedAgainUntilItIsRight()
    {
        using var certificate = TestCertificate.CreateTrusted();
        await using var receiver = new SmtpReceiver { Certificate = certificate, Account = new NetworkCredential(Name, "another") };
        await using var app = NewApp(receiver);

        var outcome = await Deliver(app);
        receiver.Account = Account;
        var later = await Deliver(app);

        Assert.Equal(DeliveryOutcome.Failed($"{NotTaken}: 530, it knows no such name and password"), outcome);
        Assert.Equal(Fate.TryAgain, RetryRules.Judge(Delivery, outcome, Samples.Noon, TimeSpan.Zero, 0).Fate);
        Assert.Equal(DeliveryOutcome.Delivered(), later);
        AssertNothingWasTold(receiver.ClearCommands);
    }

    private static void AssertNothingWasTold(IEnumerable<string> commands) =>
        Assert.All(commands, command => Assert.True(command is "STARTTLS" or "QUIT" || command.StartsWith("EHLO ", StringComparison.Ordinal), command));

    private static async Task<DeliveryOutcome> Deliver(SmtpReceiver receiver)
    {
        await using var app = NewApp(receiver);
        return await Deliver(app);
    }

    private static Task<DeliveryOutcome> Deliver(FakeApplication app) =>
        app.Services.GetServices<IDeliveryChannel>().Single(channel => channel.Channel is Channel.Mail).Deliver(Delivery, default);

    private static FakeApplication NewApp(SmtpReceiver receiver)
    {
        var app = new FakeApplication(
            ("Mail:Host", "127.0.0.1"),
            ("Mail:Port", $"{receiver.Port}"),
            ("Mail:User", Name),
            ("Mail:Password", Password),
            ("Mail:From", "hello@example.com"),
            ("Http:PublicUrl", "https://leads.test"));
        app.Engine.OnRead = () => Task.FromResult(LeadReply.Accepted(Samples.Lead, Samples.Standing));
        app.Engine.OnGetCampaign = () => Task.FromResult(
            CampaignReply.Accepted(Samples.Campaign with { Settings = Samples.Settings with { DoubleOptIn = true } }));
        return app;
    }

    private static Delivery Delivery => new()
    {
        Id = 1,
        Subscription = new Subscription { AccountId = Samples.AccountId, Channel = Channel.Mail, Url = "", Kinds = 1, Secret = [] },
        Kind = EventKind.Signup,
        OccurredAt = Samples.Noon,
        CampaignId = Samples.CampaignId,
        LeadId = Samples.LeadId,
        Tries = 0,
    };
}
