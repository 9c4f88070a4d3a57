using System.Text;
using LeadEngine.ApiHost.Dialects.KickoffLabs;
using LeadEngine.ApiHost.Http;
using Microsoft.AspNetCore.Http;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

public sealed class ParameterReaderTests
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task Read_BodyQueryAndLink_CountInThatOrder()
    {
        var parameters = await Read(
            Json,
            """{"first_name":"Body","plan":"body","__url":"https://x.example/?first_name=Link&last_name=Link&phone_number=1&plan=link&utm_source=link"}""",
            "?first_name=Query&last_name=Query&plan=query&utm_source=query");
        Assert.Equal("Body", parameters.Text(Parameter.FirstName));
        Assert.Equal("Query", parameters.Text(Parameter.LastName));
        Assert.Equal("1", parameters.Text(Parameter.PhoneNumber));
        Assert.Equal("\"body\"", Assert.Single(parameters.CustomFields).Json);
        Assert.Equal(new("source", "query"), Assert.Single(parameters.Utm));
    }

    [Theory]
    [InlineData(Json, """{"email":"ada@example.com","Company":"Example Co"}""")]
    [InlineData(Form, "email=ada%40example.com&Company=Example+Co")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nada@example.com\r\n--b\r\nContent-Disposition: form-data; name=\"Company\"\r\n\r\nExample Co\r\n--b--")]
    public async Task Read_AnyForm_GivesTheSame(string contentType, string body)
    {
        var parameters = await Read(contentType, body);
        Assert.Equal("ada@example.com", parameters.Text(Parameter.Email));
        Assert.Equal(new("company", "\"Example Co\""), Assert.Single(parameters.CustomFields));
    }

    [Fact]
    public async Task Read_NoBody_TakesTheQuery() =>
        Assert.Equal("ada+1@example.com", (await Read(null, "", "?email=ada%2B1@example.com")).Text(Parameter.Email));

    [Fact]
    public async Task Read_EmptyJsonBody_TakesTheQuery() =>
        Assert.Equal("ada@example.com", (await Read(Json, " \r\n", "?email=ada@example.com")).Text(Parameter.Email));

    [Fact]
    public async Task Read_LinkInQuery_IsMergedToo() =>
        Assert.Equal("AAAAAAAA", (await Read(null, "", "?__url=https%3A%2F%2Fx.example%2F%3Fkid%3DAAAAAAAA%23top")).Text(Parameter.Kid));

    [Theory]
    [InlineData("api_key", Parameter.ApiKey)]
    [InlineData("points", Parameter.Points)]
    [InlineData("ip", Parameter.Ip)]
    [InlineData("must_exist", Parameter.MustExist)]
    [InlineData("redirect_url", Parameter.RedirectUrl)]
    [InlineData("list_id", Parameter.ListId)]
    [InlineData("__skip_urls", Parameter.SkipUrls)]
    [InlineData("__uid", Parameter.Uid)]
    public async Task Read_Link_GivesNoRightsAndNoCommands(string name, object parameter)
    {
        var parameters = await Read(Json, $$"""{"__url":"https://x.example/?{{name}}=1"}""");
        Assert.Null(parameters.Text((Parameter)parameter));
        Assert.Empty(parameters.CustomFields);
    }

    [Fact]
    public async Task Read_LinkThatIsNoAddress_SaysNothing()
    {
        var parameters = await Read(Json, """{"__url":"not an address?email=%FF&a=%C3"}""");
        Assert.Null(parameters.Text(Parameter.Email));
        Assert.Null(parameters.Problems.ToFault());
    }

    [Theory]
    [InlineData(Json, "{")]
    [InlineData(Json, "[]")]
    [InlineData(Json, "\"text\"")]
    [InlineData(Json, "null")]
    [InlineData(Json, """{"a":1}{""")]
    [InlineData(Json, """{"a":01}""")]
    [InlineData(Json, """{"a":"\ud800"}""")]
    [InlineData(Json, """{"\ud800":1}""")]
    [InlineData(Json, """{'a':1}""")]
    [InlineData(Json, """{"a":NaN}""")]
    public async Task Read_BadJson_AsksToVerifyIt(string contentType, string body)
    {
        var read = await TryRead(contentType, Encoding.UTF8.GetBytes(body), "");
        Assert.Equal(400, read.Fault!.Status);
        Assert.Contains("verify the JSON payload", read.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public async Task Read_NestedJson_TakesThirtyTwoLevels(int arrays, bool isGood)
    {
        var body = $$"""{"a":{{new string('[', arrays)}}{{new string(']', arrays)}}}""";
        Assert.Equal(isGood, (await TryRead(Json, Encoding.UTF8.GetBytes(body), "")).IsGood);
    }

    [Theory]
    [InlineData(Json, "invalid_json")]
    [InlineData(Form, "invalid_form")]
    public async Task Read_BrokenUtf8_IsRefused(string contentType, string code)
    {
        byte[] body = [.. "{\"a\":\""u8, 0xC3, .. "\"}"u8];
        Assert.Equal(code, (await TryRead(contentType, body, "")).Fault!.Code);
    }

    [Fact]
    public async Task Read_BrokenUtf8InQuery_IsRefused() => Assert.Equal("invalid_query", (await TryRead(null, [], "?email=%FF")).Fault!.Code);

    [Theory]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Read_BodyOfAnotherType_IsRefused(string? contentType) =>
        Assert.Equal(415, (await TryRead(contentType, [.. "email=ada@example.com"u8], "")).Fault!.Status);

    [Fact]
    public async Task Read_ByteOrderMark_IsPassedOver() =>
        Assert.Equal("a@b.c", (await Read(Json, "\uFEFF{\"email\":\"a@b.c\"}")).Text(Parameter.Email));

    [Fact]
    public async Task Read_Duplicates_TheLastCounts()
    {
        var parameters = await Read(Json, """{"email":"first@example.com","Plan":1,"plan":2,"email":"last@example.com"}""", "?a=1&a=2");
        Assert.Equal("last@example.com", parameters.Text(Parameter.Email));
        Assert.Equal([new("plan", "2"), new("a", "\"2\"")], parameters.CustomFields);
    }

    [Fact]
    public async Task Read_CustomFields_KeepTheirJson()
    {
        var parameters = await Read(
            Json, """{"text":"é\n\"","number":1.50,"yes":true,"none":null,"list":[1, {"a":"b"}],"map":{ "k": [ ] }}""");
        Assert.Equal(
            [
                new("text", """
                    "é\n\""
                    """),
                new("number", "1.50"), new("yes", "true"), new("none", "null"), new("list", """[1, {"a":"b"}]"""), new("map", """{ "k": [ ] }"""),
            ],
            parameters.CustomFields);
    }

    [Theory]
    [InlineData("controller")]
    [InlineData("action")]
    [InlineData("list_id")]
    [InlineData("landing_page_id")]
    [InlineData("kid")]
    [InlineData("kolid")]
    [InlineData("ip")]
    [InlineData("ip_address")]
    [InlineData("email")]
    [InlineData("Email")]
    [InlineData("_private")]
    [InlineData("__uid")]
    [InlineData("utm_source")]
    [InlineData("utm_")]
    [InlineData("")]
    public async Task Read_ReservedNames_AreNoCustomFields(string name)
    {
        Assert.Empty((await Read(Json, $$"""{"{{name}}":"x"}""")).CustomFields);
        Assert.Empty((await Read(Form, $"{name}=x")).CustomFields);
    }

    [Fact]
    public async Task Read_NamesInAnyCase_AreLowered()
    {
        var parameters = await Read(Json, """{"Email":"a@b.c","ÉCOLE":"x","__DO_NOT_RESET_OPT_OUT":1,"campaignId":5}""");
        Assert.Equal("a@b.c", parameters.Text(Parameter.Email));
        Assert.Equal("école", Assert.Single(parameters.CustomFields).Name);
        Assert.True(parameters.IsProvided(Parameter.KeepOptOut));
        Assert.Equal("5", parameters.Text(Parameter.CamelCampaignId));
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(5_000, false)]
    public async Task Read_LongNames_AreRefusedNotCut(int length, bool isGood)
    {
        var name = new string('n', length);
        Assert.Equal(isGood, await IsGood(Json, $$"""{"{{name}}":1}"""));
        Assert.Equal(isGood, await IsGood(Form, $"{name}=1"));
    }

    [Theory]
    [InlineData(4_094, true)]
    [InlineData(4_095, false)]
    public async Task Read_LongCustomValues_AreRefusedNotCut(int length, bool isGood)
    {
        var value = new string('v', length);
        Assert.Equal(isGood, await IsGood(Json, $$"""{"a":"{{value}}"}"""));
    }

    [Fact]
    public async Task Read_CustomFieldsOverTheirNumber_AreRefused()
    {
        Assert.True(await IsGood(Json, Fields(100)));
        Assert.False(await IsGood(Json, Fields(101)));
        Assert.True(await IsGood(Json, "{" + string.Join(',', Enumerable.Repeat("\"same\":1", 101)) + "}"));

        static string Fields(int count) => "{" + string.Join(',', Enumerable.Range(0, count).Select(number => $"\"f{number}\":1")) + "}";
    }

    [Fact]
    public async Task Read_ThousandsOfParameters_AreRefused()
    {
        var read = await Read(Json, "{" + string.Join(',', Enumerable.Repeat("\"_x\":1", 1_001)) + "}");
        Assert.Equal("too_many_parameters", read.Problems.ToFault()!.Code);
    }

    [Theory]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"a":{"b":["\u0000"]}}""")]
    [InlineData("""{"a":1e400}""")]
    [InlineData("""{"a":[-1e400]}""")]
    [InlineData("""{"a\u0000":1}""")]
    public async Task Read_WhatNoDatabaseKeeps_IsRefused(string body) => Assert.False(await IsGood(Json, body));

    [Fact]
    public async Task Read_NullCharacterInForm_IsRefused() => Assert.False(await IsGood(Form, "a=%00"));

    [Theory]
    [InlineData("""{"utm_source":7}""", "7")]
    [InlineData("""{"UTM_Source":"News"}""", "News")]
    public async Task Read_Utm_LosesItsPrefix(string body, string value) =>
        Assert.Equal(new("source", value), Assert.Single((await Read(Json, body)).Utm));

    [Fact]
    public async Task Read_UtmThatIsNoText_IsRefused() => Assert.False(await IsGood(Json, """{"utm_source":{}}"""));

    private static async Task<bool> IsGood(string contentType, string body) =>
        (await Read(contentType, body)).Problems.ToFault() is not { Status: 406 };

    private static async Task<ParameterSet> Read(string? contentType, string body, string query = "") =>
        (await TryRead(contentType, Encoding.UTF8.GetBytes(body), query)).Value!;

    private static ValueTask<Checked<ParameterSet>> TryRead(string? contentType, byte[] body, string query)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = contentType;
        request.QueryString = new QueryString(query);
        return ParameterReader.Read(request, body);
    }
}
