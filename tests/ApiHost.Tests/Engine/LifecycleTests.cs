using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Engine;

/// <summary>What an ended and a locked campaign take.</summary>
public abstract class LifecycleTests(LeadEngineApplication app)
{
    [ContractFact]
    public async Task SignUp_EndedCampaign_TakesUpdatesOnly()
    {
        var campaign = await app.CreateCampaign();
        var ada = await campaign.SignUp(new { email = "ada@example.com" }).Json();
        await campaign.Change(new { status = "ended" });

        Assert.Equal("423 campaign_ended", await campaign.SignUp(new { email = "bob@example.com", kid = ada.Text("social_id") }).Error());
        var after = await campaign.SignUpAsOwner(new { email = "ada@example.com", first_name = "Ada", points = 5 }).Json();
        Assert.Equal((2, 0, "Ada"), (after.Number("counter"), after.Number("contest_score"), after.Text("first_name")));
        Assert.Equal(1, (await campaign.LookUp("email=ada@example.com").Json()).Number("lead_count"));
    }

    [ContractFact]
    public async Task SignUp_LockedCampaign_TakesNothing()
    {
        var campaign = await app.CreateCampaign();
        await campaign.SignUp(new { email = "ada@example.com" });
        await campaign.Change(new { status = "locked" });

        Assert.Equal("423 campaign_locked", await campaign.SignUp(new { email = "bob@example.com" }).Error());
        Assert.Equal("423 campaign_locked", await campaign.SignUp(new { email = "ada@example.com" }).Error());
        Assert.Equal(1, (await campaign.LookUp("email=ada@example.com").Json()).Number("counter"));
    }

    [ContractFact]
    public async Task SignUp_CampaignOpenedAgain_TakesEverything()
    {
        var campaign = await app.CreateCampaign();
        await campaign.Change(new { status = "locked" });
        await campaign.Change(new { status = "open" });
        Assert.Equal(1, (await campaign.SignUp(new { email = "ada@example.com" }).Json()).Number("rank"));
    }

    [ContractFact]
    public async Task SignUp_ChangedSettings_CountAtOnce()
    {
        var campaign = await app.CreateCampaign();
        await campaign.SignUp(new { email = "ada@example.com" });
        await campaign.Change(new { jump_start = 500, require_api_key = true });
        Assert.Equal("409 missing_api_key", await campaign.SignUp(new { email = "ada@example.com" }).Error());
        Assert.Equal(501, (await campaign.SignUpAsOwner(new { email = "ada@example.com" }).Json()).Number("lead_count"));
    }

    [ContractFact]
    public async Task SignUp_EndDuringABurst_NothingLandsAfterIt()
    {
        var campaign = await app.CreateCampaign();
        var burst = Enumerable.Range(0, 100).Select(number => campaign.SignUp(new { email = $"p{number}@example.com" })).ToArray();
        await campaign.Change(new { status = "ended" });
        var count = (await campaign.Leads()).Length;
        var accepted = (await Task.WhenAll(burst)).Count(response => response.IsSuccessStatusCode);
        Assert.Equal((accepted, accepted), (count, (await campaign.Leads()).Length));
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteLifecycleTests(LeadEngineApplication app) : LifecycleTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresLifecycleTests(PostgresLeadEngineApplication app) : LifecycleTests(app);
