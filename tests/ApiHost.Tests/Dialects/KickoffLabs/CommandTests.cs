using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>What can be done with leads, over HTTP.</summary>
public abstract class CommandTests(LeadEngineApplication app)
{
    private const string Equeued = """202 {"message":"Your leads have been equeued for changes","updated":1}""";

    [ContractFact]
    public async Task GivePoints_AddedAndTaken_NeverBelowZero()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        Assert.Equal("200 Custom Points added", await GivePoints(campaign, "ada", 5));
        Assert.Equal(5, await campaign.ScoreOf("ada"));
        Assert.Equal("200 Custom Points added", await GivePoints(campaign, "ada", -99));
        Assert.Equal(0, await campaign.ScoreOf("ada"));
        await GivePoints(campaign, "ada", 2);
        Assert.Equal(2, await campaign.ScoreOf("ada"));
    }

    [ContractFact]
    public async Task GivePoints_TakenFromWhatReferralsBrought_EndsAtZero()
    {
        var campaign = await LiveCampaign.Create(app);
        var ada = await campaign.SignUp("ada");
        await campaign.SignUp("bob", ada.Text("social_id"));
        Assert.Equal(1, await campaign.ScoreOf("ada"));
        await GivePoints(campaign, "ada", -5);
        Assert.Equal(0, await campaign.ScoreOf("ada"));
        await campaign.SignUp("eve", ada.Text("social_id"));
        Assert.Equal(1, await campaign.ScoreOf("ada"));
    }

    [ContractFact]
    public async Task GivePoints_ManyAtOnce_AddUpExactly()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        var answers = await Task.WhenAll(Enumerable.Range(1, 100).Select(points => GivePoints(campaign, "ada", points)));
        Assert.All(answers, answer => Assert.Equal("200 Custom Points added", answer));
        Assert.Equal(5_050, await campaign.ScoreOf("ada"));
    }

    [ContractFact]
    public async Task GivePoints_SeveralEmails_GivesToThoseWhoAreThere()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        await campaign.SignUp("bob");
        var body = new { points = 7, emails = new[] { "ada@example.com", "BOB@example.com", "nobody@example.com" } };
        Assert.Equal("200 Custom Points added", await campaign.Owner.Post("points", body).Message());
        Assert.Equal((7L, 7L), (await campaign.ScoreOf("ada"), await campaign.ScoreOf("bob")));
    }

    [ContractTheory]
    [InlineData("kid")]
    [InlineData("social_id")]
    public async Task GivePoints_ById_AreAdded(string name)
    {
        var campaign = await LiveCampaign.Create(app);
        var socialId = (await campaign.SignUp("ada")).Text("social_id");
        Assert.Equal("200 Custom Points added", await campaign.Owner.PostText("points", $$"""{"points":4,"{{name}}":"{{socialId}}"}""").Message());
        Assert.Equal(4, await campaign.ScoreOf("ada"));
    }

    [ContractFact]
    public async Task GivePoints_LeadOfAnotherCampaign_IsNotFound()
    {
        var (campaign, other) = (await LiveCampaign.Create(app), await LiveCampaign.Create(app));
        var socialId = (await other.SignUp("ada")).Text("social_id");
        Assert.Equal("404 No leads found", await campaign.Owner.Post("points", new { points = 4, kid = socialId }).Message());
        Assert.Equal("404 No leads found", await GivePoints(campaign, "ada", 4));
        Assert.Equal(0, await other.ScoreOf("ada"));
    }

    [ContractFact]
    public async Task GivePoints_RepeatedUnderAKey_CountOnce()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        await campaign.SignUp("bob");
        foreach (var body in (object[])[
            new { points = 5, email = "ada@example.com" }, new { points = 5, emails = new[] { "ada@example.com", "bob@example.com" } }])
        {
            var key = Guid.NewGuid().ToString();
            using var first = await campaign.Owner.Post("points", body, key);
            using var second = await campaign.Owner.Post("points", body, key);
            Assert.Equal((200, 200), ((int)first.StatusCode, (int)second.StatusCode));
            Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        }

        Assert.Equal((10L, 5L), (await campaign.ScoreOf("ada"), await campaign.ScoreOf("bob")));
    }

    [ContractFact]
    public async Task Score_EndedCampaign_TakesNoMore()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        await campaign.SignUp("bob");
        await campaign.Http.Change(new { status = "ended" });
        Assert.StartsWith("423 The campaign has ended", await GivePoints(campaign, "ada", 5), StringComparison.Ordinal);
        Assert.Equal("423 campaign_ended", await campaign.Owner.Post("points", new { points = 5, emails = new[] { "ada@example.com", "bob@example.com" } }).Error());
        Assert.Equal("423 campaign_ended", await campaign.Owner.Post($"actions/{campaign.ActionId}", new { email = "ada@example.com" }).Error());
        Assert.Equal(0, await campaign.ScoreOf("ada"));
    }

    [ContractFact]
    public async Task CompleteAction_Again_CountsOnce()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal("200 Lead added to action", await campaign.Owner.Post($"actions/{campaign.ActionId}", new { email = "ada@example.com" }).Message());
        }

        var ada = await campaign.Lead("ada");
        Assert.Equal(3, ada.Number("contest_score"));
        Assert.Equal($"[{campaign.ActionId}]", ada.GetProperty("completed_actions").GetRawText());
    }

    [ContractFact]
    public async Task CompleteAction_ActionOfATag_IsRefused()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        Assert.Equal("409 action_of_tag", await campaign.Owner.Post($"actions/{campaign.TagId}", new { email = "ada@example.com" }).Error());
        Assert.Equal("404 lead_not_found", await campaign.Owner.Post($"actions/{campaign.ActionId}", new { email = "nobody@example.com" }).Error());
        Assert.Equal("404 action_not_found", await campaign.Owner.Post("actions/999999", new { email = "ada@example.com" }).Error());
    }

    [ContractTheory]
    [InlineData("optout", "opted_out", true)]
    [InlineData("verify", "verified_email", true)]
    [InlineData("block", "fraudulent", true)]
    [InlineData("waitlist", "waitlisted", true)]
    public async Task Bulk_Action_IsDone(string name, string field, bool value)
    {
        var campaign = await LiveCampaign.Create(app);
        Assert.NotEqual(value, (await campaign.SignUp("ada")).GetProperty(field).GetBoolean());
        Assert.Equal(Equeued, await campaign.Owner.Post(name, new { email = "ada@example.com" }).Raw());
        await campaign.LeadOnce("ada", lead => lead.GetProperty(field).GetBoolean() == value);
    }

    [ContractTheory]
    [InlineData("block", "approve", "fraudulent")]
    [InlineData("waitlist", "unwaitlist", "waitlisted")]
    public async Task Bulk_Opposite_TakesItBack(string name, string opposite, string field)
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        await campaign.Owner.Post(name, new { email = "ada@example.com" });
        await campaign.LeadOnce("ada", lead => lead.GetProperty(field).GetBoolean());
        Assert.Equal(Equeued, await campaign.Owner.Post(opposite, new { email = "ada@example.com" }).Raw());
        await campaign.LeadOnce("ada", lead => !lead.GetProperty(field).GetBoolean());
    }

    [ContractFact]
    public async Task Bulk_Optout_IsResetBySigningUpAgainUnlessToldNotTo()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        await campaign.Owner.Post("optout", new { email = "ada@example.com" });
        await campaign.LeadOnce("ada", lead => lead.GetProperty("opted_out").GetBoolean());
        var kept = await campaign.Http.SignUpAsOwner(new { email = "ada@example.com", __do_not_reset_opt_out = 1 }).Json();
        Assert.True(kept.GetProperty("opted_out").GetBoolean());
        Assert.False((await campaign.SignUp("ada")).GetProperty("opted_out").GetBoolean());
    }

    [ContractFact]
    public async Task Bulk_Tag_CountsOnceForEachLead()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        foreach (var _ in Enumerable.Range(0, 2)) await campaign.Owner.Post("tag", new { email = "ada@example.com", tag_id = campaign.TagId });
        await campaign.LeadOnce("ada", lead => lead.GetProperty("tags").GetRawText() == """["VIP"]""");
        await campaign.Owner.Post("waitlist", new { email = "ada@example.com" });
        var ada = await campaign.LeadOnce("ada", lead => lead.GetProperty("waitlisted").GetBoolean());
        Assert.Equal(10, ada.Number("contest_score"));
    }

    [ContractFact]
    public async Task Bulk_SeveralKindsOfNames_MatchTheSameLead()
    {
        var campaign = await LiveCampaign.Create(app);
        var ada = await campaign.Http.SignUpAsOwner(new { email = "ada@example.com", phone_number = "(206) 555-0100" }).Json();
        foreach (var body in (object[])[
            new { email = new[] { "ada@example.com", "ADA@example.com", "nobody@example.com" } },
            new { phone_number = new[] { "+12065550100", "206 555 0100" } },
            new { social_id = new[] { ada.Text("social_id"), "nonsense" } }])
        {
            Assert.Equal(Equeued, await campaign.Owner.Post("verify", body).Raw());
        }

        Assert.Equal("400 No leads to update", await campaign.Owner.Post("verify", new { email = "nobody@example.com" }).Message());
    }

    [ContractFact]
    public async Task Bulk_TwoHundredAndFifty_AreAllDone()
    {
        var campaign = await LiveCampaign.Create(app);
        string[] names = [.. Enumerable.Range(0, 250).Select(number => $"lead{number}")];
        await Task.WhenAll(names.Select(name => campaign.SignUp(name)));
        var emails = names.Select(name => $"{name}@example.com").ToArray();
        Assert.Equal(
            """202 {"message":"Your leads have been equeued for changes","updated":250}""", await campaign.Owner.Post("verify", new { email = emails }).Raw());
        foreach (var name in names) await campaign.LeadOnce(name, lead => lead.GetProperty("verified").GetBoolean());
    }

    [ContractFact]
    public async Task Bulk_RepeatedUnderAKey_GetsTheFirstAnswer()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        var body = new { email = "ada@example.com" };
        Assert.Equal("""202 {"message":"Your leads have been equeued for deletion","deleted":1}""", await campaign.Owner.Delete("", body, "gone").Raw());
        await campaign.LeadOnce("ada", IsGone);
        Assert.Equal("""202 {"message":"Your leads have been equeued for deletion","deleted":1}""", await campaign.Owner.Delete("", body, "gone").Raw());
        Assert.Equal("400 No leads to update", await campaign.Owner.Delete("", body).Message());
    }

    [ContractFact]
    public async Task Bulk_LockedCampaign_WaitsUntilItIsOpen()
    {
        var campaign = await LiveCampaign.Create(app);
        await campaign.SignUp("ada");
        await campaign.Http.Change(new { status = "locked" });
        Assert.Equal(Equeued, await campaign.Owner.Post("verify", new { email = "ada@example.com" }).Raw());
        Assert.Equal("423 campaign_locked", await campaign.Owner.Post("points", new { points = 1, email = "ada@example.com" }).Error());
        Assert.False((await campaign.Lead("ada")).GetProperty("verified").GetBoolean());
        await campaign.Http.Change(new { status = "open" });
        await campaign.LeadOnce("ada", lead => lead.GetProperty("verified").GetBoolean());
    }

    [ContractFact]
    public async Task Delete_Lead_IsGoneAndMaySignUpAnew()
    {
        var campaign = await LiveCampaign.Create(app);
        var first = await campaign.SignUp("ada");
        await campaign.SignUp("bob");
        await GivePoints(campaign, "ada", 5);
        Assert.Equal(
            """202 {"message":"Your leads have been equeued for deletion","deleted":1}""",
            await campaign.Owner.Delete("", new { email = "ada@example.com" }).Raw());
        await campaign.LeadOnce("ada", IsGone);
        Assert.Equal("404 lead_not_found", await campaign.Http.LookUpAsOwner($"social_id={first.Text("social_id")}").Error());

        var again = await campaign.SignUp("ada");
        Assert.Equal((3L, 1L, 0L, 2L), (again.Number("rank"), again.Number("counter"), again.Number("contest_score"), again.Number("lead_count")));
        Assert.NotEqual(first.Number("id"), again.Number("id"));
    }

    [ContractFact]
    public async Task Referral_OfOneWhoReferred_CountsDirectlyAndIndirectly()
    {
        var campaign = await LiveCampaign.Create(app);
        var ada = await campaign.SignUp("ada");
        var bob = await campaign.SignUp("bob", ada.Text("social_id"));
        await campaign.SignUp("eve", bob.Text("social_id"));
        var shown = await campaign.Lead("ada");
        Assert.Equal((1L, 1L), (shown.Number("referrals"), shown.Number("contest_score")));
        Assert.Equal("""{"indirect":1,"direct":1}""", shown.GetProperty("influence").GetRawText());
        Assert.Equal("""{"indirect":1,"direct":1}""", shown.GetProperty("unverified_leads").GetRawText());
        Assert.Equal("""{"indirect":null,"direct":null}""", shown.GetProperty("verified_leads").GetRawText());
        Assert.Equal(ada.Number("id"), (await campaign.Lead("bob")).Number("parent_id"));
    }

    [ContractFact]
    public async Task Referral_CampaignThatVerifies_CountsTheVerified()
    {
        var campaign = await LiveCampaign.Create(app, settings => settings with { VerificationRequired = true });
        var ada = await campaign.SignUp("ada");
        var bob = await campaign.SignUp("bob", ada.Text("social_id"));
        await campaign.SignUp("eve", bob.Text("social_id"));
        var before = await campaign.Lead("ada");
        Assert.Equal((0L, 0L), (before.Number("referrals"), before.Number("contest_score")));
        await campaign.Owner.Post("verify", new { email = new[] { "bob@example.com", "eve@example.com" } });
        var after = await campaign.LeadOnce("ada", lead => lead.GetProperty("verified_leads").GetRawText() == """{"indirect":1,"direct":1}""");
        Assert.Equal((1L, 1L), (after.Number("referrals"), after.Number("contest_score")));
        Assert.Equal("""{"indirect":0,"direct":0}""", after.GetProperty("unverified_leads").GetRawText());
    }

    [ContractFact]
    public async Task Referral_OfOneWhoIsBlocked_DoesNotCountUntilApproved()
    {
        var campaign = await LiveCampaign.Create(app);
        var ada = await campaign.SignUp("ada");
        var bob = await campaign.SignUp("bob", ada.Text("social_id"));
        await campaign.Owner.Post("block", new { kid = bob.Text("social_id") });
        var without = await campaign.LeadOnce("ada", lead => lead.Number("referrals") == 0);
        Assert.Equal(0, without.Number("contest_score"));
        await campaign.Owner.Post("approve", new { kid = bob.Text("social_id") });
        Assert.Equal(1, (await campaign.LeadOnce("ada", lead => lead.Number("referrals") == 1)).Number("contest_score"));
    }

    [ContractTheory]
    [InlineData("kid")]
    [InlineData("kolid")]
    [InlineData("social_id")]
    public async Task Referral_InTheAddressOfThePage_Counts(string name)
    {
        var campaign = await LiveCampaign.Create(app);
        var ada = await campaign.SignUp("ada");
        await campaign.Http.SignUp(new { email = "bob@example.com", __url = $"https://example.com/?{name}={ada.Text("social_id")}" });
        Assert.Equal(1, (await campaign.Lead("ada")).Number("referrals"));
    }

    [ContractFact]
    public async Task Referral_OfOneself_DoesNotCount()
    {
        var campaign = await LiveCampaign.Create(app);
        var ada = await campaign.SignUp("ada");
        await campaign.SignUp("ada", ada.Text("social_id"));
        var shown = await campaign.Lead("ada");
        Assert.Equal((0L, 2L), (shown.Number("referrals"), shown.Number("counter")));
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("parent_id").ValueKind);
    }

    [ContractFact]
    public async Task Leaderboard_Leaders_GoByPointsThenBySignUp()
    {
        var campaign = await LiveCampaign.Create(app);
        foreach (var name in (string[])["ada", "bob", "eve", "dan"]) await campaign.SignUp(name);
        await GivePoints(campaign, "dan", 5);
        await GivePoints(campaign, "eve", 9);
        await GivePoints(campaign, "bob", 5);
        Assert.Equal(["eve", "bob", "dan", "ada"], await campaign.Leaders());
        await campaign.Owner.Post("block", new { email = "eve@example.com" });
        await campaign.LeadOnce("eve", lead => lead.GetProperty("fraudulent").GetBoolean());
        Assert.Equal(["bob", "dan", "ada"], await campaign.Leaders());
    }

    private static bool IsGone(JsonElement answer) => answer.TryGetProperty("code", out var code) && code.GetString() == "lead_not_found";

    private static Task<string> GivePoints(LiveCampaign campaign, string name, int points) =>
        campaign.Owner.Post("points", new { points, email = $"{name}@example.com" }).Message();
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteCommandTests(LeadEngineApplication app) : CommandTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresCommandTests(PostgresLeadEngineApplication app) : CommandTests(app);
