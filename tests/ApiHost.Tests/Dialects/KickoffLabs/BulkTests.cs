using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>What bulk requests ask of the engine, and what it is told of those that ask for nothing.</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private readonly FakeApplication _app = new();
    private readonly KickoffLabsClient _owner;

    public BulkTests() => _owner = KickoffLabsClient.Owner(_app);

    private BulkCommand Queued => Assert.Single(_app.Engine.Queued);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("optout", LeadOrder.OptOut)]
    [InlineData("verify", LeadOrder.Verify)]
    [InlineData("approve", LeadOrder.Approve)]
    [InlineData("block", LeadOrder.Block)]
    [InlineData("waitlist", LeadOrder.Waitlist)]
    [InlineData("unwaitlist", LeadOrder.Unwaitlist)]
    public async Task Post_Action_IsQueued(string name, LeadOrder order)
    {
        Assert.Equal(
            """202 {"message":"Your leads have been equeued for changes","updated":1}""",
            await _owner.Post(name, new { email = "ADA@example.com" }).Raw());
        Assert.Equal((order, 0L), (Queued.Order, Queued.Subject));
        Assert.Equal<IdentifierKey>([Email("ada@example.com")], Queued.Identifiers);
    }

    [Fact]
    public async Task Delete_Leads_IsQueued()
    {
        Assert.Equal(
            """202 {"message":"Your leads have been equeued for deletion","deleted":3}""",
            await _owner.Delete("", new { email = new[] { "a@example.com", "b@example.com", "c@example.com" } }).Raw());
        Assert.Equal((LeadOrder.Delete, 3), (Queued.Order, Queued.Identifiers.Length));
    }

    [Fact]
    public async Task Delete_ByQuery_IsQueued()
    {
        using var response = await _app.Client.DeleteAsync(
            $"/v2/{Samples.CampaignId}?api_key={FakeApplication.ApiKey}&email[]=a%40example.com&email[]=b%40example.com");
        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal<IdentifierKey>([Email("a@example.com"), Email("b@example.com")], Queued.Identifiers);
    }

    [Theory]
    [InlineData("""{"email":"a@example.com"}""", "application/json")]
    [InlineData("""{"email":["a@example.com"]}""", "application/json")]
    [InlineData("""{"emails":["a@example.com"]}""", "application/json")]
    [InlineData("""{"email[]":["a@example.com"]}""", "application/json")]
    [InlineData("""{"email":["a@example.com","A@EXAMPLE.com "," a@example.com"]}""", "application/json")]
    [InlineData("""{"email":["a@example.com",null,"","not an address"]}""", "application/json")]
    [InlineData("email=a%40example.com", "application/x-www-form-urlencoded")]
    [InlineData("email[]=a%40example.com", "application/x-www-form-urlencoded")]
    [InlineData("email%5B%5D=a%40example.com&email%5B%5D=A%40example.com&email[]=", "application/x-www-form-urlencoded")]
    public async Task Post_AnyForm_NamesEachLeadOnce(string body, string contentType)
    {
        Assert.StartsWith("202 ", await _owner.PostText("verify", body, contentType).Raw(), StringComparison.Ordinal);
        Assert.Equal<IdentifierKey>([Email("a@example.com")], Queued.Identifiers);
    }

    [Fact]
    public async Task Post_Phones_AreReadAsThoseOfSignUps()
    {
        await _owner.Post("optout", new { phone_number = new[] { "(206) 555-0100", "+1 206 555 0100", "206-555-0101" }, country_code = "US" });
        Assert.Equal<IdentifierKey>([Phone("+12065550100"), Phone("+12065550101")], Queued.Identifiers);
    }

    [Theory]
    [InlineData("social_id")]
    [InlineData("kid")]
    public async Task Post_SocialIds_AreDecoded(string name)
    {
        await _owner.PostText("approve", $$"""{"{{name}}":["{{Samples.SocialId}}","nonsense","{{Samples.SocialId}}"]}""");
        Assert.Equal<long>([Samples.LeadId], Queued.LeadIds);
        Assert.Empty(Queued.Identifiers);
    }

    [Theory]
    [InlineData("""{"email":"a@example.com","phone_number":"+12065550100"}""")]
    [InlineData("""{"email":["a@example.com"],"social_id":["AAAAAAAA"]}""")]
    [InlineData("""{"phone_number":["+12065550100"],"kid":"AAAAAAAA"}""")]
    public async Task Post_MixedKinds_Conflicts(string body) =>
        Assert.Equal("409 mixed_identifiers", await _owner.PostText("verify", body).Error());

    [Theory]
    [InlineData("""{"email":[]}""")]
    [InlineData("""{"email":["not an address"]}""")]
    [InlineData("""{"social_id":"nonsense"}""")]
    [InlineData("""{"phone_number":[null,"x"]}""")]
    public async Task Post_NothingThatNamesALead_HasNoLeads(string body)
    {
        Assert.Equal("400 No leads to update", await _owner.PostText("verify", body).Message());
        Assert.Empty(_app.Engine.Queued);
    }

    [Fact]
    public async Task Post_NobodyMatches_HasNoLeads()
    {
        _app.Engine.OnQueue = _ => Task.FromResult(new QueueReply(0, null));
        Assert.Equal("400 No leads to update", await _owner.Post("verify", new { email = "nobody@example.com" }).Message());
        Assert.Equal("400 No leads to update", await _owner.Delete("", new { email = "nobody@example.com" }).Message());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"email":""}""")]
    [InlineData("""{"email":null}""")]
    public async Task Post_NoIdentifier_Conflicts(string body) =>
        Assert.Equal("409 Please include a lead id or email", await _owner.PostText("verify", body).Message());

    [Theory]
    [InlineData("email")]
    [InlineData("phone_number")]
    [InlineData("social_id")]
    public async Task Post_ManyItems_AreLimited(string name)
    {
        Assert.NotEqual("413 too_many_items", await _owner.Post("verify", Items(250)).Error());
        Assert.Equal("413 Too many items to update or delete", await _owner.Post("verify", Items(251)).Message());
        Assert.Equal("413 Too many items to update or delete", await _owner.Delete("", Items(5_000)).Message());

        Dictionary<string, string[]> Items(int count) => new() { [name] = [.. Enumerable.Range(0, count).Select(i => $"lead{i}@example.com")] };
    }

    [Theory]
    [InlineData("""{"email":[{"email":"a@example.com"}]}""")]
    [InlineData("""{"email":[["a@example.com"]]}""")]
    [InlineData("""{"email":[true]}""")]
    [InlineData("""{"email":{"a":"b"}}""")]
    [InlineData("""{"email":false}""")]
    [InlineData("""{"email":["a\u0000@example.com"]}""")]
    public async Task Post_WrongTypes_AreToldAndNothingIsQueued(string body)
    {
        Assert.Equal("406 invalid_parameter", await _owner.PostText("verify", body).Error());
        Assert.Empty(_app.Engine.Queued);
    }

    [Fact]
    public async Task Post_HugeItem_IsTold() =>
        Assert.Equal("406 value_too_long", await _owner.Post("verify", new { email = new[] { new string('a', 4_097) } }).Error());

    [Theory]
    [InlineData("""{"email":["a@example.com"]""", "400 invalid_json")]
    [InlineData("""["a@example.com"]""", "400 invalid_json")]
    [InlineData("\"a@example.com\"", "400 invalid_json")]
    public async Task Post_BrokenJson_IsTold(string body, string expected) => Assert.Equal(expected, await _owner.PostText("verify", body).Error());

    [Fact]
    public async Task Post_Tag_IsQueuedWithItsId()
    {
        Samples.HasTagsAndActions(_app.Engine);
        await _owner.Post("tag", new { email = "a@example.com", tag_id = Samples.Tag.Id });
        Assert.Equal((LeadOrder.Tag, Samples.Tag.Id), (Queued.Order, Queued.Subject));
    }

    [Theory]
    [InlineData("""{"email":"a@example.com"}""", "409 Please include a tag id")]
    [InlineData("""{"email":"a@example.com","tag_id":99}""", "404 There is no such tag.")]
    [InlineData("""{"email":"a@example.com","tag_id":"nonsense"}""", "404 There is no such tag.")]
    [InlineData("""{"email":"a@example.com","tag_id":99999999999999999999}""", "404 There is no such tag.")]
    [InlineData("""{"email":"a@example.com","tag_id":[12]}""", "406 tag_id must be a string.")]
    public async Task Post_TagWithoutOneThatIsThere_IsRefused(string body, string expected)
    {
        Samples.HasTagsAndActions(_app.Engine);
        Assert.Equal(expected, await _owner.PostText("tag", body).Message());
    }

    [Theory]
    [InlineData("explode")]
    [InlineData("delete")]
    [InlineData("leaderboard")]
    public async Task Post_UnknownAction_Conflicts(string name) =>
        Assert.Equal("409 unknown_action", await _owner.Post(name, new { email = "a@example.com" }).Error());

    [Fact]
    public async Task Post_WithoutKey_Conflicts()
    {
        var stranger = KickoffLabsClient.Stranger(_app);
        Assert.Equal("409 missing_api_key", await stranger.Post("verify", new { email = "a@example.com" }).Error());
        Assert.Equal("409 missing_api_key", await stranger.Delete("", new { email = "a@example.com" }).Error());
        _app.Engine.OnAuthenticate = _ => Task.FromResult<Accounts.KeyGrant?>(null);
        Assert.Equal("409 invalid_api_key", await _owner.Post("verify", new { email = "a@example.com" }).Error());
    }

    [Fact]
    public async Task Post_KeyInTheBody_IsGood() =>
        Assert.StartsWith("202 ", await KickoffLabsClient.Stranger(_app)
            .Post("verify", new { email = "a@example.com", api_key = FakeApplication.ApiKey }).Raw(), StringComparison.Ordinal);

    [Theory]
    [InlineData(LeadRefusal.CampaignNotFound, "404 campaign_not_found")]
    [InlineData(LeadRefusal.Busy, "503 busy")]
    [InlineData(LeadRefusal.AskAgain, "503 busy")]
    [InlineData(LeadRefusal.Unknown, "504 unknown")]
    public async Task Post_Refused_HasItsStatusAndCode(LeadRefusal refusal, string expected)
    {
        _app.Engine.OnQueue = _ => Task.FromResult(new QueueReply(0, refusal));
        Assert.Equal(expected, await _owner.Post("verify", new { email = "a@example.com" }).Error());
    }

    [Fact]
    public async Task Post_StoreAway_IsBusyOrUnknown()
    {
        _app.Engine.OnQueue = _ => throw new StoreBusyException("away");
        Assert.Equal("503 busy", await _owner.Post("verify", new { email = "a@example.com" }).Error());
        _app.Engine.OnQueue = _ => throw new StoreOutcomeUnknownException("lost");
        Assert.Equal("504 unknown", await _owner.Post("verify", new { email = "a@example.com" }).Error());
    }

    [Fact]
    public async Task Post_LostOnTheWay_IsRepeatedAsTheSameRequest()
    {
        _app.Clock.Jumps = true;
        _app.Engine.OnQueue = command => command.Request.IsRepeat ? Task.FromResult(new QueueReply(1, null)) : throw new TimeoutException();
        Assert.StartsWith("202 ", await _owner.Post("verify", new { email = "a@example.com" }).Raw(), StringComparison.Ordinal);
        Assert.Equal(2, _app.Engine.Queued.Count);
        Assert.Single(_app.Engine.Queued.Select(command => command.Request.Id).Distinct());
    }

    [Fact]
    public async Task Post_UnderAnIdempotencyKey_KeepsItsAnswer()
    {
        await _owner.Post("verify", new { email = "a@example.com" }, "first");
        Assert.Equal(
            """{"message":"Your leads have been equeued for changes","updated":1}""",
            System.Text.Encoding.UTF8.GetString(Assert.Single(_app.Engine.Completed).Body.AsSpan()));
        Assert.Equal("400 invalid_idempotency_key", await _owner.Post("verify", new { email = "a@example.com" }, "no blanks").Error());
    }

    [Fact]
    public async Task Post_Answer_MayBeReadByAnyPage()
    {
        using var response = await _owner.Post("verify", new { email = "a@example.com" });
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        using var preflight = await _app.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, $"/v2/{Samples.CampaignId}/verify"));
        Assert.Equal("GET, POST, DELETE, OPTIONS", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single());
    }

    private static IdentifierKey Email(string email) => new(Samples.CampaignId, IdentifierKind.Email, email);

    private static IdentifierKey Phone(string phone) => new(Samples.CampaignId, IdentifierKind.Phone, phone);
}
