using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Dialects.SendKit;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.People;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Tests.Dialects.SendKit;

/// <summary>What the dialect answers when the engine does not do as it should.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const string Busy = "503 BUSY: The engine is busy or its store is away. Nothing changed; please try again.";

    private static readonly string CampaignId = Samples.Keys.ObjectIds.Encode(ObjectKind.Campaign, Samples.CampaignId);
    private static readonly string LeadsPath = $"/v1/campaigns/{CampaignId}/leads";
    private static readonly object OneLead = new { leads = new[] { new { email = "a@example.com" } } };
    private static readonly object All = new { selectAll = true };

    private readonly FakeApplication _app = new();

    private FakeEngine Engine => _app.Engine;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Add_NothingOfItHeard_IsUnknown()
    {
        _app.Clock.Jumps = true;
        Engine.OnAddMany = _ => throw new TimeoutException();
        Assert.StartsWith("504 UNKNOWN: ", await Post(LeadsPath, OneLead).Failure(), StringComparison.Ordinal);
        Assert.False(Engine.Added[0].Leads[0].Request.IsRepeat);
        Assert.All(Engine.Added.Skip(1), command => Assert.True(command.Leads[0].Request.IsRepeat));
        Assert.Single(Engine.Added.Select(command => command.Leads[0].Request.Id).Distinct());
    }

    [Theory]
    [InlineData(LeadRefusal.AskAgain)]
    [InlineData(LeadRefusal.Unknown)]
    public async Task Add_SomeInDoubt_AreSentAgainAsRepeats(LeadRefusal doubt)
    {
        _app.Clock.Jumps = true;
        var tries = 0;
        Engine.OnAddMany = command => Task.FromResult<ImmutableArray<AddedLead>>(
            [.. command.Leads.Select(_ => tries++ == 0 ? new AddedLead(0, false, doubt) : new AddedLead(7, true, null))]);
        Assert.Equal("""{"added":1,"skipped":0,"errors":[]}""", await Post(LeadsPath, OneLead).Raw());
        Assert.Equal([false, true], Engine.Added.Select(command => command.Leads[0].Request.IsRepeat));
    }

    [Fact]
    public async Task Add_Busy_ChangedNothing()
    {
        Refuse(LeadRefusal.Busy);
        Assert.Equal(Busy, await Post(LeadsPath, OneLead).Failure());
        Engine.OnAddMany = _ => throw new StoreBusyException("away");
        Assert.Equal(Busy, await Post(LeadsPath, OneLead).Failure());
        Assert.Equal(Busy, await Post(LeadsPath, All, people: 3).Failure());
    }

    [Fact]
    public async Task Add_SecondPageBusy_TellsWhatTheFirstDid()
    {
        RefuseAfterTheFirst(LeadRefusal.Busy);
        Assert.Equal(
            "504 UNKNOWN: The request was cut short: 5000 leads were added, and it may be more. A repeat is safe.",
            await Post(LeadsPath, All, people: 6_000).Failure());
    }

    [Fact]
    public async Task Add_EndedBetweenPages_TellsWhatWasAddedBefore()
    {
        RefuseAfterTheFirst(LeadRefusal.Ended);
        Assert.Equal(
            "423 LOCKED: The campaign has ended and no longer accepts new leads; 5000 leads were added before",
            await Post(LeadsPath, All, people: 6_000).Failure());
    }

    [Fact]
    public async Task Add_PeopleCannotBeRead_IsBusyOrCutShort()
    {
        _app.Clock.Jumps = true;
        Engine.OnListPeople = _ => throw new StoreBusyException("away");
        Assert.Equal(Busy, await Post(LeadsPath, All).Failure());
        Assert.Equal(Busy, await Post(LeadsPath, new { leads = new[] { new { leadId = Id(1) } } }).Failure());

        Serve(6_000);
        var serve = Engine.OnListPeople;
        Engine.OnListPeople = query => query.After is null ? serve(query) : throw new TimeoutException();
        Assert.StartsWith("504 UNKNOWN: The request was cut short: 5000 leads were added", await Post(LeadsPath, All).Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ClientHasGone_StopsBetweenPages()
    {
        Serve(15_000);
        using var client = new CancellationTokenSource();
        var calls = new EngineCalls(_app.Clock, new Random(1));
        var pages = new PeoplePages(Engine.Grains, calls, new Deadlines(Options.Create(new HttpOptions()), _app.Clock));
        var context = new DefaultHttpContext { RequestAborted = client.Token };
        var request = new SendKitRequest(context, new Workspace(new KeyGrant(Samples.AccountId, null)), Samples.Keys.ObjectIds, default);

        var reading = pages.Read(request, new PeopleFilter()).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await reading.MoveNextAsync());
        Assert.Equal(5_000, reading.Current.Length);
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Add_ManyPeople_ReadsPageByPageInOrder()
    {
        Serve(12_500);
        Assert.Equal("""{"added":12500,"skipped":0,"matched":12500}""", await Post(LeadsPath, All).Raw());
        Assert.Equal([5_000, 5_000, 2_500], Engine.Added.Select(command => command.Leads.Length));
        Assert.Equal(12_500, Engine.Added.SelectMany(command => command.Leads).Select(lead => lead.Request.Id).Distinct().Count());
    }

    // Whoever signs up while it runs is not waited for, else a burst would keep it from ending.
    [Fact]
    public async Task Add_PeopleWhoComeMeanwhile_AreLeftOut()
    {
        Serve(5_000);
        var serve = Engine.OnListPeople;
        Engine.OnListPeople = query => query.NewestFirst ? serve(query) : Task.FromResult(People(query.After ?? 0, 1_000_000, query.Limit));
        Assert.Equal(5_000, (await Post(LeadsPath, All).Data()).Number("matched"));
    }

    [Fact]
    public async Task Add_PeopleWithoutEmail_AreIdentifiedByPhone()
    {
        Engine.OnListPeople = query => Task.FromResult<ImmutableArray<Person>>([Person(1) with { Email = null, Phone = "+12065550100" }]);
        await Post(LeadsPath, All).Data();
        var lead = Assert.Single(Assert.Single(Engine.Added).Leads);
        Assert.Equal((null, "+12065550100", Identification.Phone), (lead.Email, lead.Phone, lead.IdentifiedBy));
    }

    [Fact]
    public async Task Add_Entries_AreIdentifiedByEmailAlone()
    {
        await Post(LeadsPath, new { leads = new[] { new { email = "A@example.com", phone = "206 555 0100", firstName = "Ada", companyName = "Acme" } } }).Data();
        var lead = Assert.Single(Assert.Single(Engine.Added).Leads);
        Assert.Equal(("a@example.com", "+12065550100", Identification.Email), (lead.Email, lead.Phone, lead.IdentifiedBy));
        Assert.Equal(("+12065550100", "Ada", "Acme"), (lead.Profile.ContactPhone, lead.Profile.FirstName, lead.Person!.CompanyName));
    }

    // What an earlier try did is only told if the requests have the ids of that try.
    [Fact]
    public async Task Add_UnderAnIdempotencyKey_HasTheSameRequestIdsInEveryTry()
    {
        Engine.OnComplete = _ => Task.FromResult(false);
        Assert.StartsWith("504 UNKNOWN", await Post(LeadsPath, OneLead, key: "key-1").Failure(), StringComparison.Ordinal);
        Engine.OnComplete = _ => Task.FromResult(true);
        await Post(LeadsPath, OneLead, key: "key-1").Data();
        await Post(LeadsPath, OneLead, key: "key-2").Data();
        var stamps = Engine.Added.Select(command => command.Leads[0].Request).ToArray();
        Assert.Equal(stamps[0].Id, stamps[1].Id);
        Assert.NotEqual(stamps[0].Id, stamps[2].Id);
        Assert.All(stamps, stamp => Assert.True(stamp.IsRepeat));
    }

    [Fact]
    public async Task Add_UnderAKeyThatRuns_IsAConflict()
    {
        Engine.OnBegin = () => Task.FromResult(new BeginReply { Outcome = BeginOutcome.Running });
        Assert.Equal("409 CONFLICT: A request with this Idempotency-Key is still running.", await Post(LeadsPath, OneLead, key: "key-1").Failure());
        Engine.OnBegin = () => Task.FromResult(new BeginReply { Outcome = BeginOutcome.Busy });
        Assert.Equal(Busy, await Post(LeadsPath, OneLead, key: "key-1").Failure());
        Assert.StartsWith("400 VALIDATION_ERROR: The header Idempotency-Key", await Post(LeadsPath, OneLead, key: "a b").Failure(), StringComparison.Ordinal);
        Assert.Empty(Engine.Added);
    }

    [Fact]
    public async Task Add_RefusedUnderAKey_FreesIt()
    {
        Refuse(LeadRefusal.Ended);
        Assert.StartsWith("423 LOCKED", await Post(LeadsPath, OneLead, key: "key-1").Failure(), StringComparison.Ordinal);
        Engine.OnAddMany = _ => throw new InvalidOperationException();
        Assert.StartsWith("500 INTERNAL_ERROR", await Post(LeadsPath, OneLead, key: "key-1").Failure(), StringComparison.Ordinal);
        Assert.Equal(2, Engine.Abandoned);
        Assert.Empty(Engine.Completed);
    }

    [Fact]
    public async Task Delete_SecondPageInTheWay_TellsWhatTheFirstDid()
    {
        Serve(6_000);
        var pages = 0;
        Engine.OnDeletePeople = ids => Task.FromResult(
            pages++ == 0 ? new PeopleDeletion { Deleted = ids.Length } : new PeopleDeletion { InTheWay = [Samples.CampaignId] });
        Assert.Equal(
            $"400 VALIDATION_ERROR: Leads are in active campaigns: Launch ({CampaignId}). Use force: true to delete them. 5000 leads were deleted before.",
            await Send(HttpMethod.Delete, "/v1/leads", new { deleteAll = true }).Failure());
        pages = 0;
        Engine.OnDeletePeople = ids => pages++ == 0 ? Task.FromResult(new PeopleDeletion { Deleted = ids.Length }) : throw new StoreBusyException("away");
        Assert.Equal(
            "504 UNKNOWN: The request was cut short: 5000 leads were deleted, and it may be more. A repeat is safe.",
            await Send(HttpMethod.Delete, "/v1/leads", new { deleteAll = true }).Failure());
    }

    [Fact]
    public async Task Create_NotHeard_IsUnknownAndNotTriedAgain()
    {
        _app.Clock.Jumps = true;
        var tries = 0;
        Engine.OnAddPerson = () =>
        {
            tries++;
            throw new TimeoutException();
        };
        Assert.StartsWith("504 UNKNOWN", await Post("/v1/leads", new { email = "a@example.com" }).Failure(), StringComparison.Ordinal);
        Assert.Equal(1, tries);
        Engine.OnAddPerson = () => throw new StoreBusyException("away");
        Assert.Equal(Busy, await Post("/v1/leads", new { email = "a@example.com" }).Failure());
    }

    [Fact]
    public async Task Add_CampaignOrKeyCannotBeRead_IsBusy()
    {
        Engine.OnGetCampaign = () => throw new StoreBusyException("away");
        Assert.Equal(Busy, await Post(LeadsPath, OneLead).Failure());
        Engine.OnAuthenticate = _ => throw new StoreBusyException("away");
        _app.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Busy, await Post(LeadsPath, OneLead).Failure());
    }

    [Fact]
    public async Task Add_FaultOfOurs_HasATraceIdAndTellsNothing()
    {
        Engine.OnAddMany = _ => throw new InvalidOperationException("secret details of ada@example.com");
        using var response = await Post(LeadsPath, OneLead);
        var error = (await response.Json()).GetProperty("error");
        Assert.Equal((500, "INTERNAL_ERROR"), ((int)response.StatusCode, error.Text("code")));
        Assert.Contains(error.Text("traceId"), _app.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v1/leads/x/y/z", "404 NOT_FOUND: There is no such route.")]
    [InlineData("GET", "/v1/dnc", "404 NOT_FOUND: There is no such route.")]
    [InlineData("PUT", "/v1/leads", "405 METHOD_NOT_ALLOWED: This route does not take that method.")]
    [InlineData("PUT", "/v1/webhooks", "405 METHOD_NOT_ALLOWED: This route does not take that method.")]
    [InlineData("GET", "/v1/webhooks/x/test", "405 METHOD_NOT_ALLOWED: This route does not take that method.")]
    [InlineData("DELETE", "/v1/campaigns", "405 METHOD_NOT_ALLOWED: This route does not take that method.")]
    public async Task Send_NoSuchRouteOrMethod_IsToldInTheDialect(string method, string path, string expected) =>
        Assert.Equal(expected, await Send(new HttpMethod(method), path, null).Failure());

    [Theory]
    [InlineData("application/xml", "<leads/>", "415 UNSUPPORTED_MEDIA_TYPE: This route does not take that content type.")]
    [InlineData("application/json", "{\"leads\":", "400 VALIDATION_ERROR: The body could not be read. Please verify the JSON payload.")]
    [InlineData("application/json", "[]", "400 VALIDATION_ERROR: The body could not be read. Please verify the JSON payload.")]
    [InlineData("application/json", "null", "400 VALIDATION_ERROR: The body could not be read. Please verify the JSON payload.")]
    [InlineData("application/json", "{\"\\ud800\":1}", "400 VALIDATION_ERROR: The body could not be read. Please verify the JSON payload.")]
    [InlineData("application/json", "{} x", "400 VALIDATION_ERROR: The body could not be read. Please verify the JSON payload.")]
    public async Task Add_BodyThatCannotBeRead_IsRefused(string type, string text, string expected)
    {
        using var body = new StringContent(text, Encoding.UTF8, type);
        Assert.Equal(expected, await SendBody(HttpMethod.Post, LeadsPath, body).Failure());
    }

    [Fact]
    public async Task Add_HostileBodies_AreRefused()
    {
        const string unreadable = "400 VALIDATION_ERROR: The body could not be read. Please verify the JSON payload.";
        using var notUtf8 = new ByteArrayContent([.. "{\"leads\":[{\"email\":\"a\xE9@example.com\"}]}"u8[..20], 0xFF, 0xFE]);
        notUtf8.Headers.ContentType = new("application/json");
        Assert.Equal(unreadable, await SendBody(HttpMethod.Post, LeadsPath, notUtf8).Failure());

        using var deep = new StringContent($"{{\"leads\":{new string('[', 64)}{new string(']', 64)}}}", Encoding.UTF8, "application/json");
        Assert.Equal(unreadable, await SendBody(HttpMethod.Post, LeadsPath, deep).Failure());

        using var large = new StringContent($"{{\"x\":\"{new string('a', 5 * 1024 * 1024)}\"}}", Encoding.UTF8, "application/json");
        Assert.Equal("413 PAYLOAD_TOO_LARGE: The request body is too large.", await SendBody(HttpMethod.Post, LeadsPath, large).Failure());
        Assert.Empty(Engine.Added);
    }

    [Fact]
    public async Task Add_BodyWithAByteOrderMark_IsRead()
    {
        using var body = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. "{\"leads\":[{\"email\":\"a@example.com\"}]}"u8]);
        body.Headers.ContentType = new("application/json");
        Assert.Equal("""{"added":1,"skipped":0,"errors":[]}""", await SendBody(HttpMethod.Post, LeadsPath, body).Raw());
    }

    private void Refuse(LeadRefusal refusal) => Engine.OnAddMany = command =>
        Task.FromResult<ImmutableArray<AddedLead>>([.. command.Leads.Select(_ => new AddedLead(0, false, refusal))]);

    private void RefuseAfterTheFirst(LeadRefusal why)
    {
        var pages = 0;
        Engine.OnAddMany = command =>
        {
            var outcome = pages++ == 0 ? new AddedLead(1, true, null) : new AddedLead(0, false, why);
            return Task.FromResult<ImmutableArray<AddedLead>>([.. command.Leads.Select(_ => outcome)]);
        };
    }

    private void Serve(int count) => Engine.OnListPeople = query =>
        Task.FromResult(query.NewestFirst ? [Person(count)] : People(query.After ?? 0, count, query.Limit));

    private static ImmutableArray<Person> People(long after, long last, int limit) =>
        [.. Enumerable.Range(1, (int)Math.Min(limit, last - after)).Select(place => Person(after + place))];

    private static Person Person(long id) => new()
    {
        Id = id,
        AccountId = Samples.AccountId,
        Version = 1,
        Email = $"lead{id}@example.com",
        CreatedAt = Samples.Noon,
        UpdatedAt = Samples.Noon,
        Details = new PersonDetails(),
    };

    private static string Id(long person) => Samples.Keys.ObjectIds.Encode(ObjectKind.Person, person);

    private Task<HttpResponseMessage> Post(string path, object body, string? key = null, int people = 0, CancellationToken cancel = default)
    {
        if (people > 0) Serve(people);
        return SendBody(HttpMethod.Post, path, JsonContent.Create(body), key, cancel);
    }

    private Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body) =>
        SendBody(method, path, body is null ? null : JsonContent.Create(body));

    private async Task<HttpResponseMessage> SendBody(
        HttpMethod method, string path, HttpContent? body, string? key = null, CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Add("X-Api-Key", FakeApplication.ApiKey);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await _app.Client.SendAsync(request, cancel);
    }
}
