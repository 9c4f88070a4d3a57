using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;

namespace LeadEngine.ApiHost.Tests.Webhooks;

/// <summary>SendKit's endpoints for webhooks.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly LeadEngineApplication _engine = new() { Settings = { ["Webhooks:AllowedHosts:0"] = "127.0.0.1" } };
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        await _engine.InitializeAsync();
        var campaign = await _engine.CreateCampaign();
        _client = _engine.NewClient();
        _client.DefaultRequestHeaders.Add("X-Api-Key", campaign.ApiKey);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Create_LeastMembers_HasTheDefaults()
    {
        var made = await Create("https://x.org/hook");

        Assert.Equal(64, made.GetProperty("secret").GetString()!.Length);
        Assert.Equal((3, 10_000, true), (made.GetProperty("retryAttempts").GetInt32(), made.GetProperty("timeoutMs").GetInt32(), made.GetProperty("isActive").GetBoolean()));
        var listed = Assert.Single((await Data(await _client.GetAsync("/v1/webhooks"))).EnumerateArray());
        Assert.Equal(made.GetProperty("_id").GetString(), listed.GetProperty("_id").GetString());
        Assert.False(listed.TryGetProperty("secret", out _));
    }

    [Theory]
    [InlineData("""{"url":"https://x.org","events":["lead.created"]}""")]
    [InlineData("""{"name":"a","events":["lead.created"]}""")]
    [InlineData("""{"name":"a","url":"x.org","events":["lead.created"]}""")]
    [InlineData("""{"name":"a","url":"https://x.org"}""")]
    [InlineData("""{"name":"a","url":"https://x.org","events":["lead.born"]}""")]
    [InlineData("""{"name":"a","url":"https://x.org","events":["lead.created"],"retryAttempts":11}""")]
    [InlineData("""{"name":"a","url":"https://x.org","events":["lead.created"],"timeoutMs":999}""")]
    public async Task Create_WrongBody_IsRefused(string body)
    {
        var answer = await _client.PostAsync("/v1/webhooks", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, (await Data(await _client.GetAsync("/v1/webhooks"))).GetArrayLength());
    }

    [Fact]
    public async Task Change_SomeMembers_LeavesTheOthers()
    {
        var made = await Create("https://x.org/hook");
        var path = $"/v1/webhooks/{made.GetProperty("_id").GetString()}";

        var changed = await Data(await _client.PatchAsJsonAsync(path, new { retryAttempts = 0, isActive = false }));

        Assert.Equal(("https://x.org/hook", 0, false), (changed.GetProperty("url").GetString(), changed.GetProperty("retryAttempts").GetInt32(), changed.GetProperty("isActive").GetBoolean()));
        Assert.Equal(HttpStatusCode.OK, (await _client.DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Test_Receiver_GetsASignedTrial()
    {
        await using var receiver = await Receiver.Start();
        var made = await Create($"{receiver.Url}/hook");

        var answer = await Data(await _client.PostAsync($"/v1/webhooks/{made.GetProperty("_id").GetString()}/test", null));
        var got = await receiver.Next();

        Assert.Equal((true, 200), (answer.GetProperty("delivered").GetBoolean(), answer.GetProperty("statusCode").GetInt32()));
        Assert.Equal("webhook.test", got.Headers["X-Webhook-Event"]);
        var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(made.GetProperty("secret").GetString()!), got.Body);
        Assert.Equal(Convert.ToHexStringLower(digest), got.Headers["X-Webhook-Signature"]);
    }

    private async Task<JsonElement> Create(string url)
    {
        var answer = await _client.PostAsJsonAsync("/v1/webhooks", new { name = "hook", url, events = (string[])["lead.created"] });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await Data(answer);
    }

    private static async Task<JsonElement> Data(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
}
