using System.Globalization;
using LeadEngine.Installation;
using LeadEngine.Verification;

namespace LeadEngine.Grains.Tests;

/// <summary>What the grains' state is stored under. It has to stay, on both stacks and whatever classes are called.</summary>
[Collection(EngineCollection.Name)]
public sealed class StateNameTests(EngineFixture engine)
{
    [Fact]
    public async Task Save_Grains_IsFoundUnderTheirStableNames()
    {
        var campaign = await engine.CreateCampaign();
        var user = await engine.Grains.GetGrain<IInstallationGrain>(0).CreateUser("Agency", [campaign.Account.AccountId]);

        Assert.NotNull(await engine.Store.ReadState("campaign", $"campaign/{Hex(campaign.Id)}"));
        Assert.NotNull(await engine.Store.ReadState("account", $"account/{Hex(campaign.Account.AccountId)}"));
        Assert.NotNull(await engine.Store.ReadState("installation", "installation/0"));
        await engine.Grains.GetGrain<IVerificationGrain>(campaign.Id).MayMail(1);
        Assert.NotNull(await engine.Store.ReadState("verification", $"verification/{Hex(campaign.Id)}"));
        Assert.NotNull(await engine.Store.ReadState("user", $"user/{Hex(user.UserId)}"));
    }

    private static string Hex(long id) => id.ToString("X", CultureInfo.InvariantCulture);
}
