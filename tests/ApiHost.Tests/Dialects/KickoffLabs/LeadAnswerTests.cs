using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Dialects.KickoffLabs;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

public sealed class LeadAnswerTests
{
    // Names, order and types of the example in KickoffLabs' page "Create Lead API Response", and sms_opted_out of its field reference.
    private static readonly (string Name, string Type)[] FullShape =
    [
        ("id", "Number"), ("social_id", "String"), ("rank", "Number"), ("counter", "Number"), ("lead_count", "Number"),
        ("contest_score", "Number"), ("contest_score_rank", "Number"), ("contest_score_rank_relative_position", "Number"),
        ("rank_relative_position", "Number"), ("campaign_id", "Number"), ("list_id", "Number"), ("given_name", "Null"),
        ("first_name", "Null"), ("avatar", "String"), ("when", "String"), ("enhanced", "True"), ("anonymous", "False"),
        ("verified", "False"), ("verified_email", "False"), ("verified_phone_number", "False"), ("waitlisted", "True"),
        ("display_name", "String"), ("completed_actions", "Array"), ("social_url", "String"), ("redirect_url", "String"),
        ("thankyou_url", "String"), ("status_url", "String"), ("email", "String"), ("phone_number", "Null"), ("family_name", "Null"),
        ("custom_fields", "Object"), ("unsubscribe_url", "Object"), ("uid", "Null"), ("parent_id", "Null"), ("opted_out", "False"),
        ("sms_opted_out", "False"), ("utm", "Object"), ("tags", "Array"), ("referrals", "Number"), ("unverified_leads", "Object"),
        ("verified_leads", "Object"), ("influence", "Object"), ("subscription_number", "Number"), ("ip", "String"),
        ("referrer", "Null"), ("fraudulent", "False"),
    ];

    private static readonly string[] Personal =
        ["email", "phone_number", "family_name", "uid", "parent_id", "opted_out", "sms_opted_out", "utm", "tags", "unsubscribe_url"];

    private static readonly string[] ForOwnersOnly = ["ip", "referrer", "fraudulent"];

    private static readonly string[] Urls = ["social_url", "redirect_url", "thankyou_url", "status_url", "unsubscribe_url"];

    [Fact]
    public void Write_Authorized_HasTheShapeOfTheExample()
    {
        var answer = Write(Samples.Lead, Samples.View(isAuthorized: true));
        Assert.Equal(FullShape, answer.EnumerateObject().Select(member => (member.Name, member.Value.ValueKind.ToString())));
    }

    [Fact]
    public void Write_Authorized_HasTheValuesOfTheExample()
    {
        var answer = Write(Samples.Lead, Samples.View(isAuthorized: true));
        var kolid = $"https://example.com/thanks?kolid={Samples.SocialId}";
        Assert.Equal(Samples.LeadId, answer.GetProperty("id").GetInt64());
        Assert.Equal(Samples.SocialId, Text(answer, "social_id"));
        Assert.Equal(268, answer.GetProperty("rank").GetInt64());
        Assert.Equal(267, answer.GetProperty("rank_relative_position").GetInt64());
        Assert.Equal(268, answer.GetProperty("subscription_number").GetInt64());
        Assert.Equal(2, answer.GetProperty("counter").GetInt64());
        Assert.Equal(0, answer.GetProperty("contest_score_rank_relative_position").GetInt64());
        Assert.Equal(Samples.CampaignId, answer.GetProperty("list_id").GetInt64());
        Assert.Equal("2026-03-01T12:00:00+00:00", Text(answer, "when"));
        Assert.Equal("me", Text(answer, "display_name"));
        Assert.Equal($"https://www.example.com/?kid={Samples.SocialId}", Text(answer, "social_url"));
        Assert.Equal(kolid, Text(answer, "redirect_url"));
        Assert.Equal(kolid, Text(answer, "thankyou_url"));
        Assert.Equal(kolid, Text(answer, "status_url"));
        Assert.Equal("""{"indirect":null,"direct":null}""", answer.GetProperty("verified_leads").GetRawText());
        Assert.Equal(
            "https://www.gravatar.com/avatar/2e0d5407ce8609047b8255c50405d7b1?r=g&d=identicon&s=600", Text(answer, "avatar"));
    }

