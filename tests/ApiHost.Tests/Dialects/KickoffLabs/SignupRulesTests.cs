using System.Net;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Dialects.KickoffLabs;
using LeadEngine.ApiHost.Http;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

public sealed class SignupRulesTests
{
    private static readonly IPAddress Remote = IPAddress.Parse("::ffff:192.0.2.7");

    [Fact]
    public void Read_FullRequest_UnderstandsAllOfIt()
    {
        var signup = Good("""
            {
              "email": " Ada@Example.COM ", "phone_number": "(206) 555-0100", "given_name": "Ada", "family_name": "Lovelace",
              "__uid": "crm-1", "__url": "https://www.example.com/join?utm_source=news&plan=pro", "referrer": "https://news.example/",
              "__source": "modal.123", "__session_id": "s1", "__rid": "r1", "ip": "203.0.113.5", "redirect_url": "https://example.com/next",
              "company": "Example Co", "__skip_urls": 1, "__skip_actions": "true", "__do_not_reset_opt_out": "1", "must_exist": true
            }
            """);
        Assert.Equal("ada@example.com", signup.Email);
        Assert.Equal("+12065550100", signup.Phone);
        Assert.True(signup is { MustExist: true, KeepOptOut: true, SkipUrls: true, SkipActions: true });
        var patch = signup.Patch with { CustomFields = [], Utm = [] };
        Assert.Equal(
            new LeadPatch
            {
                FirstName = "Ada",
                LastName = "Lovelace",
                Uid = "crm-1",
                Ip = "203.0.113.5",
                Referrer = "https://news.example/",
                SignupUrl = "https://www.example.com/join?utm_source=news&plan=pro",
                Source = "modal.123",
                SessionId = "s1",
                ClientRequestId = "r1",
                RedirectUrl = "https://example.com/next",
            },
            patch);
        Assert.Equal([new("company", "\"Example Co\""), new("plan", "\"pro\"")], signup.Patch.CustomFields.AsEnumerable());
        Assert.Equal([new("source", "news")], signup.Patch.Utm.AsEnumerable());
    }

    [Fact]
    public void Read_LeastRequest_SaysNothingElse()
    {
        var signup = Good("""{"email":"ada@example.com","first_name":" ","last_name":null,"phone_number":""}""");
        Assert.Null(signup.Phone);
        Assert.Equal(new LeadPatch { Ip = "192.0.2.7" }, signup.Patch with { CustomFields = [], Utm = [] });
        Assert.True(signup is { MustExist: false, KeepOptOut: false, SkipUrls: false, Points: 0, ReferrerId: null, LeadId: null });
    }

    [Theory]
    [InlineData("{}", "missing_identifier", "")]
    [InlineData("""{"email":null,"phone_number":" "}""", "missing_identifier", "")]
    [InlineData("""{"first_name":"Ada"}""", "missing_identifier", "")]
    [InlineData("""{"email":"ada"}""", "invalid_email", "email")]
    [InlineData("""{"email":"ada@example"}""", "invalid_email", "email")]
    [InlineData("""{"email":"a@b@example.com"}""", "invalid_email", "email")]
    [InlineData("""{"email":42}""", "invalid_email", "email")]
    [InlineData("""{"email":["ada@example.com"]}""", "invalid_parameter", "email")]
    [InlineData("""{"email":{"$ne":null}}""", "invalid_parameter", "email")]
    [InlineData("""{"email":true}""", "invalid_parameter", "email")]
    [InlineData("""{"email":"ada@exam\u0000ple.com"}""", "invalid_parameter", "email")]
    [InlineData("""{"phone_number":"12"}""", "invalid_phone_number", "phone_number")]
    [InlineData("""{"phone_number":"2065550100","country_code":"QQ"}""", "invalid_phone_number", "phone_number")]
    [InlineData("""{"phone_number":1e400}""", "invalid_phone_number", "phone_number")]
    [InlineData("""{"email":"ada@example.com","phone_number":"call me"}""", "invalid_phone_number", "phone_number")]
    [InlineData("""{"email":"ada@example.com","first_name":["Ada"]}""", "invalid_parameter", "first_name")]
    [InlineData("""{"email":"ada@example.com","first_name":true}""", "invalid_parameter", "first_name")]
    [InlineData("""{"email":"ada@example.com","ip":"everywhere"}""", "invalid_ip", "ip")]
    [InlineData("""{"email":"ada@example.com","redirect_url":"javascript:alert(1)"}""", "invalid_redirect_url", "redirect_url")]
    [InlineData("""{"email":"ada@example.com","must_exist":"maybe"}""", "invalid_parameter", "must_exist")]
    [InlineData("""{"email":"ada@example.com","must_exist":[]}""", "invalid_parameter", "must_exist")]
    [InlineData("""{"email":"ada@example.com","__url":{}}""", "invalid_parameter", "__url")]
    public void Read_BadParameters_IsRefusedWithTheirNames(string body, string code, string parameter)
    {
        var fault = Bad(body);
        Assert.Equal(406, fault.Status);
        Assert.Equal(code, fault.Code);
        Assert.Equal(parameter, Assert.Single(fault.Details).Parameter);
    }

