using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Leads;

/// <summary>Requests that add or are refused, and of whose values the phone number alone identifies.</summary>
[Collection(EngineCollection.Name)]
public sealed class MustBeNewTests(EngineFixture engine)
{
    private const string Phone = "+12065550100";

    [Fact]
    public async Task Upsert_ThousandAtOnceWithOnePhone_ExactlyOneIsNew()
    {
        var campaign = await engine.CreateCampaign();

        var replies = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => Post(campaign, $"p{number}@example.com")));

        Assert.Single(replies, reply => reply.IsNew);
        Assert.Equal(999, replies.Count(reply => reply.Refusal is LeadRefusal.AlreadyExists));
        Assert.Equal(1, Assert.Single(await campaign.Leads()).Counter);
    }

    [Fact]
    public async Task Upsert_PersonOfAnotherDialect_ExistsByThePhone()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com", Phone);

        Assert.Equal(LeadRefusal.AlreadyExists, (await Post(campaign, "other@example.com")).Refusal);
        Assert.Equal(LeadRefusal.LeadNotFound, (await campaign.Find("other@example.com")).Refusal);
    }

    [Fact]
    public async Task Upsert_EmailOfAnotherLead_IsNewAndLeavesItThere()
    {
        var campaign = await engine.CreateCampaign();
        var ada = await campaign.Upsert("ada@example.com");

        var reply = await Post(campaign, "ada@example.com");

        Assert.True(reply.IsNew);
        Assert.Equal((null, Phone, "ada@example.com"), (reply.Lead!.Email, reply.Lead.Phone, reply.Lead.Profile.ContactEmail));
        Assert.Equal(ada.Lead!.Id, (await campaign.Find("ada@example.com")).Lead!.Id);
        Assert.Equal(reply.Lead.Id, (await campaign.FindByPhone(Phone)).Lead!.Id);
    }

    [Fact]
    public async Task Upsert_FreeEmail_BecomesAnIdentifier()
    {
        var campaign = await engine.CreateCampaign();

        var posted = await Post(campaign, "ada@example.com");

        Assert.Equal("ada@example.com", posted.Lead!.Email);
        Assert.Equal(posted.Lead.Id, (await campaign.Upsert("ada@example.com")).Lead!.Id);
    }

    [Fact]
    public async Task Upsert_RepeatOfTheRequestThatMadeTheLead_GetsItsAnswer()
    {
        var campaign = await engine.CreateCampaign();
        var stamp = new RequestStamp { Id = Guid.NewGuid(), ReceivedAt = TimeProvider.System.GetUtcNow() };
        var first = await Post(campaign, "ada@example.com", stamp);

        var again = await Post(campaign, "ada@example.com", stamp with { IsRepeat = true });
        var another = await Post(campaign, "ada@example.com");

        Assert.Equal((first.Lead!.Id, 1, true), (again.Lead!.Id, again.Lead.Counter, again.IsNew));
        Assert.Equal(LeadRefusal.AlreadyExists, another.Refusal);
    }

    [Fact]
    public async Task Upsert_AfterARemoval_IsNewAgain()
    {
        var campaign = await engine.CreateCampaign();
        var first = await Post(campaign, "ada@example.com");
        await campaign.Lead(first.Lead!.Id).Remove(campaign.Id, leaveMember: false);

        var second = await Post(campaign, "ada@example.com");

        Assert.Equal((true, 2), (second.IsNew, second.Lead!.Rank));
    }

    private static Task<LeadReply> Post(TestCampaign campaign, string email, RequestStamp? stamp = null) => campaign.Upsert(
        email,
        Phone,
        command => command with
        {
            Request = stamp ?? command.Request,
            MustBeNew = true,
            IdentifiedBy = Identification.Phone,
            Patch = new LeadPatch { ContactEmail = email },
        });
}
