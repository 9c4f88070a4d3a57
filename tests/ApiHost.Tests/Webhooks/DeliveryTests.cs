using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;

namespace LeadEngine.ApiHost.Tests.Webhooks;

/// <summary>Webhooks of the whole program, to a server on loopback.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly LeadEngineApplication _engine =
        new() { Settings = { ["Webhooks:AllowedHosts:0"] = "127.0.0.1", ["Webhooks:IdlePause"] = "00:00:00.020" } };

    private Receiver _receiver = null!;

    public async Task InitializeAsync()
    {
        await _engine.InitializeAsync();
        _receiver = await Receiver.Start();
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task SignUp_KickoffLabs_TellsOfTheLeadSigned()
    {
        var campaign = await _engine.CreateCampaign();
        var webhook = await Subscribe(campaign, "kickofflabs", "signup");

        await SignUp(campaign, "ada@example.com");
        var told = await _receiver.Next();

        var body = told.Json;
        Assert.Equal("new_signup", body.GetProperty("__event").GetString());
        Assert.Equal("ada@example.com", body.GetProperty("email").GetString());
        var secret = Convert.FromBase64String(webhook.GetProperty("secret").GetString()!["whsec_".Length..]);
        var (id, time) = (told.Headers["webhook-id"], told.Headers["webhook-timestamp"]);
        Assert.StartsWith("evt_", id, StringComparison.Ordinal);
        Assert.Equal(
            "v1," + Convert.ToBase64String(Digest(secret, $"{id}.{time}.", told.Body)),
            told.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task SignUp_EventsOfOneLead_ComeInOrder()
    {
        var campaign = await _engine.CreateCampaign();
        await Subscribe(campaign, "kickofflabs", "signup", "repeat_signup");

        await SignUp(campaign, "ada@example.com");
        await SignUp(campaign, "ada@example.com");

        Assert.Equal("new_signup", (await _receiver.Next()).Json.GetProperty("__event").GetString());
        Assert.Equal("repeat_signup", (await _receiver.Next()).Json.GetProperty("__event").GetString());
    }

    [Fact]
    public async Task SignUp_Aktify_HasItsBodyAndSignature()
    {
        var campaign = await _engine.CreateCampaign();
        var webhook = await Subscribe(campaign, "aktify", "signup");

        await _engine.Client.PostAsJsonAsync(
            $"/v2/{campaign.Id}", new { api_key = campaign.ApiKey, email = "ada@example.com", phone_number = "+12065550100", first_name = "Ada" });
        var told = await _receiver.Next();

        var body = told.Json;
        Assert.Equal("campaign.lead_created", body.GetProperty("metadata").GetProperty("eventType").GetString());
        Assert.Equal("+12065550100", body.GetProperty("data").GetProperty("phone").GetString());
        Assert.Equal("Ada", body.GetProperty("data").GetProperty("firstName").GetString());
        var parts = told.Headers["aktify-signature"].Split(',');
        var time = parts[0]["t=".Length..];
        var key = Encoding.UTF8.GetBytes(webhook.GetProperty("secret").GetString()!);
        Assert.Equal("v2=" + Convert.ToHexStringLower(Digest(key, $"{time}.", told.Body)), parts[1]);
    }

    [Fact]
    public async Task SignUp_ReceiverAnswers410_DisablesTheWebhookAndKeepsADeadLetter()
    {
        var campaign = await _engine.CreateCampaign();
        var webhook = await Subscribe(campaign, "sendkit", "signup");
        _receiver.Answers.Enqueue(Receiver.Status(StatusCodes.Gone));

        await SignUp(campaign, "ada@example.com");
        var first = await _receiver.Next();

        await Eventually(async () => !(await Webhooks(campaign)).Single().GetProperty("enabled").GetBoolean());
        var dead = await _engine.Admin.GetFromJsonAsync<JsonElement>($"{Path(campaign)}/{Id(webhook)}/dead-letters");
        Assert.Equal(410, dead.GetProperty("dead_letters")[0].GetProperty("status").GetInt32());
        await _engine.Admin.PatchAsJsonAsync($"{Path(campaign)}/{Id(webhook)}", new { enabled = true });
        await _engine.Admin.PostAsJsonAsync($"{Path(campaign)}/{Id(webhook)}/replay", new { });
        var again = await _receiver.Next();
        Assert.Equal(first.Headers["webhook-id"], again.Headers["webhook-id"]);
        Assert.Equal("lead.created", again.Headers["X-Webhook-Event"]);
    }

    [Fact]
    public async Task SignUp_ReceiverRedirects_IsNotFollowed()
    {
        var campaign = await _engine.CreateCampaign();
        await Subscribe(campaign, "kickofflabs", "signup");
        _receiver.Answers.Enqueue(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });

        var lead = await SignUp(campaign, "ada@example.com");
        await _receiver.Next();

        var log = default(JsonElement);
        await Eventually(async () =>
        {
            log = await _engine.Admin.GetFromJsonAsync<JsonElement>($"/admin/accounts/{campaign.AccountId}/leads/{lead}/deliveries");
            return log.GetProperty("deliveries").GetArrayLength() > 0;
        });
        var entry = log.GetProperty("deliveries")[0];
        Assert.Equal(("try_again", 302), (entry.GetProperty("fate").GetString(), entry.GetProperty("status").GetInt32()));
        Assert.True(_receiver.IsQuiet);
    }

    [Theory]
    [InlineData("""{"channel":"mail","url":"https://x.org","events":["signup"]}""")]
    [InlineData("""{"channel":"aktify","url":"ftp://x.org","events":["signup"]}""")]
    [InlineData("""{"channel":"aktify","url":"https://x.org","events":[]}""")]
    [InlineData("""{"channel":"aktify","url":"https://x.org","events":["what"]}""")]
    [InlineData("""{"channel":"aktify","url":"https://x.org","events":["signup"],"retries":11}""")]
    public async Task Create_BadBody_IsRefused(string body)
    {
        var campaign = await _engine.CreateCampaign();

        var answer = await _engine.Admin.PostAsync(Path(campaign), new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await Webhooks(campaign));
    }

    private async Task<JsonElement> Subscribe(HttpCampaign campaign, string channel, params string[] events)
    {
        var answer = await _engine.Admin.PostAsJsonAsync(
            Path(campaign), new { channel, url = $"{_receiver.Url}/hook", events, campaign_id = campaign.Id });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<long> SignUp(HttpCampaign campaign, string email)
    {
        var answer = await _engine.Client.PostAsJsonAsync($"/v2/{campaign.Id}", new { api_key = campaign.ApiKey, email });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
    }

    private async Task<JsonElement[]> Webhooks(HttpCampaign campaign) =>
        [.. (await _engine.Admin.GetFromJsonAsync<JsonElement>(Path(campaign))).GetProperty("webhooks").EnumerateArray()];

    // What came of a try is noted a moment after the receiver has it; a deadline ends the wait.
    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition()) patience.Token.ThrowIfCancellationRequested();
    }

    private static byte[] Digest(byte[] key, string before, byte[] body)
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(before), .. body];
        return HMACSHA256.HashData(key, text);
    }

    private static string Path(HttpCampaign campaign) => $"/admin/accounts/{campaign.AccountId}/webhooks";

    private static long Id(JsonElement webhook) => webhook.GetProperty("id").GetInt64();

    private static class StatusCodes
    {
        public const int Gone = 410;
    }
}
