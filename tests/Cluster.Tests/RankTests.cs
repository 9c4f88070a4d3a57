using LeadEngine.Cluster.Tests.Engine;
using LeadEngine.Leads;
using LeadEngine.TestSupport;

namespace LeadEngine.Cluster.Tests;

[Collection(SharedClusterCollection.Name)]
public sealed class RankTests(SharedCluster shared)
{
    private readonly EngineCluster _cluster = shared.Cluster;

    [PostgresFact]
    public async Task Upsert_NewPeopleAtEverySiloAtOnce_GetRanksWithoutGaps()
    {
        var campaign = await _cluster.CreateCampaign();

        var replies = await SignUpAtOnce(campaign, people: 3_000);

        await AssertExact(campaign, replies);
    }

    [PostgresFact]
    public async Task Upsert_NewPeopleOfTenCampaignsAtOnce_GetRanksWithoutGapsInEach()
    {
        var campaigns = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _cluster.CreateCampaign()));

        var replies = await Task.WhenAll(campaigns.Select(campaign => SignUpAtOnce(campaign, people: 300)));

        foreach (var (campaign, its) in campaigns.Zip(replies)) await AssertExact(campaign, its);
    }

    private async Task<LeadReply[]> SignUpAtOnce(SignupCampaign campaign, int people) => await Task.WhenAll(Enumerable.Range(0, people)
        .Select(person => Task.Run(() => campaign.Send(campaign.SignUp($"p{person}@example.com"), _cluster.Nodes[person % _cluster.Nodes.Length]))));

    private static async Task AssertExact(SignupCampaign campaign, LeadReply[] replies)
    {
        Assert.All(replies, reply => Assert.True(reply is { Succeeded: true, IsNew: true }, $"{reply.Refusal}"));
        Books.AssertRanks(replies.Select(reply => reply.Lead!.Rank), replies.Length);
        Assert.All(replies, reply => Assert.Equal(reply.Lead!.Rank, reply.Standing!.LeadCount));
        Assert.Equal(
            replies.OrderBy(reply => reply.Lead!.Rank).Select(reply => (reply.Lead!.Rank, reply.Lead.Email)),
            (await campaign.Leads()).Select(lead => (lead.Rank, lead.Email)));
    }
}
