using System.Diagnostics.Metrics;
using LeadEngine.Campaigns;
using LeadEngine.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.Grains.Tests.Telemetry;

[Collection(EngineCollection.Name)]
public sealed class LeadMetricsTests(EngineFixture engine) : IDisposable
{
    private readonly MeasurementLog _log = new(meter => meter.Scope == engine.Services.GetRequiredService<IMeterFactory>());

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Upsert_ManyNewPeople_CountsEachOnce()
    {
        var campaign = await engine.CreateCampaign();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => campaign.Upsert($"{i % 40}@x.org")));

        Assert.Equal(40, _log.ValuesOf("leadengine.leads.created").Sum());
        Assert.True(_log.ValuesOf("leadengine.campaign.unit.size").Sum() >= 40);
        Assert.Equal(10, _log.ValuesOf("leadengine.leads.updated").Sum());
    }

    [Fact]
    public async Task Upsert_Committed_IsPartOfACommitsSize()
    {
        var campaign = await engine.CreateCampaign();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => campaign.Upsert($"{i}@x.org")));

        Assert.Equal(_log.ValuesOf("leadengine.campaign.unit.size").Sum(), _log.ValuesOf("leadengine.store.commit.size").Sum());
    }

    [Fact]
    public async Task SetStatus_OfACampaign_IsNoUnit()
    {
        var campaign = await engine.CreateCampaign();

        await campaign.Grain.SetStatus(CampaignStatus.Ended);

        Assert.Empty(_log.Of("leadengine.campaign.unit.size"));
    }

    [Fact]
    public async Task Collect_CampaignIsActive_IsAmongTheActivations()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Grain.Get();

        _log.Collect();

        Assert.True(_log.ValuesOf("orleans-catalog-activations").Last() >= 1);
    }
}
