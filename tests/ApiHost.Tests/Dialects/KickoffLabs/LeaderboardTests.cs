using System.Text.Json;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>What the leaderboard shows, and to whom.</summary>
public sealed class LeaderboardTests : IAsyncLifetime
{
    private const string Usual = "leaderboard?limit=10&lead_description=first_name&avatar_default=identicon";

    private static readonly Lead Ada = Samples.Lead with
    {
        Profile = new LeadProfile { FirstName = "Ada", LastName = "Lovelace", CustomFields = [new("company", "\"Example Co\""), new("seats", "3")] },
    };

    private readonly FakeApplication _app = new();
    private readonly KickoffLabsClient _owner;
    private readonly KickoffLabsClient _stranger;

    public LeaderboardTests()
    {
        (_owner, _stranger) = (KickoffLabsClient.Owner(_app), KickoffLabsClient.Stranger(_app));
        _app.Engine.OnGetLeaders = _ => Task.FromResult<System.Collections.Immutable.ImmutableArray<Leader>>(
            [new Leader(Ada, 7, 1), new Leader(Samples.Lead with { Id = 2 }, 7, 1)]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task List_Leaders_AreShownInOrder()
    {
        var leaders = await _stranger.Get(Usual).Json();
        Assert.Equal(2, leaders.GetArrayLength());
        Assert.Equal((1L, 1L, 7L), (leaders[0].Number("position"), leaders[0].Number("contest_score_rank"), leaders[0].Number("contest_score")));
        Assert.Equal((2L, 1L), (leaders[1].Number("position"), leaders[1].Number("contest_score_rank")));
        Assert.Equal(Samples.SocialId, leaders[0].Text("social_id"));
    }

    [Theory]
    [InlineData("first_name", "Ada", "Ada")]
    [InlineData("full_name", "Ada Lovelace", "Ada")]
    [InlineData("FULL_NAME", "Ada Lovelace", "Ada")]
    [InlineData("social_id", "SOCIAL", "SOCIAL")]
    [InlineData("company", "Example Co", "SOCIAL")]
    [InlineData("seats", "3", "SOCIAL")]
    [InlineData("email", "SOCIAL", "SOCIAL")]
    public async Task List_Description_IsMaskedForStrangers(string description, string forOwner, string forStranger)
    {
        var path = $"leaderboard?limit=10&lead_description={description}&avatar_default=icon";
        Assert.Equal(Expected(forOwner), First(await _owner.Get(path).Json()).Text("lead_description"));
        Assert.Equal(Expected(forStranger), First(await _stranger.Get(path).Json()).Text("lead_description"));
        _app.Engine.OnGetCampaign = () => Task.FromResult(CampaignReply.Accepted(Samples.Campaign with { Settings = Samples.Settings with { HidePii = false } }));
        _app.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(Expected(forOwner), First(await _stranger.Get(path).Json()).Text("lead_description"));

        static string Expected(string text) => text == "SOCIAL" ? Samples.SocialId : text;
    }

    [Fact]
    public async Task List_AnswerToStrangers_HoldsNothingPersonal()
    {
        foreach (var description in (string[])["first_name", "full_name", "social_id", "company", "email", "phone_number"])
        {
            var answer = await _stranger.Get($"leaderboard?limit=10&lead_description={description}&avatar_default=ui").Raw();
            Assert.DoesNotContain("me@example.com", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("f620f4647fb816073c9152a284245e64", answer, StringComparison.Ordinal); // The address's digest.
            Assert.DoesNotContain("Lovelace", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Example Co", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("identicon", "d=identicon")]
    [InlineData("icon", "d=mp")]
    [InlineData("ui", "d=https%3A%2F%2Fui-avatars.com%2Fapi%2FAda%2F600")]
    public async Task List_Avatar_FallsBackAsAsked(string avatar, string expected) => Assert.Contains(
        expected,
        First(await _owner.Get($"leaderboard?limit=1&lead_description=first_name&avatar_default={avatar}").Json()).Text("avatar"),
        StringComparison.Ordinal);

    [Fact]
    public async Task List_SocialId_IsFlagged()
    {
        var leaders = await _stranger.Get($"{Usual}&social_id={Samples.SocialId}").Json();
        Assert.Equal([true, false], leaders.EnumerateArray().Select(leader => leader.GetProperty("flagged").GetBoolean()));
        Assert.DoesNotContain("true", await _stranger.Get($"{Usual}&social_id=nonsense").Raw(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("leaderboard?lead_description=first_name&avatar_default=icon", "409 Please include limit")]
    [InlineData("leaderboard?limit=5&avatar_default=icon", "409 Please include lead_description")]
    [InlineData("leaderboard?limit=5&lead_description=first_name", "409 Please include avatar_default")]
    [InlineData("leaderboard?limit=51&lead_description=first_name&avatar_default=icon", "406 limit must be a whole number from 1 to 50.")]
    [InlineData("leaderboard?limit=0&lead_description=first_name&avatar_default=icon", "406 limit must be a whole number from 1 to 50.")]
    [InlineData("leaderboard?limit=-1&lead_description=first_name&avatar_default=icon", "406 limit must be a whole number from 1 to 50.")]
    [InlineData("leaderboard?limit=99999999999&lead_description=first_name&avatar_default=icon", "406 limit must be a whole number from 1 to 50.")]
    [InlineData("leaderboard?limit=5&lead_description=first_name&avatar_default=cat", "406 avatar_default must be identicon, icon or ui.")]
    public async Task List_WrongQuery_IsTold(string path, string expected) => Assert.Equal(expected, await _stranger.Get(path).Message());

    [Fact]
    public async Task List_Limit_IsAskedOfTheCampaign()
    {
        var asked = 0;
        _app.Engine.OnGetLeaders = limit =>
        {
            asked = limit;
            return Task.FromResult<System.Collections.Immutable.ImmutableArray<Leader>>([]);
        };
        Assert.Equal("200 []", await _stranger.Get("leaderboard?limit=50&lead_description=first_name&avatar_default=icon").Raw());
        Assert.Equal(50, asked);
    }

    [Fact]
    public async Task List_CampaignThatRequiresAKey_RefusesStrangers()
    {
        _app.Engine.OnGetCampaign = () => Task.FromResult(CampaignReply.Accepted(Samples.Campaign with { Settings = Samples.Settings with { RequireApiKey = true } }));
        Assert.Equal("409 missing_api_key", await _stranger.Get(Usual).Error());
        Assert.StartsWith("200 ", await _owner.Get(Usual).Raw(), StringComparison.Ordinal);
    }

    private static JsonElement First(JsonElement list) => list[0];
}