    [Fact]
    public void Read_SeveralBadParameters_TellsAllOfThem() => Assert.Equal(
        ["email", "phone_number", "ip"],
        Bad("""{"email":"ada","phone_number":"1","ip":"?"}""").Details.Select(detail => detail.Parameter));

    [Theory]
    [InlineData("first_name")]
    [InlineData("last_name")]
    [InlineData("__uid")]
    [InlineData("__source")]
    [InlineData("__referrer")]
    [InlineData("utm_campaign")]
    public void Read_LongText_IsRefusedNotCut(string name)
    {
        var fits = new string('é', 2_048);
        Good($$"""{"email":"ada@example.com","{{name}}":"{{fits}}"}""");
        Assert.Equal("value_too_long", Bad($$"""{"email":"ada@example.com","{{name}}":"{{fits}}x"}""").Code);
    }

    [Theory]
    [InlineData("\"5\"", 5)]
    [InlineData("-7", -7)]
    [InlineData("99999", 99_999)]
    [InlineData("null", 0)]
    public void Read_PointsOfTheOwner_Count(string points, int expected) =>
        Assert.Equal(expected, Good($$"""{"email":"ada@example.com","points":{{points}}}""", Samples.Owner).Points);

    [Theory]
    [InlineData("100000")]
    [InlineData("-100000")]
    [InlineData("1.5")]
    [InlineData("\"many\"")]
    [InlineData("[1]")]
    [InlineData("99999999999999999999")]
    public void Read_BadPointsOfTheOwner_AreRefused(string points) =>
        Assert.Equal("points", Assert.Single(Bad($$"""{"email":"ada@example.com","points":{{points}}}""", Samples.Owner).Details).Parameter);

    [Theory]
    [InlineData("5")]
    [InlineData("\"many\"")]
    public void Read_PointsOfAStranger_AreIgnored(string points) =>
        Assert.Equal(0, Good($$"""{"email":"ada@example.com","points":{{points}}}""").Points);

    [Theory]
    [InlineData("social_id")]
    [InlineData("kid")]
    [InlineData("kolid")]
    public void Read_SocialIdBesideAnIdentifier_NamesTheReferrer(string name)
    {
        var signup = Good($$"""{"email":"ada@example.com","{{name}}":"{{Samples.SocialId.ToLowerInvariant()}}"}""");
        Assert.Equal((Samples.LeadId, null), (signup.ReferrerId!.Value, signup.LeadId));
    }

    [Theory]
    [InlineData("social_id")]
    [InlineData("kid")]
    [InlineData("kolid")]
    public void Read_SocialIdAlone_NamesTheLead(string name)
    {
        var signup = Good($$"""{"{{name}}":"{{Samples.SocialId}}"}""");
        Assert.Equal((Samples.LeadId, null), (signup.LeadId!.Value, signup.ReferrerId));
    }

    [Fact]
    public void Read_SocialIdOfNobodyBesideAnIdentifier_SaysNothing() =>
        Assert.Null(Good("""{"email":"ada@example.com","kid":"no such id"}""").ReferrerId);

    [Fact]
    public void Read_SocialIdOfNobodyAlone_IsNotFound() => Assert.Equal(404, Bad("""{"kid":"no such id"}""").Status);

