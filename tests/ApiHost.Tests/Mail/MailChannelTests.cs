using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Mail;

public sealed class MailChannelTests : IAsyncDisposable
{
    private const string PublicUrl = "https://leads.example.com";

    private readonly SmtpReceiver _receiver = new();
    private FakeApplication? _app;
    private Lead _lead = Samples.Lead;
    private CampaignSettings _settings = Samples.Settings with { DoubleOptIn = true };

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Deliver_NewLead_SendsTheLink()
    {
        Assert.Equal(DeliveryOutcome.Delivered(), await Deliver());
        var mail = new ReadMail(Assert.Single(_receiver.Mails));
        Assert.Equal(
            ("me@example.com", "hello@example.com", "Please confirm your e-mail address for Launch"), (mail["to"], mail["from"], mail["subject"]));
        Assert.Equal(
            new LinkTarget(Samples.CampaignId, Samples.LeadId),
            Samples.Keys.Links.Read(LinkPurpose.Verification, mail.Link("/verify/")[$"{PublicUrl}/verify/".Length..]));
        Assert.Contains("MAIL FROM:<hello@example.com>", _receiver.Commands);
        Assert.Contains("RCPT TO:<me@example.com>", _receiver.Commands);
    }

    [Fact]
    public async Task Deliver_Unsubscribing_TakesOneClick()
    {
        await Deliver();
        var mail = new ReadMail(Assert.Single(_receiver.Mails));
        var url = mail["list-unsubscribe"].Trim('<', '>');
        Assert.Equal("List-Unsubscribe=One-Click", mail["list-unsubscribe-post"]);
        Assert.Equal($"{url}?confirm=1", mail.Link("/opt-out/"));
        Assert.NotNull(Samples.Keys.Links.Read(LinkPurpose.OptOut, url[$"{PublicUrl}/opt-out/".Length..]));
    }

