using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Simulation.Directed;

/// <summary>Histories about what is not there, or not there yet.</summary>
public sealed class AbsenceTests
{
    [Fact]
    public void Get_ManyAskForALeadThatIsNotThere_AllAreToldSo()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stage.Ask(() => stage.Get<ILeadGrain>(999).Get(Stage.CampaignId))));

            Assert.All(replies, reply => Assert.Equal(LeadRefusal.LeadNotFound, reply.Refusal));
        });
    }

    [Fact]
    public void Get_ManyAskForACampaignThatIsNotThere_AllAreToldSo()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stage.Ask(() => stage.Get<ICampaignGrain>(999).Get())));

            Assert.All(replies, reply => Assert.Equal(LeadRefusal.CampaignNotFound, reply.Refusal));
        });
    }

    [Fact]
    public void Get_LeadComesAfterSomebodyAskedForIt_IsFound()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Ask(() => stage.Get<ILeadGrain>(1).Get(Stage.CampaignId));
            await stage.Upsert("ann@x.org");

            Assert.True((await stage.Ask(() => stage.Get<ILeadGrain>(1).Get(Stage.CampaignId))).Succeeded);
            Assert.Equal(2, (await stage.Upsert("ann@x.org")).Lead!.Counter);
        });
    }

    [Fact]
    public void Create_SomebodyAskedForTheCampaignBefore_IsMade()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Ask(() => stage.Get<ICampaignGrain>(2).Get());
            stage.Database.CreateCampaign(2, 1);

            Assert.True((await stage.Ask(() => stage.Get<ICampaignGrain>(2).Create(1, new CampaignSettings { Name = "Late" }))).Succeeded);
        });
    }
}
