using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Leads;

/// <summary>Who a request is about: the table of e-mail and phone in the design, row by row.</summary>
[Collection(EngineCollection.Name)]
public sealed class UpsertTests(EngineFixture engine)
{
    private const string Phone = "+12065550100";

    [Fact]
    public async Task Upsert_NewPeople_GetRanksInOrder()
    {
        var campaign = await engine.CreateCampaign();

        var ada = await campaign.Upsert("ada@example.com");
        var bob = await campaign.Upsert("bob@example.com", Phone);

        Assert.Equal((1, 1, true), (ada.Lead!.Rank, ada.Standing!.LeadCount, ada.IsNew));
        Assert.Equal((2, 2, Phone), (bob.Lead!.Rank, bob.Standing!.LeadCount, bob.Lead.Phone));
    }

    [Fact]
    public async Task Upsert_SamePersonAgain_IsCountedAndNotAdded()
    {
        var campaign = await engine.CreateCampaign();
        var first = await campaign.Upsert("ada@example.com");

        var second = await campaign.Upsert("ada@example.com", change: command => command with { Patch = new LeadPatch { FirstName = "Ada" } });

        Assert.Equal((first.Lead!.Id, 1, 2, false), (second.Lead!.Id, second.Lead.Rank, second.Lead.Counter, second.IsNew));
        Assert.Equal("Ada", Assert.Single(await campaign.Leads()).Profile.FirstName);
    }

    [Fact]
    public async Task Upsert_KnownEmailAndFreePhone_GivesTheLeadThePhone()
    {
        var campaign = await engine.CreateCampaign();
        var ada = await campaign.Upsert("ada@example.com");

        await campaign.Upsert("ada@example.com", Phone);

        Assert.Equal(ada.Lead!.Id, (await campaign.FindByPhone(Phone)).Lead!.Id);
    }

    [Fact]
    public async Task Upsert_FreeEmailAndKnownPhone_GivesTheLeadTheEmail()
    {
        var campaign = await engine.CreateCampaign();
        var bob = await campaign.Upsert(null, Phone);

        var reply = await campaign.Upsert("bob@example.com", Phone);

        Assert.Equal((bob.Lead!.Id, "bob@example.com", 2), (reply.Lead!.Id, reply.Lead.Email, reply.Lead.Counter));
        Assert.Equal(bob.Lead.Id, (await campaign.Upsert("bob@example.com")).Lead!.Id);
    }

    [Fact]
    public async Task Upsert_FreeEmailAndPhoneOfALeadWithAnotherEmail_UpdatesItAndLeavesTheEmailFree()
    {
        var campaign = await engine.CreateCampaign();
        var bob = await campaign.Upsert("bob@example.com", Phone);

        var reply = await campaign.Upsert("new@example.com", Phone);

        Assert.Equal((bob.Lead!.Id, "bob@example.com", 2), (reply.Lead!.Id, reply.Lead.Email, reply.Lead.Counter));
        var newcomer = await campaign.Upsert("new@example.com");
        Assert.True(newcomer.IsNew);
        Assert.Equal("new@example.com", newcomer.Lead!.Email);
    }

    [Fact]
    public async Task Upsert_EmailAndPhoneOfTwoLeads_UpdatesTheEmailsAndThePhoneStays()
    {
        var campaign = await engine.CreateCampaign();
        var ada = await campaign.Upsert("ada@example.com");
        var bob = await campaign.Upsert(null, Phone);

        var reply = await campaign.Upsert("ada@example.com", Phone);

        Assert.Equal((ada.Lead!.Id, 2), (reply.Lead!.Id, reply.Lead.Counter));
        Assert.Null(reply.Lead.Phone);
        Assert.Equal(bob.Lead!.Id, (await campaign.FindByPhone(Phone)).Lead!.Id);
        Assert.Equal(2, (await campaign.Leads()).Length);
    }

    [Fact]
    public async Task Upsert_MustExist_AddsNobody()
    {
        var campaign = await engine.CreateCampaign();
        var refused = await campaign.Upsert("ada@example.com", Phone, command => command with { MustExist = true });
        await campaign.Upsert(null, Phone);

        var updated = await campaign.Upsert("ada@example.com", Phone, command => command with { MustExist = true });

        Assert.Equal(LeadRefusal.LeadNotFound, refused.Refusal);
        Assert.Equal(("ada@example.com", 2), (updated.Lead!.Email, updated.Lead.Counter));
        Assert.Single(await campaign.Leads());
    }

    [Fact]
    public async Task Upsert_SameRequestAgain_HasOneEffectAndTheSameAnswer()
    {
        var campaign = await engine.CreateCampaign();
        var stamp = new RequestStamp { Id = Guid.NewGuid(), ReceivedAt = TimeProvider.System.GetUtcNow() };
        var first = await campaign.Upsert("ada@example.com", change: command => command with { Request = stamp });

        var again = await campaign.Upsert("ada@example.com", change: command => command with { Request = stamp with { IsRepeat = true } });

        Assert.Equal((first.Lead!.Id, 1, true), (again.Lead!.Id, again.Lead.Counter, again.IsNew));
    }

    [Fact]
    public async Task Upsert_SamePersonInTwoCampaigns_IsTwoLeads()
    {
        var (one, other) = (await engine.CreateCampaign(), await engine.CreateCampaign());

        Assert.True((await one.Upsert("ada@example.com")).IsNew);
        Assert.True((await other.Upsert("ada@example.com")).IsNew);
    }

    [Fact]
    public async Task Upsert_UnknownCampaign_IsRefused()
    {
        var nowhere = new TestCampaign(engine.Grains, 999_999_999, new(0, ""));

        Assert.Equal(LeadRefusal.CampaignNotFound, (await nowhere.Upsert("ada@example.com")).Refusal);
    }

    [Fact]
    public async Task Find_UnknownPerson_IsNotFound()
    {
        var campaign = await engine.CreateCampaign();

        Assert.Equal(LeadRefusal.LeadNotFound, (await campaign.Find("nobody@example.com")).Refusal);
    }

    [Fact]
    public async Task Update_LeadOfAnotherCampaign_IsNotFound()
    {
        var (one, other) = (await engine.CreateCampaign(), await engine.CreateCampaign());
        var ada = await one.Upsert("ada@example.com");
        var lead = engine.Grains.GetGrain<ILeadGrain>(ada.Lead!.Id);

        Assert.Equal(LeadRefusal.LeadNotFound, (await lead.Get(other.Id)).Refusal);
        Assert.Equal(ada.Lead.Id, (await lead.Get(one.Id)).Lead!.Id);
    }
}
