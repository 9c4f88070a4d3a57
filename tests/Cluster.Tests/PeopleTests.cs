using LeadEngine.Campaigns;
using LeadEngine.Cluster.Tests.Engine;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.TestSupport;

namespace LeadEngine.Cluster.Tests;

/// <summary>Lists of leads, leads that must be new, removals and the directory, from all silos at once.</summary>
[Collection(SharedClusterCollection.Name)]
public sealed class PeopleTests(SharedCluster shared)
{
    private readonly EngineCluster _cluster = shared.Cluster;

    [PostgresFact]
    public async Task AddMany_CampaignEndsItsActivationMeanwhile_EachIsInOnceAndToldSo()
    {
        const int People = 400, Commands = 12;
        var campaign = await _cluster.CreateCampaign();

        var commands = Enumerable.Range(0, Commands)
            .Select(number => campaign.AddMany(Command(Enumerable.Range(number * 100, People)), Node(number)))
            .ToArray();
        for (var time = 0; time < 6; time++)
        {
            await Task.WhenAny(commands);
            await _cluster.Deactivate(campaign.GrainId);
        }

        var added = (await Task.WhenAll(commands)).SelectMany(leads => leads).ToArray();
        var leads = await campaign.Leads();
        Books.AssertRanks(leads.Select(lead => lead.Rank), ((Commands - 1) * 100) + People);
        Assert.Equal(leads.Select(lead => lead.Id).Order(), added.Where(lead => lead.IsNew).Select(lead => lead.LeadId).Order());
        Assert.Single(leads, lead => lead.Phone is not null);
    }

    [PostgresFact]
    public async Task Upsert_MustBeNewAtEverySiloAtOnce_ExactlyOneIs()
    {
        var campaign = await _cluster.CreateCampaign();

        var replies = await Task.WhenAll(Enumerable.Range(0, 300).Select(number =>
            campaign.Send(campaign.SignUp($"p{number}@example.com", "+12065550100") with
            {
                MustBeNew = true,
                IdentifiedBy = Identification.Phone,
            }, Node(number))));

        Assert.Single(replies, reply => reply.IsNew);
        Assert.Equal(299, replies.Count(reply => reply.Refusal is LeadRefusal.AlreadyExists));
        Assert.Single(await campaign.Leads());
    }

    [PostgresFact]
    public async Task Upsert_SamePeopleInTwoCampaignsAtOnce_AreOnePersonEach()
    {
        const int People = 200;
        var one = await _cluster.CreateCampaign();
        var other = await _cluster.CreateCampaign(one.AccountId);

        await Task.WhenAll(Enumerable.Range(0, People).SelectMany(person => new[] { one, other }.Select((campaign, at) =>
            campaign.Send(campaign.SignUp($"p{person}@example.com"), Node(person + at)))));

        var people = await Directory(one, Node(0)).List(new PeopleQuery { Limit = PeopleQuery.MaxLimit });
        Assert.Equal(People, people.Length);
        foreach (var campaign in new[] { one, other })
        {
            var members = await campaign.At(Node(1)).ListMembers(new MemberQuery { Limit = PeopleQuery.MaxLimit });
            Assert.Equal(people.Select(person => person.Id).Order(), members.Select(member => member.Person!.Id).Order());
        }
    }

    [PostgresFact]
    public async Task Delete_PeopleWhoSignUpMeanwhile_LeavesNobodyHalf()
    {
        const int People = 60;
        var campaign = await _cluster.CreateCampaign();
        await SignUpAll(campaign, People);
        var before = await Directory(campaign, Node(0)).List(new PeopleQuery { Limit = PeopleQuery.MaxLimit });

        var signUps = SignUpAll(campaign, People);
        var deletion = await Directory(campaign, Node(1)).Delete([.. before.Select(person => person.Id)], force: true);
        await signUps;

        Assert.Equal((People, null), (deletion.Deleted, deletion.Refusal));
        var leads = await campaign.Leads();
        var members = await campaign.At(Node(2)).ListMembers(new MemberQuery { Limit = 1_000, Statuses = [MemberStatus.AsCampaign] });
        Assert.Equal(leads.Select(lead => lead.Id), members.Select(member => member.LeadId));
        Assert.All(members, member => Assert.DoesNotContain(before, person => person.Id == member.Person!.Id));
        Assert.Equal(leads.Length, (await campaign.At(Node(0)).Get()).Campaign!.LeadCount);
    }

    [PostgresFact]
    public async Task Remove_LeadThatEverySiloKnows_IsGoneAtAllOfThem()
    {
        var campaign = await _cluster.CreateCampaign();
        var ada = (await campaign.Send(campaign.SignUp("ada@example.com"), Node(0))).Lead!;
        foreach (var node in _cluster.Nodes) await campaign.Identifier(node, IdentifierKind.Email, "ada@example.com").Find();

        Assert.Null(await Node(1).Grains.GetGrain<ILeadGrain>(ada.Id).Remove(campaign.Id, leaveMember: true));

        foreach (var node in _cluster.Nodes)
        {
            Assert.Equal(LeadRefusal.LeadNotFound, (await campaign.Identifier(node, IdentifierKind.Email, "ada@example.com").Find()).Refusal);
        }

        Assert.Equal(2, (await campaign.Send(campaign.SignUp("ada@example.com"), Node(2))).Lead!.Rank);
    }

    private Task SignUpAll(SignupCampaign campaign, int people) => Task.WhenAll(Enumerable.Range(0, people).Select(async person =>
        Assert.True((await campaign.Send(campaign.SignUp($"p{person}@example.com"), Node(person))).Succeeded)));

    private Node Node(int number) => _cluster.Nodes[number % _cluster.Nodes.Length];

    private static IDirectoryGrain Directory(SignupCampaign campaign, Node node) => node.Grains.GetGrain<IDirectoryGrain>(campaign.AccountId);

    private static AddLeads Command(IEnumerable<int> people) => new()
    {
        Leads = [.. people.Select(person => new NewLead
        {
            Request = new RequestStamp { Id = Guid.NewGuid(), ReceivedAt = TimeProvider.System.GetUtcNow() },
            Email = $"p{person}@example.com",
            Phone = "+12065550100",
            Profile = new LeadProfile { ContactPhone = "+12065550100" },
            IdentifiedBy = Identification.Email,
        })],
    };
}
