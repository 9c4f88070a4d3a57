using System.Net;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Leads;
using LeadEngine.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Engine;

/// <summary>Requests under an idempotency key, sent again.</summary>
public abstract class RepeatTests(LeadEngineApplication app)
{
    private static readonly object Ada = new { email = "ada@example.com", plan = "pro" };

    [ContractFact]
    public async Task SignUp_Repeated_IsReplayed()
    {
        var campaign = await app.CreateCampaign();
        using var first = await campaign.SignUp(Ada, "k1");
        using var second = await campaign.SignUp(Ada, "k1");
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(1, (await campaign.LookUp("email=ada@example.com").Json()).Number("counter"));
    }

    [ContractFact]
    public async Task SignUp_UpdateRepeated_CountsOnce()
    {
        var campaign = await app.CreateCampaign();
        await campaign.SignUp(Ada);
        await campaign.SignUpAsOwner(new { email = "ada@example.com", points = 5 }, "k1");
        await campaign.SignUpAsOwner(new { email = "ada@example.com", points = 5 }, "k1");
        var ada = await campaign.LookUp("email=ada@example.com").Json();
        Assert.Equal((2, 5), (ada.Number("counter"), ada.Number("contest_score")));
    }

    [ContractFact]
    public async Task SignUp_KeyWithAnotherRequest_IsRefused()
    {
        var campaign = await app.CreateCampaign();
        await campaign.SignUp(Ada, "k1");
        Assert.Equal("422 idempotency_key_reused", await campaign.SignUp(new { email = "bob@example.com" }, "k1").Error());
        Assert.Single(await campaign.Leads());
    }

    [ContractFact]
    public async Task SignUp_KeyOfAnotherCredentialOrCampaign_IsAnother()
    {
        var (campaign, other) = (await app.CreateCampaign(), await app.CreateCampaign());
        await campaign.SignUp(Ada, "k1");
        await campaign.SignUpAsOwner(Ada, "k1");
        Assert.Equal(2, (await campaign.LookUp("email=ada@example.com").Json()).Number("counter"));
        Assert.Equal(1, (await other.SignUp(Ada, "k1").Json()).Number("counter"));
    }

    [ContractFact]
    public async Task SignUp_Refused_MayBeTriedAgainUnderTheSameKey()
    {
        var campaign = await app.CreateCampaign();
        await campaign.Change(new { status = "ended" });
        Assert.Equal("423 campaign_ended", await campaign.SignUp(Ada, "k1").Error());
        await campaign.Change(new { status = "open" });
        Assert.Equal(1, (await campaign.SignUp(Ada, "k1").Json()).Number("rank"));
    }

    [ContractFact]
    public async Task SignUp_InvalidUnderAKey_DoesNotSpendIt()
    {
        var campaign = await app.CreateCampaign();
        Assert.Equal("406 invalid_email", await campaign.SignUp(new { email = "ada" }, "k1").Error());
        Assert.Equal(1, (await campaign.SignUp(Ada, "k1").Json()).Number("rank"));
    }

    [ContractFact]
    public async Task SignUp_OnePersonUnderManyKeysAtOnce_CountsEachOnce()
    {
        var campaign = await app.CreateCampaign();
        var responses = await Task.WhenAll(Enumerable.Range(0, 300).Select(number => campaign.SignUp(Ada, $"k{number}")));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(300, (await campaign.LookUp("email=ada@example.com").Json()).Number("counter"));
    }

    [ContractFact]
    public async Task SignUp_ManyUnderOneKeyAtOnce_HaveOneEffect()
    {
        var campaign = await app.CreateCampaign();
        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => campaign.SignUp(Ada, "k1")));
        Assert.All(responses, response => Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Conflict]));
        Assert.Contains(responses, response => response.StatusCode is HttpStatusCode.OK);
        Assert.Equal(1, (await campaign.LookUp("email=ada@example.com").Json()).Number("counter"));
    }

    [ContractFact]
    public async Task Apply_PartWhoseAnswerWasLost_HasOneEffectHoweverMuchTheLeadSawSince()
    {
        var campaign = await app.CreateCampaign();
        var ada = (await campaign.SignUpAsOwner(Ada).Json()).Number("id");
        await GivePoints(campaign, ada, isRepeat: false);
        for (var i = 0; i < 40; i++) await campaign.SignUp(Ada);
        await GivePoints(campaign, ada, isRepeat: true);

        Assert.Equal(5, (await campaign.LookUp("email=ada@example.com").Json()).Number("contest_score"));
    }

    private async Task GivePoints(HttpCampaign campaign, long leadId, bool isRepeat)
    {
        var command = new LeadCommand
        {
            CampaignId = campaign.Id,
            Request = new RequestStamp
            {
                Id = new Guid((int)campaign.Id, 0, 0, new byte[8]),
                ReceivedAt = TimeProvider.System.GetUtcNow(),
                IsRepeat = isRepeat,
            },
            Order = LeadOrder.GivePoints,
            Points = 5,
        };
        var key = new IdempotencyKey($"key of {campaign.Id}", "fingerprint", command.Request.Id);
        var deadline = app.Services.GetRequiredService<Deadlines>().Start();
        Assert.True((await app.Services.GetRequiredService<PartialChanges>().Apply(leadId, command, key, deadline)).Succeeded);
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteRepeatTests(LeadEngineApplication app) : RepeatTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresRepeatTests(PostgresLeadEngineApplication app) : RepeatTests(app);
