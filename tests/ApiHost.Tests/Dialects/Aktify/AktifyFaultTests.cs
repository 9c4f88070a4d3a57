using LeadEngine.Accounts;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.Aktify;

/// <summary>What this dialect answers when the engine refuses, or says nothing.</summary>
public sealed class AktifyFaultTests : IAsyncLifetime
{
    private static readonly object Lead = new { phoneNumber = "(509) 555-1234", region = "CA", linkToShorten = "https://www.aktify.com" };

    private readonly FakeApplication _app = new();

    private FakeEngine Engine => _app.Engine;

    private AktifyClient Aktify => new(_app.Client, FakeApplication.ApiKey);

    public Task InitializeAsync()
    {
        Engine.OnAuthenticate = _ => Task.FromResult<KeyGrant?>(new KeyGrant(Samples.AccountId, Samples.CampaignId));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData(LeadRefusal.AlreadyExists, "409 phone_number_already_submitted")]
    [InlineData(LeadRefusal.Ended, "423 campaign_ended")]
    [InlineData(LeadRefusal.Locked, "423 campaign_locked")]
    [InlineData(LeadRefusal.Busy, "503 busy")]
    [InlineData(LeadRefusal.Unknown, "504 unknown")]
    [InlineData(LeadRefusal.CampaignNotFound, "401 invalid_api_key")]
    public async Task AddLead_Refused_IsAnsweredWithTheStatusOfTheRefusal(LeadRefusal refusal, string expected)
    {
        Engine.OnUpsert = _ => Task.FromResult(LeadReply.Refused(refusal));
        Assert.Equal(expected, await Aktify.AddLead(Lead).Error());
        Assert.Equal(expected, await Aktify.AddLead(Lead, "k1").Error());
        Assert.Equal(1, Engine.Abandoned);
    }

    [Fact]
    public async Task AddLead_StoreBusy_SaysWhenToTryAgain()
    {
        Engine.OnUpsert = _ => Task.FromException<LeadReply>(new StoreBusyException("full"));
        using var response = await Aktify.AddLead(Lead);
        Assert.Equal((503, TimeSpan.FromSeconds(1)), ((int)response.StatusCode, response.Headers.RetryAfter!.Delta));
    }

    [Fact]
    public async Task AddLead_OutcomeUnknown_SaysSo()
    {
        Engine.OnUpsert = _ => Task.FromException<LeadReply>(new StoreOutcomeUnknownException("lost"));
        Assert.Equal("504 unknown", await Aktify.AddLead(Lead).Error());
    }

    [Fact]
    public async Task AddLead_KeyCannotBeChecked_IsBusy()
    {
        Engine.OnAuthenticate = _ => Task.FromException<KeyGrant?>(new StoreBusyException("away"));
        Assert.Equal("503 busy", await Aktify.AddLead(Lead).Error());
        Assert.Empty(Engine.Upserts);
    }

    [Fact]
    public async Task AddLead_FaultOfOurs_HasATraceIdAndNoDetails()
    {
        Engine.OnUpsert = _ => Task.FromException<LeadReply>(new InvalidOperationException("secret of the engine"));
        using var response = await Aktify.AddLead(Lead);
        var body = await response.Json();
        Assert.Equal((500, "internal_error"), ((int)response.StatusCode, body.Text("code")));
        Assert.Contains(body.Text("traceId"), _app.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddLead_Sent_IsOneCommandWithAShortLinkOfItsOwn()
    {
        var answer = Samples.Lead with { Profile = new LeadProfile { Link = "http://localhost/l/stored" } };
        Engine.OnUpsert = _ => Task.FromResult(LeadReply.Accepted(answer, Samples.Standing, isNew: true));
        Assert.Equal("http://localhost/l/stored", (await Aktify.AddLead(Lead).Json()).Text("link"));
        var command = Assert.Single(Engine.Upserts);
        Assert.Equal((Samples.CampaignId, true, Identification.Phone), (command.CampaignId, command.MustBeNew, command.IdentifiedBy));
        Assert.Equal("https://www.aktify.com/", command.ShortLink!.Url);
        Assert.Equal($"http://localhost/l/{command.ShortLink.Code}", command.Patch.Link);
    }

    [Fact]
    public async Task AddLead_AnswerLost_IsAnsweredWithTheStoredLink()
    {
        Engine.OnBegin = () => Begun(BeginOutcome.AnswerLost, new StoredAnswer("f", Samples.LeadId, null, []));
        Engine.OnRead = () => Task.FromResult(
            LeadReply.Accepted(Samples.Lead with { Profile = new LeadProfile { Link = "http://localhost/l/stored" } }, Samples.Standing));
        using var response = await Aktify.AddLead(Lead, "k1");
        Assert.Equal((201, "http://localhost/l/stored"), ((int)response.StatusCode, (await response.Json()).Text("link")));
        Assert.Empty(Engine.Upserts);
    }

    [Fact]
    public async Task AddLead_AnswerLostAndLeadRemoved_SaysSo()
    {
        Engine.OnBegin = () => Begun(BeginOutcome.AnswerLost, new StoredAnswer("f", Samples.LeadId, null, []));
        Engine.OnRead = () => Task.FromResult(LeadReply.Refused(LeadRefusal.LeadNotFound));
        Assert.Equal("404 lead_not_found", await Aktify.AddLead(Lead, "k1").Error());
    }

    [Fact]
    public async Task AddLead_KeyStillRunning_IsAConflictThatTellsWhenToTryAgain()
    {
        Engine.OnBegin = () => Begun(BeginOutcome.Running);
        Assert.Equal("409 idempotency_key_in_use", await Aktify.AddLead(Lead, "k1").Error());
    }

    [Fact]
    public async Task AddDncs_StoreBusy_IsBusy()
    {
        Engine.OnAddDoNotContact = _ => Task.FromException<int>(new StoreBusyException("full"));
        Assert.Equal("503 busy", await Aktify.AddDncs("5095551234").Error());
    }

    [Fact]
    public async Task AddDncs_OutcomeUnknown_SaysSo()
    {
        Engine.OnAddDoNotContact = _ => Task.FromException<int>(new StoreOutcomeUnknownException("lost"));
        Assert.Equal("504 unknown", await Aktify.AddDncs("5095551234").Error());
    }

    [Fact]
    public async Task FollowLink_StoreBusy_IsBusy()
    {
        Engine.OnFollow = () => Task.FromException<string?>(new StoreBusyException("away"));
        Assert.Equal("503 busy", await _app.Client.GetAsync("/l/000000000000").Error());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task FollowLink_NoAnswer_IsBusySinceNothingIsLost(string method)
    {
        Engine.OnFollow = () => Task.FromException<string?>(new StoreOutcomeUnknownException("lost"));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/l/000000000000");
        using var response = await _app.Client.SendAsync(request);
        Assert.Equal(503, (int)response.StatusCode);
    }

    [Fact]
    public async Task FollowLink_NoCode_DoesNotReachTheEngine()
    {
        var asked = false;
        Engine.OnFollow = () =>
        {
            asked = true;
            return Task.FromResult<string?>("https://example.com/");
        };
        Assert.Equal("404 link_not_found", await _app.Client.GetAsync("/l/no-code").Error());
        Assert.False(asked);
    }

    private static Task<BeginReply> Begun(BeginOutcome outcome, StoredAnswer? answer = null) =>
        Task.FromResult(new BeginReply { Outcome = outcome, Answer = answer });
}
