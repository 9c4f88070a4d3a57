using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.Grains.Tests.People;

[Collection(EngineCollection.Name)]
public sealed class DeletionTests(EngineFixture engine)
{
    [Fact]
    public async Task Delete_MemberOfACampaignUnderWay_DeletesNobodyAndNamesIt()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com");
        await campaign.Directory.Add(new NewPerson { Email = "bob@example.com", Details = new() });
        var people = await People(campaign);

        var deletion = await campaign.Directory.Delete([.. people], force: false);

        Assert.Equal<long>([campaign.Id], deletion.InTheWay);
        Assert.Equal((0, null), (deletion.Deleted, deletion.Refusal));
        Assert.Equal(people, await People(campaign));
    }

    [Fact]
    public async Task Delete_Force_LeavesMembersWithoutAPerson()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com", "+12065550100");
        await campaign.Upsert("bob@example.com");
        var people = await People(campaign);

        var deletion = await campaign.Directory.Delete([people[0]], force: true);

        Assert.Equal((1, null), (deletion.Deleted, deletion.Refusal));
        Assert.Equal("bob@example.com", Assert.Single(await campaign.Leads()).Email);
        var members = await campaign.Grain.ListMembers(new MemberQuery { Limit = 10 });
        Assert.Equal([MemberStatus.Removed, MemberStatus.AsCampaign], members.Select(member => member.Status));
        Assert.Null(members[0].Person);
        Assert.Equal(people[1..], await People(campaign));
    }

    [Theory]
    [InlineData(CampaignStatus.Open, true)]
    [InlineData(CampaignStatus.Ended, false)]
    public async Task Delete_MemberOfADraftOrOfOneThatEnded_IsNotInTheWay(CampaignStatus status, bool draft)
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", Draft = draft });
        await campaign.Upsert("ada@example.com");
        await campaign.Grain.SetStatus(status);

        var deletion = await campaign.Directory.Delete([.. await People(campaign)], force: false);

        Assert.Equal((1, null), (deletion.Deleted, deletion.Refusal));
        Assert.Empty(deletion.InTheWay);
        Assert.Empty(await campaign.Leads());
    }

    [Fact]
    public async Task Delete_MemberOfALockedCampaign_IsRefusedAlsoByForce()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com");
        await campaign.Grain.SetStatus(CampaignStatus.Locked);
        var people = await People(campaign);

        var deletion = await campaign.Directory.Delete([.. people], force: true);

        Assert.Equal((0, LeadRefusal.Locked), (deletion.Deleted, deletion.Refusal));
        Assert.Equal(people, await People(campaign));
    }

    [Fact]
    public async Task Delete_ManyPeopleOfSeveralCampaigns_AreGoneFromAll()
    {
        var one = await engine.CreateCampaign();
        var other = await engine.CreateCampaign(one.Account);
        const int Count = 450;
        foreach (var campaign in new[] { one, other })
        {
            await Task.WhenAll(Enumerable.Range(0, Count).Select(number => campaign.Upsert($"p{number}@example.com")));
        }

        var people = await People(one);
        var deletion = await one.Directory.Delete([.. people], force: true);

        Assert.Equal((Count, Count, null), (people.Length, deletion.Deleted, deletion.Refusal));
        Assert.Empty(await one.Leads());
        Assert.Empty(await other.Leads());
        Assert.Empty(await People(one));
    }

    [Fact]
    public async Task Delete_UnknownPeopleAndRepeats_CountNobody()
    {
        var (mine, theirs) = (await engine.CreateCampaign(), await engine.CreateCampaign());
        await mine.Upsert("ada@example.com");
        await theirs.Upsert("ada@example.com");
        var (ada, stranger) = (Assert.Single(await People(mine)), Assert.Single(await People(theirs)));

        Assert.Equal(1, (await mine.Directory.Delete([ada, stranger, ada, 999_999_999], force: true)).Deleted);
        Assert.Equal(0, (await mine.Directory.Delete([ada, stranger], force: true)).Deleted);

        Assert.Equal([stranger], await People(theirs));
        Assert.Single(await theirs.Leads());
    }

    [Fact]
    public async Task Delete_PersonSignsUpAgain_IsSomebodyNew()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com");
        var before = Assert.Single(await People(campaign));
        await campaign.Directory.Delete([before], force: true);

        var reply = await campaign.Upsert("ada@example.com");

        Assert.Equal((true, 2), (reply.IsNew, reply.Lead!.Rank));
        Assert.NotEqual(before, Assert.Single(await People(campaign)));
    }

    [Fact]
    public async Task Delete_DuringSignUps_LeavesNoLeadWithoutAPerson()
    {
        var campaign = await engine.CreateCampaign();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => campaign.Upsert($"p{number}@example.com")));
        var people = await People(campaign);

        var signUps = Enumerable.Range(0, 200).Select(number => campaign.Upsert($"p{number % 50}@example.com")).ToList();
        var deletion = campaign.Directory.Delete([.. people], force: true);
        await Task.WhenAll(signUps);

        Assert.Equal((50, null), ((await deletion).Deleted, (await deletion).Refusal));
        var members = await campaign.Grain.ListMembers(new MemberQuery { Limit = 1_000, Statuses = [MemberStatus.AsCampaign] });
        Assert.Equal((await campaign.Leads()).Select(lead => lead.Id), members.Select(member => member.LeadId));
        Assert.All(members, member => Assert.DoesNotContain(member.Person!.Id, people));
    }

    private static async Task<long[]> People(TestCampaign campaign) =>
        [.. (await campaign.Directory.List(new PeopleQuery { Limit = PeopleQuery.MaxLimit })).Select(person => person.Id)];
}
