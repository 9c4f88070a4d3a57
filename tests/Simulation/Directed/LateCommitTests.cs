using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Directed;

/// <summary>Histories in which a commit lands after its connection was lost, and after it was tried again.</summary>
public sealed class LateCommitTests
{
    [Fact]
    public void SetStatus_FirstTryLandsLate_UndoesNothingThatCameAfter()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            stage.Script("epoch", CallFate.LandsLater);
            await SetUntilDone(stage, CampaignStatus.Open);
            await SetUntilDone(stage, CampaignStatus.Ended);
            await stage.Pause(10_000);

            Assert.Equal(LeadRefusal.Ended, (await stage.Upsert("late@x.org")).Refusal);
        });
        Assert.Equal(CampaignStatus.Ended, stage.Database.Campaign(Stage.CampaignId).Status);
    }

    [Fact]
    public void Upsert_FirstTryOnItsWayWhenLocked_IsUnknownRatherThanLocked()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("ann@x.org");
            await SetUntilDone(stage, CampaignStatus.Locked);
            stage.Script("commit", CallFate.LandsLater);
            var reply = await stage.Update(1, stage.Command("ann@x.org"));
            await SetUntilDone(stage, CampaignStatus.Open);
            await stage.Pause(10_000);

            Assert.Equal(LeadRefusal.Unknown, reply.Refusal);
        });
        Assert.Equal(2, stage.Leads.Single().Counter);
    }

    private static async Task SetUntilDone(Stage stage, CampaignStatus status)
    {
        while (!(await stage.Ask(() => stage.Campaign.SetStatus(status))).Succeeded)
        {
        }
    }
}
