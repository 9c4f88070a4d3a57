using LeadEngine.Accounts;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Accounts;

[Collection(EngineCollection.Name)]
public sealed class AccountGrainTests(EngineFixture engine)
{
    [Fact]
    public async Task Authenticate_FirstKey_IsGoodForTheAccount()
    {
        var account = (await engine.CreateCampaign()).Account;
        var grain = engine.Grains.GetGrain<IAccountGrain>(account.AccountId);

        Assert.Equal(new KeyGrant(account.AccountId, null), await grain.Authenticate(account.ApiKey));
        Assert.Null(await grain.Authenticate(account.ApiKey[..^1] + "?"));
    }

    [Fact]
    public async Task CreateKey_OfOwnCampaign_IsBoundToIt()
    {
        var campaign = await engine.CreateCampaign();
        var grain = engine.Grains.GetGrain<IAccountGrain>(campaign.Account.AccountId);

        var key = await grain.CreateKey("Aktify", campaign.Id);

        Assert.Equal(new KeyGrant(campaign.Account.AccountId, campaign.Id), await grain.Authenticate(key.ApiKey!));
    }

    [Fact]
    public async Task CreateKey_OfAnotherAccountsCampaign_IsRefused()
    {
        var (mine, theirs) = (await engine.CreateCampaign(), await engine.CreateCampaign());

        var reply = await engine.Grains.GetGrain<IAccountGrain>(mine.Account.AccountId).CreateKey("key", theirs.Id);

        Assert.Equal(AccountRefusal.CampaignNotFound, reply.Refusal);
    }

    [Fact]
    public async Task CreateCampaign_UnknownAccount_IsRefused()
    {
        var reply = await engine.Grains.GetGrain<IAccountGrain>(888_888_888).CreateCampaign(new CampaignSettings { Name = "Test" });

        Assert.Equal(LeadRefusal.CampaignNotFound, reply.Refusal);
    }

    [Fact]
    public async Task ListCampaigns_TwoOfThem_AreListedInOrder()
    {
        var campaign = await engine.CreateCampaign();
        var grain = engine.Grains.GetGrain<IAccountGrain>(campaign.Account.AccountId);
        var second = await grain.CreateCampaign(new CampaignSettings { Name = "Second" });

        Assert.Equal<long>([campaign.Id, second.Campaign!.Id], await grain.ListCampaigns());
        Assert.Equal("Test", await grain.GetName());
    }

    [Fact]
    public async Task ListCampaigns_UnknownAccount_IsEmptyAndHasNoName()
    {
        var grain = engine.Grains.GetGrain<IAccountGrain>(888_888_888);

        Assert.Empty(await grain.ListCampaigns());
        Assert.Null(await grain.GetName());
    }
}
