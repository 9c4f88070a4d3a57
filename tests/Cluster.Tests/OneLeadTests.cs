using LeadEngine.Cluster.Tests.Engine;
using LeadEngine.Leads;
using LeadEngine.TestSupport;

namespace LeadEngine.Cluster.Tests;

[Collection(SharedClusterCollection.Name)]
public sealed class OneLeadTests(SharedCluster shared)
{
    private const int Requests = 1_000;

    private static readonly string[] Emails = ["ada@example.com", "Ada@Example.COM", "  ADA@EXAMPLE.com ", "ada@example.com\t"];
    private static readonly string[] Phones = ["+12065550100", "(206) 555-0100", "206.555.0100", "+1 206 555 0100"];

    private readonly EngineCluster _cluster = shared.Cluster;

    [PostgresFact]
    public async Task Upsert_ThousandAtOnceOfANewPersonAtEverySilo_MakeOneLeadAndCountEach()
    {
        var campaign = await _cluster.CreateCampaign();

        var replies = await SendAtOnce(campaign, request => campaign.SignUp(Any(Emails, request), request % 5 == 0 ? null : Any(Phones, request / 3)));

        Assert.Single(replies, reply => reply.IsNew);
        await AssertOneLead(campaign, replies, firstCounter: 1);
    }

    [PostgresFact]
    public async Task Upsert_ThousandAtOnceOfAKnownPersonByEveryIdentifier_CountEach()
    {
        var campaign = await _cluster.CreateCampaign();
        await campaign.Send(campaign.SignUp(Emails[0], Phones[0]), _cluster.Nodes[0]);

        var replies = await SendAtOnce(campaign, request => (request % 3) switch
        {
            0 => campaign.SignUp(Any(Emails, request / 3)),
            1 => campaign.SignUp(null, Any(Phones, request / 3)),
            _ => campaign.SignUp(Any(Emails, request / 3), Any(Phones, request / 5)),
        });

        Assert.DoesNotContain(replies, reply => reply.IsNew);
        await AssertOneLead(campaign, replies, firstCounter: 2);
    }

    [PostgresFact]
    public async Task Upsert_SameRequestAtEverySiloAtOnce_CountsOnce()
    {
        var campaign = await _cluster.CreateCampaign();
        var request = campaign.SignUp(Emails[0], Phones[0]);

        var replies = await Task.WhenAll(_cluster.Nodes.Select(node => campaign.Send(request, node)));

        Assert.All(replies, reply => Assert.Equal(1, reply.Lead!.Rank));
        Assert.Equal(1, Assert.Single(await campaign.Leads()).Counter);
    }

    private async Task<LeadReply[]> SendAtOnce(SignupCampaign campaign, Func<int, UpsertLead> make) => await Task.WhenAll(
        Enumerable.Range(0, Requests).Select(request => Task.Run(() => campaign.Send(make(request), _cluster.Nodes[request % _cluster.Nodes.Length]))));

    private static async Task AssertOneLead(SignupCampaign campaign, LeadReply[] replies, int firstCounter)
    {
        Assert.All(replies, reply => Assert.True(reply.Succeeded, $"{reply.Refusal}"));
        Assert.Equal(Enumerable.Range(firstCounter, Requests).Select(count => (long)count), replies.Select(reply => reply.Lead!.Counter).Order());
        var lead = Assert.Single(await campaign.Leads());
        Assert.Equal((firstCounter + Requests - 1, 1, "ada@example.com", "+12065550100"), (lead.Counter, lead.Rank, lead.Email, lead.Phone));
    }

    private static string Any(string[] forms, int index) => forms[index % forms.Length];
}
