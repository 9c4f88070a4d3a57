using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Engine;

/// <summary>Bodies that nobody sends by mistake. None may end in a 5xx, none may change anything.</summary>
public abstract class HostileInputTests(LeadEngineApplication app)
{
    [ContractTheory]
    [InlineData("", "406 missing_identifier")]
    [InlineData("{}", "406 missing_identifier")]
    [InlineData("[]", "400 invalid_json")]
    [InlineData("null", "400 invalid_json")]
    [InlineData("{\"email\":", "400 invalid_json")]
    [InlineData("""{"email":"ada@example.com"}}""", "400 invalid_json")]
    [InlineData("""{"email":"ada@example.com","x":"\ud800"}""", "400 invalid_json")]
    [InlineData("""{"email":"ada@example.com","x":"\u0000"}""", "406 invalid_parameter")]
    [InlineData("""{"email":"ada@example.com","x":1e99999}""", "406 invalid_parameter")]
    [InlineData("""{"email":{"email":"ada@example.com"}}""", "406 invalid_parameter")]
    [InlineData("""{"email":["ada@example.com"]}""", "406 invalid_parameter")]
    [InlineData("""{"email":123}""", "406 invalid_email")]
    [InlineData("""{"email":"ada@example.com\u0000"}""", "406 invalid_parameter")]
    [InlineData("""{"email":"a@@example.com"}""", "406 invalid_email")]
    [InlineData("""{"email":"@example.com"}""", "406 invalid_email")]
    [InlineData("""{"email":"ada@example"}""", "406 invalid_email")]
    [InlineData("""{"phone_number":"12345"}""", "406 invalid_phone_number")]
    [InlineData("""{"phone_number":false}""", "406 invalid_parameter")]
    [InlineData("""{"email":"ada@example.com","api_key":{}}""", "406 invalid_parameter")]
    public async Task SignUp_BadBody_IsRefused(string body, string expected)
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal(expected, await Post(campaign, Encoding.UTF8.GetBytes(body)).Error());
        Assert.Empty(await campaign.Leads());
    }

    [ContractFact]
    public async Task SignUp_DeepNesting_IsRefused() =>
        Assert.Equal("400 invalid_json", await Post($$"""{"email":"ada@example.com","x":{{new string('[', 100_000)}}""").Error());

    [ContractFact]
    public async Task SignUp_BrokenUtf8_IsRefused() =>
        Assert.Equal("400 invalid_json", await Post(await app.CreateCampaign(), [.. "{\"email\":\"ada@example.com\",\"x\":\""u8, 0xFF, .. "\"}"u8]).Error());

    [ContractFact]
    public async Task SignUp_BodyOverOneMebibyte_IsRefused() =>
        Assert.Equal("413 body_too_large", await Post($$"""{"email":"ada@example.com","x":"{{new string('x', 1 << 20)}}"}""").Error());

    [ContractTheory]
    [InlineData(1 << 20, "406 missing_identifier")]
    [InlineData((1 << 20) + 1, "413 body_too_large")]
    public async Task SignUp_ChunkedBody_IsTakenUpToOneMebibyte(int length, string expected)
    {
        var campaign = await app.CreateCampaign();
        using var request = new HttpRequestMessage(HttpMethod.Post, campaign.Path)
        {
            Content = new StringContent("{}".PadRight(length), Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = true },
        };
        Assert.Equal(expected, await app.Client.SendAsync(request).Error());
    }

    [ContractFact]
    public async Task SignUp_ValueOverFourKibibytes_IsRefused() =>
        Assert.Equal("406 value_too_long", await Post($$"""{"email":"ada@example.com","x":"{{new string('x', 1 << 19)}}"}""").Error());

    [ContractFact]
    public async Task SignUp_TensOfThousandsOfFields_AreRefused() =>
        Assert.Equal("406 too_many_custom_fields", await Post(
            $$"""{"email":"ada@example.com",{{string.Join(',', Enumerable.Range(0, 60_000).Select(number => $"\"f{number}\":1"))}}}""").Error());

    [ContractFact]
    public async Task SignUp_Duplicates_TheLastCounts()
    {
        var lead = await Post("""{"email":"first@example.com","Plan":"a","email":"last@example.com","plan":"b"}""").Json();
        Assert.Equal("""{"plan":"b"}""", lead.GetProperty("custom_fields").GetRawText());
    }

    [ContractTheory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    public async Task SignUp_OtherContentType_IsRefused(string contentType) =>
        Assert.Equal("415 unsupported_content_type", await Post(await app.CreateCampaign(), "{}"u8.ToArray(), contentType).Error());

    [ContractFact]
    public async Task SignUp_LargestRequest_IsTakenWhole()
    {
        var campaign = await app.CreateCampaign();
        var value = new string('x', 4_094);
        var fields = string.Join(',', Enumerable.Range(0, 100).Select(number => $"\"{new string('n', 252)}{number:000}\":\"{value}\""));
        Assert.Equal(1, (await Post(campaign, Encoding.UTF8.GetBytes($$"""{"email":"ada@example.com",{{fields}}}""")).Json()).Number("rank"));
        var stored = (await campaign.Leads()).Single().GetProperty("custom_fields");
        Assert.Equal(100, stored.EnumerateObject().Count());
        Assert.All(stored.EnumerateObject(), field => Assert.Equal(value, field.Value.GetString()));
    }

    [ContractFact]
    public async Task SignUp_ChunkThatIsTooLong_IsRefusedAndEndsTheConnection()
    {
        var address = app.Client.BaseAddress!;
        using var client = new TcpClient(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("POST /v2/1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n80000000\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Contains("\"invalid_request\"", answer, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Post(string body) => await Post(await app.CreateCampaign(), Encoding.UTF8.GetBytes(body));

    private Task<HttpResponseMessage> Post(HttpCampaign campaign, byte[] body, string contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return app.Client.PostAsync(campaign.Path, content);
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteHostileInputTests(LeadEngineApplication app) : HostileInputTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresHostileInputTests(PostgresLeadEngineApplication app) : HostileInputTests(app);
