using System.Text.Json;
using System.Text.Json.Nodes;
using LeadEngine.ApiHost.Dialects.Aktify;
using LeadEngine.ApiHost.Http;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.Aktify;

public sealed class SubmissionRulesTests
{
    [Fact]
    public void Read_LeastOfAll_IsPhoneAndRegion()
    {
        var lead = Good("""{"phoneNumber":"(509) 555-1234","region":"CA"}""");
        Assert.Equal(("+15095551234", "CA", null, null), (lead.Phone, lead.State, lead.Email, lead.ExternalCreated));
    }

    [Theory]
    [InlineData("(509) 555-1234")]
    [InlineData("509-555-1234")]
    [InlineData("509.555.1234")]
    [InlineData("5095551234")]
    [InlineData("1 509 555 1234")]
    [InlineData("+1 (509) 555-1234")]
    [InlineData(" +15095551234 ")]
    public void Read_PhoneInAnyForm_IsOneNumber(string phone) => Assert.Equal("+15095551234", Good(With("phoneNumber", phone)).Phone);

    [Theory]
    [InlineData("+1 787 555 0100")] // Puerto Rico
    [InlineData("+1 340 774 0100")] // US Virgin Islands
    [InlineData("+1 671 646 0100")] // Guam
    [InlineData("+1 684 633 0100")] // American Samoa
    [InlineData("+1 670 234 0100")] // Northern Mariana Islands
    [InlineData("+1 800 555 0199")]
    public void Read_PhoneOfATerritory_IsOfTheUs(string phone) => Assert.StartsWith("+1", Good(With("phoneNumber", phone)).Phone, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("call me")]
    [InlineData("555-1234")]
    [InlineData("(099) 555-1234")]
    [InlineData("+44 20 7946 0018")] // United Kingdom
    [InlineData("+52 55 1234 5678")] // Mexico
    [InlineData("+1 416 555 0100")] // Canada
    [InlineData("+1 876 926 0100")] // Jamaica
    [InlineData("+1 242 322 0100")] // Bahamas
    [InlineData("+692 247 0100")] // Marshall Islands
    public void Read_NoUsPhone_IsRefused(string phone) => Assert.Equal(["phoneNumber invalid_phone_number"], Wrong(With("phoneNumber", phone)));

    [Theory]
    [InlineData("""{"region":"CA"}""", "phoneNumber missing")]
    [InlineData("""{"region":"CA","phoneNumber":null}""", "phoneNumber missing")]
    [InlineData("""{"region":"CA","phoneNumber":5095551234}""", "phoneNumber not_a_string")]
    [InlineData("""{"region":"CA","phone":"5095551234"}""", "phoneNumber missing")]
    public void Read_NoPhone_IsRefused(string body, string wrong) => Assert.Equal([wrong], Wrong(body));

    [Fact]
    public void Read_NeitherRegionNorZipCode_NamesBoth() =>
        Assert.Equal(["region missing", "zipCode missing"], Wrong("""{"phoneNumber":"5095551234"}"""));

    [Theory]
    [InlineData("""{"phoneNumber":"5095551234","region":"XX"}""", "region invalid_region")]
    [InlineData("""{"phoneNumber":"5095551234","region":""}""", "region invalid_region")]
    [InlineData("""{"phoneNumber":"5095551234","region":"California"}""", "region invalid_region")]
    [InlineData("""{"phoneNumber":"5095551234","region":5}""", "region not_a_string")]
    [InlineData("""{"phoneNumber":"5095551234","zipCode":"00000"}""", "zipCode invalid_zip_code")]
    [InlineData("""{"phoneNumber":"5095551234","zipCode":"902"}""", "zipCode invalid_zip_code")]
    [InlineData("""{"phoneNumber":"5095551234","zipCode":90210}""", "zipCode not_a_string")]
    [InlineData("""{"phoneNumber":"5095551234","region":"CA","zipCode":"00000"}""", "zipCode invalid_zip_code")]
    [InlineData("""{"phoneNumber":"5095551234","region":"XX","zipCode":"90210"}""", "region invalid_region")]
    public void Read_BadRegionOrZipCode_IsNamed(string body, string wrong) => Assert.Equal([wrong], Wrong(body));

    [Theory]
    [InlineData("""{"phoneNumber":"5095551234","zipCode":"90210"}""", "CA")]
    [InlineData("""{"phoneNumber":"5095551234","zipCode":"90210-1234"}""", "CA")]
    [InlineData("""{"phoneNumber":"5095551234","zipCode":" 06390 "}""", "NY")]
    [InlineData("""{"phoneNumber":"5095551234","region":null,"zipCode":"99501"}""", "AK")]
    [InlineData("""{"phoneNumber":"5095551234","region":"wa","zipCode":"90210"}""", "WA")]
    [InlineData("""{"phoneNumber":"5095551234","region":" TX "}""", "TX")]
    public void Read_RegionElseZipCode_IsTheState(string body, string state) => Assert.Equal(state, Good(body).State);

