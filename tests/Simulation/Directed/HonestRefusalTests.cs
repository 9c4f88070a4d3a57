using LeadEngine.Leads;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Directed;

/// <summary>Histories in which a change is made, and then something fails: the sender may not be told that nothing changed.</summary>
public sealed class HonestRefusalTests
{
    [Fact]
    public void Upsert_WrittenButItsStandingCannotBeRead_IsUnknown()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("ann@x.org");
            GrainRuntime.Find(stage.Campaign)!.Lose();
            stage.Outside.Script = what => what.StartsWith("take-over", StringComparison.Ordinal) ? CallFate.Busy : null;

            Assert.Equal(LeadRefusal.Unknown, (await stage.Update(1, stage.Command("ann@x.org"))).Refusal);
        });
        Assert.Equal(2, stage.Leads.Single().Counter);
    }

    /// <summary>The unit landed unheard, its repeat finds the lead, and then that cannot be read.</summary>
    [Fact]
    public void Upsert_AddedUnheardThenStoreAway_IsUnknown()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            stage.Outside.Script = what => what.StartsWith("read of leads", StringComparison.Ordinal) ? CallFate.Busy
                : what.StartsWith("commit", StringComparison.Ordinal) && stage.Leads.Length == 0 ? CallFate.LandedUnheard
                : null;

            Assert.Equal(LeadRefusal.Unknown, (await stage.Upsert("ann@x.org")).Refusal);
        });
        Assert.Single(stage.Leads);
    }

    /// <summary>The unit landed unheard; its repeat is fenced off by another host, and then the store is away.</summary>
    [Fact]
    public void Upsert_AddedUnheardThenFencedThenStoreAway_IsUnknown()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            stage.Outside.Script = what =>
            {
                if (stage.Leads.Length > 0) return what.StartsWith("take-over", StringComparison.Ordinal) ? CallFate.Busy : null;
                if (!what.StartsWith("commit", StringComparison.Ordinal)) return null;
                stage.World.After(TimeSpan.FromTicks(1), () => stage.Database.TakeOver(Stage.CampaignId));
                return CallFate.LandedUnheard;
            };

            Assert.Equal(LeadRefusal.Unknown, (await stage.Upsert("ann@x.org")).Refusal);
        });
        Assert.Single(stage.Leads);
    }
}
