using LeadEngine.Leads;
using LeadEngine.Links;

namespace LeadEngine.Grains.Tests.Links;

[Collection(EngineCollection.Name)]
public sealed class LinkGrainTests(EngineFixture engine)
{
    [Fact]
    public async Task Follow_LinkOfALead_LeadsThereAndCounts()
    {
        var (lead, code) = await Post();
        var link = Link(code);

        Assert.Equal("https://a.example/offer", await link.Follow());
        Assert.Equal("https://a.example/offer", await link.Follow());

        Assert.Equal(new FollowedLink("https://a.example/offer", lead.CampaignId, lead.Id, 2), await link.Get());
    }

    [Fact]
    public async Task Follow_ManyAtOnce_AreAllOnDiskSoon()
    {
        var (_, code) = await Post();

        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Link(code).Follow()));

        await Until(async () => (await engine.Links.Read(code))!.Clicks == 1_000);
        Assert.Equal(1_000, (await Link(code).Get())!.Clicks);
    }

    [Fact]
    public async Task Follow_LinkOfARemovedLead_EndsSoon()
    {
        var (lead, code) = await Post();
        await Link(code).Follow();

        await engine.Grains.GetGrain<ILeadGrain>(lead.Id).Remove(lead.CampaignId, leaveMember: true);

        await Until(async () => await Link(code).Follow() is null);
        Assert.Null(await Link(code).Get());
    }

    [Fact]
    public async Task Follow_UnknownCode_LeadsNowhere()
    {
        Assert.Null(await Link("nowhere").Follow());
        Assert.Null(await Link("nowhere").Get());
    }

    private ILinkGrain Link(string code) => engine.Grains.GetGrain<ILinkGrain>(code);

    private async Task<(Lead Lead, string Code)> Post()
    {
        var campaign = await engine.CreateCampaign();
        var code = Guid.NewGuid().ToString("N");
        var reply = await campaign.Upsert(
            "ada@example.com", change: command => command with { ShortLink = new ShortLink(code, "https://a.example/offer") });
        return (reply.Lead!, code);
    }

    // Clicks are written about once a second: as soon as they are there, the test goes on.
    private static async Task Until(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition()) await timer.WaitForNextTickAsync(patience.Token);
    }
}