    [Fact]
    public void Read_ReferrerInTheLink_Counts() => Assert.Equal(
        Samples.LeadId, Good($$"""{"email":"ada@example.com","__url":"https://x.example/?kid={{Samples.SocialId}}"}""").ReferrerId);

    [Fact]
    public void Read_ReferrerInTheLinkAlone_NamesNobody() =>
        Assert.Equal("missing_identifier", Bad($$"""{"first_name":"Eve","__url":"https://x.example/?kid={{Samples.SocialId}}"}""").Code);

    [Fact]
    public void Read_SocialIdOfTheRequestAndOfTheLink_TheRequestCounts()
    {
        var own = Samples.Keys.SocialIds.Encode(5);
        var body = $$"""{"kid":"{{own}}","__url":"https://x.example/?social_id={{Samples.SocialId}}"}""";
        Assert.Equal(5, Good(body).LeadId);
        Assert.Equal(5, Good(body.Replace("{\"kid", "{\"email\":\"a@b.c\",\"kid", StringComparison.Ordinal)).ReferrerId);
    }

    [Theory]
    [InlineData("2065550100", "1", "+12065550100")]
    [InlineData("2065550100", "+1", "+12065550100")]
    [InlineData("2065550100", "US", "+12065550100")]
    [InlineData("20 7946 0018", "44", "+442079460018")]
    [InlineData("+44 20 7946 0018", "US", "+442079460018")]
    public void Read_CountryCode_IsPrepended(string number, string countryCode, string expected) =>
        Assert.Equal(expected, Good($$"""{"phone_number":"{{number}}","country_code":"{{countryCode}}"}""").Phone);

    [Fact]
    public void Read_NumbersForPhoneAndCountry_AreTakenAsWritten() =>
        Assert.Equal("+12065550100", Good("""{"phone_number":2065550100,"country_code":1}""").Phone);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("\"1\"", true)]
    [InlineData("\"TRUE\"", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("\"0\"", false)]
    [InlineData("\"false\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    public void Read_Switch_IsOnOrOff(string value, bool expected) =>
        Assert.Equal(expected, Good($$"""{"email":"ada@example.com","must_exist":{{value}}}""").MustExist);

    [Theory]
    [InlineData("\"yes\"", true)]
    [InlineData("\"\"", true)]
    [InlineData("1", true)]
    [InlineData("\"0\"", false)]
    [InlineData("\"False\"", false)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public void Read_KeepOptOut_IsOnWhenProvided(string value, bool expected) =>
        Assert.Equal(expected, Good($$"""{"email":"ada@example.com","__do_not_reset_opt_out":{{value}}}""").KeepOptOut);

    [Theory]
    [InlineData("null", true)]
    [InlineData("\"\"", true)]
    [InlineData("\"API\"", true)]
    [InlineData("\"api\"", true)]
    [InlineData("\"modal.123\"", false)]
    public void Read_Source_SaysWhetherTheAddressCounts(string source, bool isFromServer)
    {
        var body = $$"""{"email":"ada@example.com","__source":{{source}}}""";
        Assert.Equal(isFromServer, Good(body, Samples.Owner).SkipIpCheck);
        Assert.False(Good(body, Samples.Stranger).SkipIpCheck);
        Assert.Equal(isFromServer, Good(body, Samples.Owner).ToCommand(1, new RequestStamp { Id = default, ReceivedAt = default }).SkipIpCheck);
    }

    private static Signup Good(string body, Caller? caller = null)
    {
        var signup = Read(body, caller);
        Assert.True(signup.IsGood, JsonSerializer.Serialize(signup.Fault));
        return signup.Value;
    }

    private static Fault Bad(string body, Caller? caller = null) => Read(body, caller).Fault!;

    private static Checked<Signup> Read(string body, Caller? caller)
    {
        var parameters = new ParameterSet(Vocabulary.Lead);
        Assert.True(JsonParameters.TryRead(Encoding.UTF8.GetBytes(body), parameters));
        if (parameters[Parameter.PageUrl].Text is { } link) parameters.AddLink(link);
        return SignupRules.Read(parameters, caller ?? Samples.Stranger, Samples.Keys.SocialIds, Remote);
    }
}