    [Fact]
    public async Task Deliver_WhatCameWithTheSignUp_IsNotInTheMail()
    {
        _lead = _lead with
        {
            Profile = _lead.Profile with
            {
                FirstName = "Buy-at-spam.example",
                LastName = "Cheap",
                CustomFields = [new CustomField("note", "\"Spam\"")],
                Referrer = "https://spam.example/",
            },
        };
        await Deliver();
        var raw = Assert.Single(_receiver.Mails);
        Assert.All((string[])["spam", "Cheap"], text => Assert.DoesNotContain(text, raw, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Grüße aus Zürich — ☃ für alle, die schon sehr lange auf genau dieses eine Angebot warten")]
    [InlineData("Launch")]
    public async Task Deliver_NameInOtherLetters_ArrivesWhole(string name)
    {
        _settings = _settings with { Name = name };
        await Deliver();
        var mail = new ReadMail(Assert.Single(_receiver.Mails));
        Assert.Equal($"Please confirm your e-mail address for {name}", mail["subject"]);
        Assert.Contains($"signed up for {name} with", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Launch\r\nBcc: victim@example.com")]
    [InlineData("Launch\nBcc: victim@example.com")]
    [InlineData("Launch\r\n\r\n<script>")]
    [InlineData("Launch\u2028Bcc: victim@example.com")]
    [InlineData("Launch\u0085Bcc: victim@example.com")]
    public async Task Deliver_NameWithLineBreaks_InjectsNoHeader(string name)
    {
        _settings = _settings with { Name = name };
        Assert.Equal(DeliveryOutcomeKind.Delivered, (await Deliver()).Kind);
        var mail = new ReadMail(Assert.Single(_receiver.Mails));
        Assert.DoesNotContain("bcc", mail.Names);
        Assert.DoesNotContain(_receiver.Commands, command => command.Contains("victim", StringComparison.Ordinal));
        Assert.StartsWith("Please confirm your e-mail address for Launch ", mail["subject"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_NothingToAsk_IsPointless()
    {
        foreach (var lead in (Lead[])
        [
            _lead with { Email = null, Phone = "+12065550100" },
            With(_lead.Profile with { VerifiedEmail = true }),
            With(_lead.Profile with { OptedOut = true }),
            With(_lead.Profile with { Fraudulent = true }),
        ])
        {
            _lead = lead;
            Assert.Equal(DeliveryOutcome.Pointless, await Deliver());
        }

        Assert.Empty(_receiver.Commands);
        Lead With(LeadProfile profile) => Samples.Lead with { Profile = profile };
    }

    [Fact]
    public async Task Deliver_OptInSwitchedOffMeanwhile_IsPointless()
    {
        _settings = _settings with { DoubleOptIn = false };
        Assert.Equal(DeliveryOutcome.Pointless, await Deliver());
    }

    [Fact]
    public async Task Deliver_LeadGone_IsPointless()
    {
        App().Engine.OnRead = () => Task.FromResult(LeadReply.Refused(LeadRefusal.LeadNotFound));
        Assert.Equal(DeliveryOutcome.Pointless, await Channel().Deliver(Delivery(1), default));
    }

    [Fact]
    public async Task Deliver_TooSoonAfterTheLastMail_IsPointless()
    {
        App().Engine.OnMayMail = delivery => delivery == 1;
        Assert.Equal(DeliveryOutcome.Delivered(), await Deliver(1));
        Assert.Equal(DeliveryOutcome.Pointless, await Deliver(2));
        Assert.Single(_receiver.Mails);
    }

    [Fact]
    public async Task Deliver_SameDeliveryAgain_IsTheSameMail()
    {
        await Deliver(7);
        await Deliver(7);
        Assert.Equal("<opt-in-7@example.com>", Assert.Single(_receiver.Mails.Select(mail => new ReadMail(mail)["message-id"]).Distinct()));
    }

    [Theory]
    [InlineData("RCPT", "550 no such user me@example.com", DeliveryOutcomeKind.Hopeless, "The mail server refuses the address: 550")]
    [InlineData("RCPT", "550 5.1.1 no such user", DeliveryOutcomeKind.Hopeless, "The mail server refuses the address: 550")]
    [InlineData("RCPT", "550 5.7.1 relaying denied", DeliveryOutcomeKind.Failed, "The mail server did not take the mail: 550")]
    [InlineData("RCPT", "554 5.7.1 access denied", DeliveryOutcomeKind.Failed, "The mail server did not take the mail: 554")]
    [InlineData("RCPT", "554 access denied", DeliveryOutcomeKind.Failed, "The mail server did not take the mail: 554")]
    [InlineData("RCPT", "451 try later", DeliveryOutcomeKind.Failed, "The mail server did not take the mail: 451")]
    [InlineData("MAIL", "421 closing", DeliveryOutcomeKind.Failed, "The mail server did not take the mail: 421")]
    public async Task Deliver_ServerRefuses_TellsWithoutTheAddress(string command, string answer, object kind, string problem)
    {
        _receiver.OnCommand = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null;
        Assert.Equal(new DeliveryOutcome((DeliveryOutcomeKind)kind, null, problem), await Deliver());
        Assert.Empty(_receiver.Mails);
    }

    [Fact]
    public async Task Deliver_ServerAway_IsTriedAgain()
    {
        var channel = Channel();
        await _receiver.DisposeAsync();
        var outcome = await channel.Deliver(Delivery(1), default);
        Assert.Equal(DeliveryOutcomeKind.Failed, outcome.Kind);
    }

    [Fact]
    public async Task Deliver_ServerSaysNothing_IsGivenUpInTime()
    {
        _receiver.IsMute = true;
        App().Clock.Jumps = true;
        Assert.Equal(DeliveryOutcome.Failed("The mail server took too long."), await Deliver());
    }

    [Fact]
    public async Task Deliver_NoMailConfigured_WaitsUntilItIs()
    {
        _app = new FakeApplication();
        Prepare(_app);
        Assert.Equal(DeliveryOutcome.Failed("Mail is not configured."), await Deliver());
    }

    [Fact]
    public async Task Deliver_Folder_WritesTheMail()
    {
        var folder = Directory.CreateTempSubdirectory("mail");
        try
        {
            _app = new FakeApplication(("Mail:Folder", folder.FullName), ("Mail:From", "Example Co <hello@example.com>"), ("Http:PublicUrl", $"{PublicUrl}/"));
            Prepare(_app);
            Assert.Equal(DeliveryOutcome.Delivered(), await Deliver());
            var mail = new ReadMail(await File.ReadAllTextAsync(Assert.Single(folder.GetFiles("*.eml")).FullName));
            Assert.Equal("\"Example Co\" <hello@example.com>", mail["from"]);
            Assert.StartsWith($"{PublicUrl}/verify/", mail.Link("/verify/"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private FakeApplication App()
    {
        if (_app is not null) return _app;
        _app = new FakeApplication(
            ("Mail:Host", "127.0.0.1"),
            ("Mail:Port", $"{_receiver.Port}"),
            ("Mail:Tls", "false"),
            ("Mail:From", "hello@example.com"),
            ("Http:PublicUrl", PublicUrl));
        Prepare(_app);
        return _app;
    }

    private void Prepare(FakeApplication app)
    {
        app.Engine.OnRead = () => Task.FromResult(LeadReply.Accepted(_lead, Samples.Standing));
        app.Engine.OnGetCampaign = () => Task.FromResult(CampaignReply.Accepted(Samples.Campaign with { Settings = _settings }));
    }

    private IDeliveryChannel Channel() => App().Services.GetServices<IDeliveryChannel>().Single(channel => channel.Channel is LeadEngine.Webhooks.Channel.Mail);

    private Task<DeliveryOutcome> Deliver(long id = 1) => Channel().Deliver(Delivery(id), CancellationToken.None);

    private static Delivery Delivery(long id) => new()
    {
        Id = id,
        Subscription = new Subscription { AccountId = Samples.AccountId, Channel = LeadEngine.Webhooks.Channel.Mail, Url = "", Kinds = 1, Secret = [] },
        Kind = EventKind.Signup,
        OccurredAt = Samples.Noon,
        CampaignId = Samples.CampaignId,
        LeadId = Samples.LeadId,
        Tries = 0,
    };
}
