using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Engine;

/// <summary>That the program runs on each store.</summary>
public abstract class StoreTests(LeadEngineApplication app)
{
    [ContractFact]
    public async Task SignUp_OnThisStore_IsListed()
    {
        var campaign = await app.CreateCampaign();
        var ada = await campaign.SignUpAsOwner(new { email = "ada@example.com" }).Json();
        Assert.Equal(ada.Number("id"), Assert.Single(await campaign.Leads()).Number("id"));
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteStoreTests(LeadEngineApplication app) : StoreTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresStoreTests(PostgresLeadEngineApplication app) : StoreTests(app);
