using LeadEngine.Leads;

namespace LeadEngine.Cluster.Tests.Engine;

/// <summary>Holds what people were told against what is stored.</summary>
internal static class Books
{
    /// <summary>Everybody got in: each person is one lead, with both requests counted, and ranks are 1…N.</summary>
    public static async Task HoldEverybody(SignupCampaign campaign, IReadOnlyCollection<Receipt> receipts)
    {
        Assert.All(receipts, receipt => Assert.All(receipt.Replies, reply => Assert.True(reply.Succeeded, $"{reply.Refusal}")));
        await HoldWhoGotIn(campaign, receipts);
    }

    /// <summary>Nobody else is in than who was told so: see <see cref="HoldEverybody"/>.</summary>
    public static async Task HoldWhoGotIn(SignupCampaign campaign, IReadOnlyCollection<Receipt> receipts)
    {
        var leads = await campaign.Leads();
        AssertRanks(leads.Select(lead => lead.Rank), leads.Length);

        var told = receipts.Where(receipt => receipt.Replies.Any(reply => reply.Succeeded)).ToDictionary(receipt => SingleId(receipt.Replies));
        Assert.Equal(told.Keys.Order(), leads.Select(lead => lead.Id).Order());
        Assert.All(leads, lead => AssertTold(lead, [.. told[lead.Id].Replies.Where(reply => reply.Succeeded)]));
    }

    public static void AssertRanks(IEnumerable<long> ranks, int count) =>
        Assert.Equal(Enumerable.Range(1, count).Select(rank => (long)rank), ranks.Order());

    private static long SingleId(LeadReply[] replies) =>
        Assert.Single(replies.Where(reply => reply.Succeeded).Select(reply => reply.Lead!.Id).Distinct());

    private static void AssertTold(Lead lead, LeadReply[] replies)
    {
        Assert.Equal(replies.Length, lead.Counter);
        Assert.All(replies, reply => Assert.Equal((lead.Rank, lead.Email), (reply.Lead!.Rank, reply.Lead.Email)));
    }
}
