using LeadEngine.ApiHost.Dialects.SendKit;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Dialects.SendKit;

/// <summary>Members of campaigns that are larger than what is looked at in one call.</summary>
public abstract class MemberPagesTests(LeadEngineApplication app)
{
    private const int RanksAtOnce = 3;

    [ContractFact]
    public async Task Read_FewAmongMany_FindsThemAllInOrder()
    {
        var campaign = await app.CreateCampaign();
        for (var i = 1; i <= 20; i++) await campaign.SignUpAsOwner(new { email = $"{i}@{(i % 9 == 0 ? "rare" : "common")}.org" });

        Assert.Equal([9L, 18], await Ranks(campaign, new() { Limit = 2, Filter = new PeopleFilter { Search = "rare.org" } }));
        Assert.Equal([.. Enumerable.Range(1, 20)], await Ranks(campaign, new() { Limit = 2 }));
        Assert.Equal([15L, 16, 17, 18, 19, 20], await Ranks(campaign, new() { Limit = 5, AfterRank = 14 }));
    }

    [ContractFact]
    public async Task Read_GapOfDeletedLeads_GoesOnBehindIt()
    {
        var campaign = await app.CreateCampaign();
        for (var i = 1; i <= 12; i++) await campaign.SignUpAsOwner(new { email = $"{i}@x.org" });
        foreach (var lead in (await campaign.Leads()).Where(lead => lead.Number("rank") is > 2 and < 12))
        {
            await Grains.GetGrain<ILeadGrain>(lead.Number("id")).Remove(campaign.Id, leaveMember: false);
        }

        Assert.Equal([1L, 2, 12], await Ranks(campaign, new() { Limit = 2, Filter = new PeopleFilter { Search = "x.org" } }));
    }

    [ContractFact]
    public async Task Read_LeadsByName_AreOnOnePage()
    {
        var campaign = await app.CreateCampaign();
        for (var i = 1; i <= 9; i++) await campaign.SignUpAsOwner(new { email = $"{i}@x.org" });
        var leads = await campaign.Leads();

        Assert.Equal([1L, 9], await Ranks(campaign, new() { Limit = 2, LeadIds = [leads[8].Number("id"), leads[0].Number("id")] }));
    }

    private IGrainFactory Grains => app.Services.GetRequiredService<IGrainFactory>();

    private async Task<List<long>> Ranks(HttpCampaign campaign, MemberQuery query)
    {
        var services = app.Services;
        var pages = new MemberPages(
            Grains.GetGrain<ICampaignGrain>(campaign.Id),
            services.GetRequiredService<EngineCalls>(),
            services.GetRequiredService<Deadlines>(),
            RanksAtOnce);
        List<long> ranks = [];
        await foreach (var page in pages.Read(query)) ranks.AddRange(page.Select(member => member.Rank));
        return ranks;
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteMemberPagesTests(LeadEngineApplication app) : MemberPagesTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresMemberPagesTests(PostgresLeadEngineApplication app) : MemberPagesTests(app);