    [Theory]
    [InlineData(" Someone@Example.COM ", "someone@example.com")]
    [InlineData("x@bücher.example", "x@xn--bcher-kva.example")]
    public void Read_Email_IsNormalized(string email, string normalized) => Assert.Equal(normalized, Good(With("email", email)).Email);

    [Theory]
    [InlineData("")]
    [InlineData("someone")]
    [InlineData("a@b@example.com")]
    public void Read_BadEmail_IsRefused(string email) => Assert.Equal(["email invalid_email"], Wrong(With("email", email)));

    [Fact]
    public void Read_ExternalCreated_IsThatMoment() => Assert.Equal(
        new DateTimeOffset(2022, 11, 16, 3, 4, 28, TimeSpan.Zero), Good(With("externalCreated", "2022-11-15T21:04:28-0600")).ExternalCreated);

    [Fact]
    public void Read_ExternalCreatedWithoutOffset_IsRefused() =>
        Assert.Equal(["externalCreated invalid_time"], Wrong(With("externalCreated", "2022-11-15T21:04:28")));

    [Theory]
    [InlineData("https://www.aktify.com")]
    [InlineData("http://example.com:8080/a?b=c&d=%20#e")]
    [InlineData("HTTPS://EXAMPLE.COM/")]
    [InlineData("https://bücher.example/straße")]
    public void Read_Link_IsAWebAddress(string link)
    {
        Assert.Equal(link, Good(With("link", link)).Sent.Link);
        Assert.Equal(link, Good(With("linkToShorten", link)).Sent.LinkToShorten);
    }

    [Theory]
    [InlineData("")]
    [InlineData("www.aktify.com")]
    [InlineData("//www.aktify.com")]
    [InlineData("/path")]
    [InlineData("ftp://example.com")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("mailto:a@example.com")]
    [InlineData("https:example.com")]
    [InlineData("https://")]
    [InlineData("https://example.com/a b")]
    [InlineData("https://example.com/\r\nSet-Cookie: a=b")]
    [InlineData(" https://example.com")]
    [InlineData("https://ح-/")]
    [InlineData("https://_髹l.example/")]
    public void Read_NoWebAddress_IsRefused(string link)
    {
        Assert.Equal(["link invalid_link"], Wrong(With("link", link)));
        Assert.Equal(["linkToShorten invalid_link"], Wrong(With("linkToShorten", link)));
    }

    [Fact]
    public void Read_LinkAndLinkToShorten_AreMutuallyExclusive() => Assert.Equal(
        ["link mutually_exclusive", "linkToShorten mutually_exclusive"],
        Wrong("""{"phoneNumber":"5095551234","region":"CA","link":"https://a.example","linkToShorten":"https://b.example"}"""));

    [Fact]
    public void Read_LinkToShorten_IsInAscii() =>
        Assert.Equal("https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%BC", Good(With("linkToShorten", "https://bücher.example/straße?q=ü")).LongLink);

    [Fact]
    public void Read_NeitherLink_IsFine() => Assert.Null(Good(With("firstName", "John")).LongLink);

    [Fact]
    public void Read_Metadata_KeepsNamesAndOrder()
    {
        var lead = Good("""{"phoneNumber":"5095551234","region":"CA","metadata":{"customField2":"value2","CustomField1":"","":"x"}}""");
        Assert.Equal<KeyValuePair<string, string>>([new("customField2", "value2"), new("CustomField1", ""), new("", "x")], lead.Sent.Metadata!.Value);
    }

    [Theory]
    [InlineData("""[]""", "metadata not_an_object")]
    [InlineData(""" "x" """, "metadata not_an_object")]
    [InlineData("""{"a":1}""", "metadata.a not_a_string")]
    [InlineData("""{"a":null}""", "metadata.a not_a_string")]
    [InlineData("""{"a":true}""", "metadata.a not_a_string")]
    [InlineData("""{"a":{}}""", "metadata.a not_a_string")]
    [InlineData("""{"a":["x"]}""", "metadata.a not_a_string")]
    [InlineData("""{"a":"\u0000"}""", "metadata.a null_character")]
    [InlineData("""{"\u0000":"a"}""", "metadata invalid_name")]
    public void Read_BadMetadata_IsNamed(string metadata, string wrong) =>
        Assert.Equal([wrong], Wrong($$"""{"phoneNumber":"5095551234","region":"CA","metadata":{{metadata}}}"""));