    [Fact]
    public void Write_Stranger_HasNoPersonalData()
    {
        var answer = Write(FullLead(), Samples.View());
        var hidden = Personal.Concat(ForOwnersOnly);
        Assert.Equal(FullShape.Select(field => field.Name).Except(hidden), answer.EnumerateObject().Select(member => member.Name));
        Assert.DoesNotContain("me@example.com", answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("{}", answer.GetProperty("custom_fields").GetRawText());
    }

    [Fact]
    public void Write_StrangerWithoutFirstName_ShowsNeitherLocalPartNorItsDigest()
    {
        var answer = Write(Samples.Lead, Samples.View());
        Assert.Equal(Samples.SocialId, Text(answer, "display_name"));
        Assert.DoesNotContain("2e0d5407ce8609047b8255c50405d7b1", Text(answer, "avatar"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_StrangerWhereTheCampaignShowsPersonalData_LacksOnlyWhatIsTheOwners()
    {
        var answer = Write(FullLead(), Samples.View(settings: Samples.Settings with { HidePii = false }));
        Assert.Equal(FullShape.Select(field => field.Name).Except(ForOwnersOnly), answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal("""{"company":"Example Co"}""", answer.GetProperty("custom_fields").GetRawText());
    }

    [Fact]
    public void Write_Stranger_SeesTheCustomFieldsOfTheRequest()
    {
        var view = Samples.View() with { Submitted = [new("plan", "\"pro\""), new("seats", "3"), new("gone", "null")] };
        Assert.Equal("""{"plan":"pro","seats":3}""", Write(FullLead(), view).GetProperty("custom_fields").GetRawText());
    }

    [Fact]
    public void Write_FullLead_ShowsEverythingThatIsKnown()
    {
        var answer = Write(FullLead(), Samples.View(isAuthorized: true));
        Assert.Equal("Ada", Text(answer, "display_name"));
        Assert.Equal("Ada", Text(answer, "given_name"));
        Assert.Equal("Lovelace", Text(answer, "family_name"));
        Assert.Equal("crm-1", Text(answer, "uid"));
        Assert.Equal(99, answer.GetProperty("parent_id").GetInt64());
        Assert.Equal("""{"source":"news"}""", answer.GetProperty("utm").GetRawText());
        Assert.Equal("""["vip"]""", answer.GetProperty("tags").GetRawText());
        Assert.Equal("[3,5]", answer.GetProperty("completed_actions").GetRawText());
        Assert.True(answer.GetProperty("verified").GetBoolean());
        Assert.True(answer.GetProperty("opted_out").GetBoolean());
        Assert.True(answer.GetProperty("fraudulent").GetBoolean());
    }

    [Fact]
    public void Write_SkipUrls_HasNone()
    {
        var answer = Write(Samples.Lead, Samples.View(isAuthorized: true) with { SkipUrls = true });
        Assert.Equal(FullShape.Select(field => field.Name).Except(Urls), answer.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Write_SkipActions_HasNone() =>
        Assert.False(Write(Samples.Lead, Samples.View() with { SkipActions = true }).TryGetProperty("completed_actions", out _));

    [Fact]
    public void Write_CampaignWithoutAddresses_UsesTheEngines()
    {
        var answer = Write(Samples.Lead, Samples.View(settings: new CampaignSettings { Name = "Bare" }));
        Assert.Equal($"http://localhost:5080/?kid={Samples.SocialId}", Text(answer, "social_url"));
        Assert.Equal($"http://localhost:5080/?kolid={Samples.SocialId}", Text(answer, "thankyou_url"));
    }

    [Fact]
    public void Write_RedirectOfTheRequest_IsKept()
    {
        var answer = Write(Samples.Lead, Samples.View() with { RedirectUrl = "https://elsewhere.example/next" });
        Assert.Equal("https://elsewhere.example/next", Text(answer, "redirect_url"));
        Assert.Equal($"https://example.com/thanks?kolid={Samples.SocialId}", Text(answer, "thankyou_url"));
    }

    [Fact]
    public void Write_UnsubscribeLinks_NameTheLead()
    {
        var links = Write(Samples.Lead, Samples.View(isAuthorized: true)).GetProperty("unsubscribe_url");
        var token = Text(links, "default")["http://localhost:5080/opt-out/".Length..];
        Assert.Equal(new(Samples.CampaignId, Samples.LeadId), Samples.Keys.Links.Read(LinkPurpose.OptOut, token));
        Assert.Equal(Text(links, "default") + "?confirm=1", Text(links, "safe"));
    }

    [Fact]
    public void Write_JumpStart_CountsInLeadCountOnly()
    {
        var answer = Write(Samples.Lead, Samples.View(settings: Samples.Settings with { JumpStart = 1_000 }));
        Assert.Equal(1_001, answer.GetProperty("lead_count").GetInt64());
        Assert.Equal(268, answer.GetProperty("rank").GetInt64());
    }

    [Theory]
    [InlineData(false, 4, 9, 0, 0, 4, """{"indirect":9,"direct":4}""", """{"indirect":null,"direct":null}""", """{"indirect":9,"direct":4}""")]
    [InlineData(false, 4, 9, 2, 1, 6, """{"indirect":9,"direct":4}""", """{"indirect":1,"direct":2}""", """{"indirect":10,"direct":6}""")]
    [InlineData(true, 4, 9, 0, 0, 0, """{"indirect":9,"direct":4}""", """{"indirect":0,"direct":0}""", """{"indirect":9,"direct":4}""")]
    [InlineData(true, 4, 9, 2, 1, 2, """{"indirect":9,"direct":4}""", """{"indirect":1,"direct":2}""", """{"indirect":10,"direct":6}""")]
    public void Write_Referrals_CountAsTheCampaignVerifies(
        bool verifies,
        int direct,
        int indirect,
        int verifiedDirect,
        int verifiedIndirect,
        int referrals,
        string unverified,
        string verified,
        string influence)
    {
        var score = new LeadScore
        {
            DirectReferrals = direct,
            IndirectReferrals = indirect,
            VerifiedReferrals = verifiedDirect,
            VerifiedIndirectReferrals = verifiedIndirect,
        };
        var view = Samples.View(settings: Samples.Settings with { VerificationRequired = verifies });
        var answer = Write(Samples.Lead, view, Samples.Standing with { Score = score });
        Assert.Equal(referrals, answer.GetProperty("referrals").GetInt32());
        Assert.Equal(unverified, answer.GetProperty("unverified_leads").GetRawText());
        Assert.Equal(verified, answer.GetProperty("verified_leads").GetRawText());
        Assert.Equal(influence, answer.GetProperty("influence").GetRawText());
    }

    [Fact]
    public void Write_DoubleOptIn_VerifiesSomebodyThoughNobodyIsYet()
    {
        var answer = Write(Samples.Lead, Samples.View(settings: Samples.Settings with { DoubleOptIn = true }));
        Assert.Equal("""{"indirect":0,"direct":0}""", answer.GetProperty("verified_leads").GetRawText());
    }

    [Fact]
    public void Write_ContestScore_ComesFromTheStanding()
    {
        var answer = Write(Samples.Lead, Samples.View(), Samples.Standing with { ContestScore = 12, ScoreRank = 3 });
        Assert.Equal(12, answer.GetProperty("contest_score").GetInt32());
        Assert.Equal(3, answer.GetProperty("contest_score_rank").GetInt32());
        Assert.Equal(2, answer.GetProperty("contest_score_rank_relative_position").GetInt32());
    }

    [Fact]
    public void Write_PhoneOnly_HasNoNameToShow()
    {
        var answer = Write(Samples.Lead with { Email = null, Phone = "+12065550100" }, Samples.View(isAuthorized: true));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("display_name").ValueKind);
        Assert.Equal("+12065550100", Text(answer, "phone_number"));
        Assert.False(answer.GetProperty("anonymous").GetBoolean());
    }

    private static Lead FullLead() => Samples.Lead with
    {
        Phone = "+12065550100",
        ParentId = 99,
        Profile = new LeadProfile
        {
            FirstName = "Ada",
            LastName = "Lovelace",
            Uid = "crm-1",
            Ip = "192.0.2.1",
            Referrer = "https://news.example/",
            CustomFields = [new("company", "\"Example Co\"")],
            Utm = [new("source", "news")],
            Tags = ["vip"],
            CompletedActions = [3, 5],
            OptedOut = true,
            VerifiedPhone = true,
            Fraudulent = true,
        },
    };

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    private static JsonElement Write(Lead lead, LeadView view, Standing? standing = null)
    {
        using var answer = new AnswerBuffers().Rent();
        LeadAnswer.Write(answer.Json, lead, standing ?? Samples.Standing, view);
        return JsonDocument.Parse(Encoding.UTF8.GetString(answer.Written.Span)).RootElement;
    }
}
