using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>The order in which a campaign's leads are posted, and its pages.</summary>
public abstract class PostingContract(TestDatabase database) : StoreContract(database)
{
    // By rank: the hours of their external times, two of them equal, two without one.
    private static readonly int?[] Hours = [3, null, 1, 2, 1, null, 0];

    [ContractTheory]
    [InlineData(PostingStrategy.AsReceived, "1 2 3 4 5 6 7")]
    [InlineData(PostingStrategy.EarliestFirst, "7 3 5 4 1 2 6")]
    [InlineData(PostingStrategy.LatestFirst, "1 4 3 5 7 2 6")]
    public async Task ListPosted_PageByPage_IsTheOrderOfTheStrategy(PostingStrategy strategy, string ranks)
    {
        var unit = await NewUnit();
        await Add(await NewUnit(), Make.Person("other@x.org"));
        await Add(unit, [.. Hours.Select((hour, i) => Lead($"{i}@x.org", hour))]);

        for (var limit = 1; limit <= Hours.Length + 1; limit++)
        {
            var pages = await Pages(unit.CampaignId, strategy, limit);
            Assert.Equal(ranks, string.Join(' ', pages.Select(lead => lead.Rank)));
        }
    }

    /// <summary>The external time is compared as it is stored, whatever its offset and however fine.</summary>
    [ContractFact]
    public async Task ListPosted_TimesOfOneInstant_ArePagedByRank()
    {
        var unit = await NewUnit();
        var time = Make.Noon.AddTicks(7);
        DateTimeOffset[] times = [time, time.ToOffset(TimeSpan.FromHours(5)), time.AddTicks(1), time.AddTicks(-3)];
        await Add(unit, [.. times.Select((at, i) => Lead($"{i}@x.org", at))]);

        foreach (var strategy in (PostingStrategy[])[PostingStrategy.EarliestFirst, PostingStrategy.LatestFirst])
        {
            Assert.Equal([1, 2, 3, 4], (await Pages(unit.CampaignId, strategy, 1)).Select(lead => lead.Rank));
        }
    }

    [ContractFact]
    public async Task ListPosted_ChangedLead_KeepsItsPlace()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Lead("a@x.org", 2), Lead("b@x.org", 1));

        await Write(Make.Change(stored[0]));

        var posted = await Driver.ListPosted(unit.CampaignId, PostingStrategy.EarliestFirst, null, 9, default);
        Assert.Equal([2, 1], posted.Select(lead => lead.Rank));
        SameLead.Assert((await Read(stored[0].Lead.Id))!.Lead, posted[1]);
    }

    private static NewLead Lead(string email, int? hour) => Lead(email, hour is { } at ? Make.Noon.AddHours(at) : null);

    private static NewLead Lead(string email, DateTimeOffset? external) =>
        Make.Person(email) with { Profile = new() { ExternalCreatedAt = external } };

    private async Task<List<Lead>> Pages(long campaignId, PostingStrategy strategy, int limit)
    {
        List<Lead> leads = [];
        PostingPlace? after = null;
        while (true)
        {
            var page = await Driver.ListPosted(campaignId, strategy, after, limit, default);
            Assert.True(page.Length <= limit);
            if (page.IsEmpty) return leads;
            leads.AddRange(page);
            after = new(page[^1].Profile.ExternalCreatedAt, page[^1].Rank);
        }
    }
}