    [Fact]
    public void Read_NullMetadata_WasNotSent() => Assert.Null(Good("""{"phoneNumber":"5095551234","region":"CA","metadata":null}""").Sent.Metadata);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Read_ManyMetadata_UpToTheLimit(int count, bool isGood)
    {
        var values = new JsonObject(Enumerable.Range(0, count).Select(number => KeyValuePair.Create($"n{number}", (JsonNode?)"v")));
        var wrong = Wrong($$"""{"phoneNumber":"5095551234","region":"CA","metadata":{{values.ToJsonString()}}}""");
        Assert.Equal(isGood ? [] : ["metadata too_many_values"], wrong);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Read_LongName_UpToTheLimit(int length, bool isGood)
    {
        var wrong = Wrong($$$"""{"phoneNumber":"5095551234","region":"CA","metadata":{"{{{new string('n', length)}}}":"v"}}""");
        Assert.Equal(isGood ? [] : ["metadata invalid_name"], wrong);
    }

    [Theory]
    [InlineData("externalLeadId")]
    [InlineData("firstName")]
    [InlineData("lastName")]
    [InlineData("source")]
    public void Read_LongText_UpToTheLimit(string field)
    {
        Assert.Empty(Wrong(With(field, new string('x', 4_096))));
        Assert.Equal([$"{field} value_too_long"], Wrong(With(field, new string('x', 4_097))));
        Assert.Equal([$"{field} value_too_long"], Wrong(With(field, new string('ü', 2_049))));
        Assert.Equal([$"{field} null_character"], Wrong(With(field, "x\0")));
    }

    [Fact]
    public void Read_EverythingWrong_NamesEveryField()
    {
        var wrong = Wrong(
            """
            {"phoneNumber":"x","region":"x","zipCode":"x","email":"x","externalCreated":"x","externalLeadId":1,"firstName":[],"lastName":{},
             "source":true,"link":"x","linkToShorten":"x","metadata":{"a":1,"b":2}}
            """);
        Assert.Equal(
            [
                "email", "externalCreated", "externalLeadId", "firstName", "lastName", "link", "linkToShorten", "metadata.a", "metadata.b",
                "phoneNumber", "region", "source", "zipCode",
            ],
            wrong.Select(problem => problem.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_UnknownFields_AreIgnored() =>
        Assert.Empty(Wrong("""{"phoneNumber":"5095551234","region":"CA","nickname":5,"Region":"XX","phone":{"a":1e999}}"""));

    [Fact]
    public void ToCommand_Lead_IsIdentifiedByItsPhoneAlone()
    {
        var lead = Good(
            """
            {"phoneNumber":"(509) 555-1234","zipCode":" 90210 ","email":" Someone@example.com","externalCreated":"2022-11-15T21:04:28-0600",
             "externalLeadId":"id","firstName":"John","lastName":" ","source":"src","metadata":{"Plan":"\"pro\""}}
            """);
        var stamp = new RequestStamp { Id = Guid.NewGuid(), ReceivedAt = Samples.Noon };
        var command = lead.ToCommand(5, stamp, "https://l.example/l/x", new ShortLink("x", "https://example.com/"));
        Assert.Equal((5, "+15095551234", "someone@example.com"), (command.CampaignId, command.Phone, command.Email));
        Assert.Equal((true, Identification.Phone, false), (command.MustBeNew, command.IdentifiedBy, command.MustExist));
        Assert.Equal(new ShortLink("x", "https://example.com/"), command.ShortLink);
        Assert.Equal<CustomField>([new("Plan", "\"\\\"pro\\\"\"")], command.Patch.CustomFields);
        Assert.Equal(
            new LeadPatch
            {
                FirstName = "John",
                Uid = "id",
                Source = "src",
                ContactEmail = "someone@example.com",
                PhoneAsSent = "(509) 555-1234",
                Region = "CA",
                ZipCode = "90210",
                Link = "https://l.example/l/x",
                ExternalCreatedAt = new DateTimeOffset(2022, 11, 16, 3, 4, 28, TimeSpan.Zero),
            },
            command.Patch with { CustomFields = [], Utm = [] });
    }

    private static string With(string field, string value)
    {
        var body = new JsonObject { ["phoneNumber"] = "5095551234", ["region"] = "CA", [field] = value };
        return body.ToJsonString();
    }

    private static Submission Good(string body)
    {
        var read = Read(body);
        Assert.True(read.IsGood, string.Join(", ", read.Fault?.Details ?? []));
        return read.Value;
    }

    private static string[] Wrong(string body)
    {
        var read = Read(body);
        if (read.IsGood) return [];
        Assert.Equal((400, "invalid_fields"), (read.Fault.Status, read.Fault.Code));
        return [.. read.Fault.Details.Select(detail => $"{detail.Parameter} {detail.Code}")];
    }

    private static Checked<Submission> Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        return SubmissionRules.Read(document.RootElement);
    }
}
