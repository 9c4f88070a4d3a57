using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Leads;

[Collection(EngineCollection.Name)]
public sealed class ConcurrencyTests(EngineFixture engine)
{
    [Fact]
    public async Task Upsert_ThousandAtOnceOfOnePerson_MakeOneLeadAndCountEach()
    {
        var campaign = await engine.CreateCampaign();

        var replies = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => campaign.Upsert("ada@example.com", "+12065550100")));

        Assert.Single(replies, reply => reply.IsNew);
        Assert.Equal(Enumerable.Range(1, 1_000).Select(count => (long)count), replies.Select(reply => reply.Lead!.Counter).Order());
        Assert.Equal(1_000, Assert.Single(await campaign.Leads()).Counter);
    }

    [Fact]
    public async Task Upsert_EmailPhoneAndBothAtOnce_NeverMakeAThirdLead()
    {
        var campaign = await engine.CreateCampaign();
        for (var person = 0; person < 50; person++)
        {
            var (email, phone) = ($"p{person}@example.com", $"+120655501{person:00}");
            var requests = new[] { (email, null), (null, phone), (email, phone), (email, phone), (null, phone), (email, (string?)null) };

            var replies = await Task.WhenAll(requests.Select(request => campaign.Upsert(request.Item1, request.Item2)));

            var ids = replies.Select(reply => reply.Lead!.Id).Distinct().ToArray();
            Assert.InRange(ids.Length, 1, 2);
            var counted = 0L;
            foreach (var id in ids) counted += (await engine.Grains.GetGrain<ILeadGrain>(id).Get(campaign.Id)).Lead!.Counter;
            Assert.Equal(requests.Length, counted);
        }
    }

    [Fact]
    public async Task Upsert_ManyNewPeopleAtOnce_GetRanksWithoutGaps()
    {
        var campaign = await engine.CreateCampaign();

        var replies = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(person => campaign.Upsert($"p{person}@example.com")));

        Assert.Equal(Enumerable.Range(1, 2_000).Select(rank => (long)rank), replies.Select(reply => reply.Lead!.Rank).Order());
        Assert.All(replies, reply => Assert.Equal(reply.Lead!.Rank, reply.Standing!.LeadCount));
    }

    [Fact]
    public async Task SetStatus_EndDuringABurst_NothingLandsAfterItWasAcknowledged()
    {
        var campaign = await engine.CreateCampaign();
        var burst = Enumerable.Range(0, 500).Select(person => campaign.Upsert($"p{person}@example.com")).ToList();
        await burst[0];

        var end = campaign.Grain.SetStatus(CampaignStatus.Ended);
        burst.AddRange(Enumerable.Range(500, 500).Select(person => campaign.Upsert($"p{person}@example.com")));
        var atTheEnd = (await end).Campaign!.LeadCount;
        burst.AddRange(Enumerable.Range(1_000, 500).Select(person => campaign.Upsert($"p{person}@example.com")));
        var replies = await Task.WhenAll(burst);

        Assert.Equal(atTheEnd, (await campaign.Leads()).Length);
        Assert.Equal(atTheEnd, replies.Count(reply => reply.Succeeded));
        Assert.All(replies[1_000..], reply => Assert.Equal(LeadRefusal.Ended, reply.Refusal));
    }
}
