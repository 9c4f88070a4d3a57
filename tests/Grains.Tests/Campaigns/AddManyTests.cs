using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.Grains.Tests.Campaigns;

[Collection(EngineCollection.Name)]
public sealed class AddManyTests(EngineFixture engine)
{
    [Fact]
    public async Task AddMany_NewAndKnownPeople_AreToldInOrder()
    {
        var campaign = await engine.CreateCampaign();
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;

        var added = await campaign.Grain.AddMany(Command(New("bob@example.com"), New("ada@example.com"), New("eve@example.com")));

        Assert.Equal([true, false, true], added.Select(lead => lead.IsNew));
        Assert.Equal(ada.Id, added[1].LeadId);
        Assert.Equal([ada.Id, added[0].LeadId, added[2].LeadId], (await campaign.Leads()).Select(lead => lead.Id));
        Assert.Equal(1, (await campaign.Find("ada@example.com")).Lead!.Counter);
    }

    [Fact]
    public async Task AddMany_ColleaguesWithOneCompanyPhone_AreALeadEach()
    {
        const int Colleagues = 5_000;
        var campaign = await engine.CreateCampaign();

        var added = await campaign.Grain.AddMany(
            Command([.. Enumerable.Range(0, Colleagues).Select(number => New($"p{number}@example.com", "+12065550100"))]));

        Assert.All(added, lead => Assert.True(lead.IsNew));
        var leads = await campaign.Leads();
        Assert.Equal(Colleagues, leads.Length);
        Assert.Equal("p0@example.com", Assert.Single(leads, lead => lead.Phone is not null).Email);
        Assert.All(leads, lead => Assert.Equal("+12065550100", lead.Profile.ContactPhone));
        Assert.Equal(added[0].LeadId, (await campaign.FindByPhone("+12065550100")).Lead!.Id);
    }

    [Fact]
    public async Task AddMany_Repeat_CallsNewWhomTheFirstTryMade()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com");
        var command = Command(New("ada@example.com"), New("bob@example.com"));
        var first = await campaign.Grain.AddMany(command);
        await campaign.Upsert("bob@example.com");

        var again = await campaign.Grain.AddMany(AsRepeat(command));

        Assert.Equal<AddedLead>(first, again);
        Assert.Equal([false, true], again.Select(lead => lead.IsNew));
        Assert.Equal(2, (await campaign.Leads()).Length);
    }

    [Fact]
    public async Task AddMany_EndedCampaign_AddsNobodyAndKnowsWhoIsIn()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com");
        await campaign.Grain.SetStatus(CampaignStatus.Ended);

        var added = await campaign.Grain.AddMany(Command(New("ada@example.com"), New("bob@example.com")));

        Assert.Equal([null, LeadRefusal.Ended], added.Select(lead => lead.Refusal));
        Assert.Single(await campaign.Leads());
    }

    [Fact]
    public async Task AddMany_UnknownCampaign_IsRefused()
    {
        var added = await engine.Grains.GetGrain<ICampaignGrain>(987_654_321).AddMany(Command(New("ada@example.com")));

        Assert.Equal(LeadRefusal.CampaignNotFound, Assert.Single(added).Refusal);
    }

    [Fact]
    public async Task AddMany_SamePeopleManyTimesAtOnce_MakeOneLeadEach()
    {
        var campaign = await engine.CreateCampaign();
        string[] emails = [.. Enumerable.Range(0, 200).Select(number => $"p{number}@example.com")];

        var commands = Enumerable.Range(0, 10).Select(_ => campaign.Grain.AddMany(Command([.. emails.Select(email => New(email))])));
        var signUps = emails.Select(email => campaign.Upsert(email));
        var added = (await Task.WhenAll(commands)).SelectMany(leads => leads).Count(lead => lead.IsNew);
        var signedUp = (await Task.WhenAll(signUps)).Count(reply => reply.IsNew);

        Assert.Equal(emails.Length, added + signedUp);
        Assert.Equal(Enumerable.Range(1, emails.Length).Select(rank => (long)rank), (await campaign.Leads()).Select(lead => lead.Rank));
    }

    [Fact]
    public async Task AddMany_Waitlist_NewLeadsWait()
    {
        var campaign = await engine.CreateCampaign(new CampaignSettings { Name = "Test", Waitlist = true });

        await campaign.Grain.AddMany(Command(New("ada@example.com")));

        Assert.True(Assert.Single(await campaign.Leads()).Profile.Waitlisted);
    }

    [Fact]
    public async Task AddMany_PeopleOfTheAccount_AreItsMembers()
    {
        var (one, details) = (await engine.CreateCampaign(), new PersonDetails { CompanyName = "Acme", Tags = ["vip"] });
        var other = await engine.CreateCampaign(one.Account);
        await one.Grain.AddMany(Command(New("ada@example.com") with { Person = details }));
        await other.Upsert("ada@example.com");

        var members = (await one.Grain.ListMembers(new MemberQuery { Limit = 10 }))
            .Concat(await other.Grain.ListMembers(new MemberQuery { Limit = 10 }))
            .ToArray();

        Assert.Equal(2, members.Length);
        Assert.Single(members.Select(member => member.Person!.Id).Distinct());
        Assert.Equal("Acme", members[1].Person!.Details.CompanyName);
    }

    private static AddLeads Command(params ImmutableArray<NewLead> leads) => new() { Leads = leads };

    private static AddLeads AsRepeat(AddLeads command) =>
        new() { Leads = [.. command.Leads.Select(lead => lead with { Request = lead.Request with { IsRepeat = true } })] };

    private static NewLead New(string email, string? phone = null) => new()
    {
        Request = new RequestStamp { Id = Guid.NewGuid(), ReceivedAt = TimeProvider.System.GetUtcNow() },
        Email = email,
        Phone = phone,
        Profile = new LeadProfile { ContactPhone = phone },
        IdentifiedBy = Identification.Email,
    };
}
