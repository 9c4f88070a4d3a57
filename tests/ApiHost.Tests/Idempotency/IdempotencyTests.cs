using System.Net;
using System.Net.Http.Json;
using System.Text;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Idempotency;

/// <summary>What becomes of a request under an idempotency key, for each way it can begin and end.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private readonly FakeApplication _app = new();

    private FakeEngine Engine => _app.Engine;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task SignUp_First_RunsAndKeepsItsAnswer()
    {
        using var response = await _app.SignUp("k1");
        var kept = Assert.Single(Engine.Completed);
        Assert.Equal((Samples.LeadId, 200), (kept.LeadId, kept.Status));
        Assert.Equal(await response.Content.ReadAsStringAsync(), Encoding.UTF8.GetString(kept.Body.AsSpan()));
        Assert.False(response.Headers.Contains("Idempotency-Replayed"));

        var command = Assert.Single(Engine.Upserts);
        Assert.False(command.Request.IsRepeat);
        Assert.Equal(new IdempotencyClaim(Engine.IdempotencyKeys.Single(), kept.Fingerprint), command.Request.Idempotency);
        Assert.Equal(0, Engine.Abandoned);
    }

    [Fact]
    public async Task SignUp_Replay_SendsTheFirstAnswerAndRunsNothing()
    {
        Engine.OnBegin = () => Begun(BeginOutcome.Replay, new StoredAnswer("f", 1, 200, [.. "{\"first\":true}"u8]));
        using var response = await _app.SignUp("k1");
        Assert.Equal("{\"first\":true}", await response.Content.ReadAsStringAsync());
        Assert.Equal("true", response.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Empty(Engine.Upserts);
    }

    [Fact]
    public async Task SignUp_AnswerLost_AnswersWithTheLeadAsItStands()
    {
        Engine.OnBegin = () => Begun(BeginOutcome.AnswerLost, new StoredAnswer("f", Samples.LeadId, null, []));
        using var response = await _app.SignUp("k1");
        Assert.Equal(Samples.LeadId, (await response.Json()).Number("id"));
        Assert.Equal("true", response.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Empty(Engine.Upserts);
        Assert.Equal(200, Assert.Single(Engine.Completed).Status);
    }

    [Fact]
    public async Task SignUp_AnswerLostAndLeadGone_IsNotFound()
    {
        Engine.OnBegin = () => Begun(BeginOutcome.AnswerLost, new StoredAnswer("f", Samples.LeadId, null, []));
        Engine.OnRead = () => Task.FromResult(LeadReply.Refused(LeadRefusal.LeadNotFound));
        Assert.Equal("404 lead_not_found", await _app.SignUp("k1").Error());
        Assert.Equal(1, Engine.Abandoned);
    }

    [Theory]
    [InlineData(BeginOutcome.Running, "409 idempotency_key_in_use")]
    [InlineData(BeginOutcome.Mismatch, "422 idempotency_key_reused")]
    [InlineData(BeginOutcome.Busy, "503 busy")]
    public async Task SignUp_NotBegun_IsRefusedAndRunsNothing(BeginOutcome outcome, string expected)
    {
        Engine.OnBegin = () => Begun(outcome);
        Assert.Equal(expected, await _app.SignUp("k1").Error());
        Assert.Empty(Engine.Upserts);
    }

    [Fact]
    public async Task SignUp_BeginUnanswered_IsBusy()
    {
        _app.Clock.Jumps = true;
        Engine.OnBegin = () => throw new TimeoutException();
        Assert.Equal("503 busy", await _app.SignUp("k1").Error());
    }

    [Fact]
    public async Task SignUp_BeginLostOnTheWay_TakesARunningTryForItsOwn()
    {
        _app.Clock.Jumps = true;
        var begun = 0;
        Engine.OnBegin = () => ++begun == 1 ? throw new TimeoutException() : Begun(BeginOutcome.Running);
        Assert.Equal("503 busy", await _app.SignUp("k1").Error());
        Assert.Empty(Engine.Upserts);
    }

    [Theory]
    [InlineData(LeadRefusal.Ended, "423 campaign_ended")]
    [InlineData(LeadRefusal.Busy, "503 busy")]
    [InlineData(LeadRefusal.Unknown, "504 unknown")]
    public async Task SignUp_Refused_MayBeTriedAgain(LeadRefusal refusal, string expected)
    {
        Engine.OnUpsert = _ => Task.FromResult(LeadReply.Refused(refusal));
        Assert.Equal(expected, await _app.SignUp("k1").Error());
        Assert.Equal(1, Engine.Abandoned);
        Assert.Empty(Engine.Completed);
    }

    [Fact]
    public async Task SignUp_FaultOfOurs_MayBeTriedAgain()
    {
        Engine.OnUpsert = _ => throw new InvalidOperationException();
        Assert.Equal("500 internal_error", await _app.SignUp("k1").Error());
        Assert.Equal(1, Engine.Abandoned);
    }

    [Fact]
    public async Task SignUp_AnswerNotKept_IsUnknown()
    {
        Engine.OnComplete = _ => Task.FromResult(false);
        Assert.Equal("504 unknown", await _app.SignUp("k1").Error());
        _app.Clock.Jumps = true;
        Engine.OnComplete = _ => throw new TimeoutException();
        Assert.Equal("504 unknown", await _app.SignUp("k1").Error());
    }

    [Fact]
    public async Task SignUp_SameKey_HasOneRequestIdForOneRequest()
    {
        await _app.SignUp("k1");
        await _app.SignUp("k1");
        await _app.SignUp("k2");
        Assert.Equal(Engine.Upserts[0].Request.Id, Engine.Upserts[1].Request.Id);
        Assert.NotEqual(Engine.Upserts[0].Request.Id, Engine.Upserts[2].Request.Id);
    }

    [Fact]
    public async Task SignUp_SameKeyOtherRequest_HasAnotherRequestIdInTheSameGrain()
    {
        await _app.SignUp("k1");
        using var other = new HttpRequestMessage(HttpMethod.Post, $"/v2/{Samples.CampaignId}")
        {
            Content = JsonContent.Create(new { email = "you@example.com" }),
            Headers = { { "Idempotency-Key", "k1" } },
        };
        await _app.Client.SendAsync(other);
        Assert.Equal(Engine.IdempotencyKeys[0], Engine.IdempotencyKeys[1]);
        Assert.NotEqual(Engine.Upserts[0].Request.Id, Engine.Upserts[1].Request.Id);
    }

    [Fact]
    public async Task SignUp_SameKeyOfAnother_IsAnotherKey()
    {
        await _app.SignUp("k1");
        await _app.SignUp("k1", FakeApplication.ApiKey);
        Assert.NotEqual(Engine.IdempotencyKeys[0], Engine.IdempotencyKeys[1]);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    public async Task SignUp_MalformedKey_IsRefused(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/{Samples.CampaignId}")
        {
            Content = JsonContent.Create(new { email = "me@example.com" }),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        Assert.Equal("400 invalid_idempotency_key", await _app.Client.SendAsync(request).Error());
    }

    [Theory]
    [InlineData(255, HttpStatusCode.OK)]
    [InlineData(256, HttpStatusCode.BadRequest)]
    public async Task SignUp_LongKey_IsTakenUpTo255(int length, HttpStatusCode expected)
    {
        using var response = await _app.SignUp(new string('k', length));
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task SignUp_AfterATryThatWasGivenUp_IsARepeat()
    {
        Engine.OnBegin = () => Task.FromResult(new BeginReply { Outcome = BeginOutcome.Run, IsRepeat = true });
        await _app.SignUp("k1");
        Assert.True(Engine.Upserts.Single().Request.IsRepeat);
    }

    [Fact]
    public async Task SignUp_WithoutKey_IsNoRepeat()
    {
        await _app.SignUp();
        Assert.False(Engine.Upserts.Single().Request.IsRepeat);
        Assert.Empty(Engine.IdempotencyKeys);
    }

    private static Task<BeginReply> Begun(BeginOutcome outcome, StoredAnswer? answer = null) =>
        Task.FromResult(new BeginReply { Outcome = outcome, Answer = answer });
}
