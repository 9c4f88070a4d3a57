using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Directed;

/// <summary>Histories of commands that find a lead as it shall be, or as it seems.</summary>
public sealed class CommandTests
{
    /// <summary>An activation that is not the only one takes what it knows for what is so.</summary>
    [Fact]
    public void Apply_AnotherHostTookItBack_IsDone()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("ann@x.org");
            await stage.Apply(LeadOrder.OptOut);
            OptInElsewhere(stage);

            Assert.True((await stage.Apply(LeadOrder.OptOut)).Succeeded);
            Assert.True(stage.Leads.Single().Profile.OptedOut);
        });
    }

    /// <summary>A worker that was frozen goes on with what another one has ended since.</summary>
    [Fact]
    public void Apply_WorkThatIsOverAndFoundNothingToDo_ChangesNothing()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("ann@x.org");
            await stage.Apply(LeadOrder.Waitlist);
            var work = Stage.Repeat(stage.Command(LeadOrder.Waitlist, taskId: 1));
            await stage.Apply(work);
            await stage.Apply(LeadOrder.Unwaitlist);

            await stage.Apply(work);
            Assert.False(stage.Leads.Single().Profile.Waitlisted);
        });
    }

    /// <summary>The first try is held up, and its repeat is told that it is done.</summary>
    [Fact]
    public void Apply_FirstTryComesAfterItsRepeatFoundNothingToDo_ChangesNothing()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("ann@x.org");
            var command = stage.Command(LeadOrder.Approve);
            await stage.Apply(Stage.Repeat(command));
            await stage.Apply(LeadOrder.Block);

            await stage.Apply(command);
            Assert.True(stage.Leads.Single().Profile.Fraudulent);
        });
    }

    [Fact]
    public void Apply_NothingToDo_SpendsTheKey()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("ann@x.org");
            var command = stage.Command(LeadOrder.Approve);
            await stage.Apply(command with { Request = command.Request with { Idempotency = new IdempotencyClaim("k1", "approve") } });

            Assert.Equal(["k1"], stage.Database.KeysOf(1));
        });
    }

    [Fact]
    public void Apply_VerifyFoldedWithTheUpsertThatBringsTheAddress_VerifiesThat()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert(null, "+12065550101");
            var first = stage.Upsert(null, "+12065550101");
            await stage.Pause(10);
            var second = stage.Update(1, stage.Command("ann@x.org"));
            await stage.Pause(1);
            await Task.WhenAll(first, second, stage.Apply(LeadOrder.Verify));

            var profile = stage.Leads.Single().Profile;
            Assert.Equal((true, false), (profile.VerifiedEmail, profile.VerifiedPhone));
        });
    }

    private static void OptInElsewhere(Stage stage)
    {
        var row = stage.Database.Leads.Values.Single();
        var change = new LeadChange
        {
            After = row.Lead with { Profile = row.Lead.Profile with { OptedOut = false } },
            ExpectedVersion = row.Version,
            Requests = row.Requests,
        };
        stage.Database.Commit(new WriteBatch([], [change], [], default));
    }
}
