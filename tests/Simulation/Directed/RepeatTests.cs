using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Directed;

/// <summary>Histories in which a request that was applied before comes again.</summary>
public sealed class RepeatTests
{
    private const string Phone = "+12065550101";

    /// <summary>The first try went to the lead with the phone number, since the e-mail named nobody then.</summary>
    [Fact]
    public void Upsert_EmailTakenByAnotherSinceTheFirstTry_IsAnsweredByTheLeadThatSawIt()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("bob@x.org", Phone);
            var command = stage.Command("cleo@x.org", Phone);
            var first = await stage.Send(command);
            await stage.Upsert("cleo@x.org");

            var again = await stage.Send(Stage.Repeat(command));

            Assert.Equal("bob@x.org", first.Lead!.Email);
            Assert.Equal(first.Lead.Id, again.Lead!.Id);
        });
        Assert.Equal([2L, 1L], stage.Leads.Select(lead => lead.Counter));
    }

    /// <summary>The repeat was faster, and somebody else got the e-mail before the first try came.</summary>
    [Fact]
    public void Upsert_FirstTryComesAfterItsRepeatAndEmailIsTaken_IsAnsweredByTheLeadThatSawIt()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("bob@x.org", Phone);
            var command = stage.Command("cleo@x.org", Phone);
            await stage.Send(Stage.Repeat(command));
            await stage.Upsert("cleo@x.org");

            Assert.Equal("bob@x.org", (await stage.Send(command)).Lead!.Email);
        });
        Assert.Equal([2L, 1L], stage.Leads.Select(lead => lead.Counter));
    }

    [Fact]
    public void Upsert_EmailAndPhoneOfTwoLeadsAndNeitherSawIt_IsApplied()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("bob@x.org", Phone);
            await stage.Upsert("cleo@x.org");

            Assert.Equal(2, (await stage.Send(Stage.Repeat(stage.Command("cleo@x.org", Phone)))).Lead!.Id);
        });
        Assert.Equal([1L, 2L], stage.Leads.Select(lead => lead.Counter));
    }

    /// <summary>The first try is on its way to the lead with the phone number while somebody else gets the e-mail.</summary>
    [Fact]
    public void Upsert_EmailTakenByAnotherWhileTheFirstTryIsOnItsWay_IsAppliedOnce()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("bob@x.org", Phone);
            var command = stage.Command("cleo@x.org", Phone);
            stage.Script("commit of 0 units, 1 changes", CallFate.LandsLater, CallFate.Busy, CallFate.Busy, CallFate.Busy, CallFate.Busy);
            var first = stage.Send(command);
            await stage.Pause(200);
            GrainRuntime.Find(stage.Get<ILeadGrain>(1))!.Lose();
            stage.Database.Commit(Stage.Adding("cleo@x.org", stage.Database));

            var again = await stage.Send(Stage.Repeat(command));
            await stage.Pause(10_000);

            Assert.Equal(2, again.Lead!.Id);
            await Assert.ThrowsAnyAsync<OrleansException>(() => first);
        });
        Assert.Equal([1L, 2L], stage.Leads.Select(lead => lead.Counter));
    }

    [Fact]
    public void Upsert_RepeatBesideANewOneInALockedCampaign_OnlyTheNewOneIsRefused()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("ann@x.org");
            var command = stage.Command("ann@x.org");
            await stage.Send(command);
            await stage.Ask(() => stage.Campaign.SetStatus(CampaignStatus.Locked));

            var underWay = stage.Upsert("ann@x.org");
            await stage.Pause(1);
            var together = await Task.WhenAll(stage.Upsert("ann@x.org"), stage.Send(Stage.Repeat(command)), stage.Upsert("ann@x.org"));

            Assert.Equal(LeadRefusal.Locked, (await underWay).Refusal);
            Assert.Equal([LeadRefusal.Locked, null, LeadRefusal.Locked], together.Select(reply => reply.Refusal));
            Assert.Equal(2, together[1].Lead!.Counter);
        });
    }

    /// <summary>Its silo was frozen; its repeat was applied elsewhere, and so many others since that the row has forgotten it.</summary>
    [Fact]
    public void Upsert_FirstTryComesAfterItsRepeatIsForgotten_IsNotAppliedAgain()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("ann@x.org");
            var command = stage.Command("ann@x.org");
            await stage.Send(Stage.Repeat(command));
            for (var others = 0; others < 40; others++) await stage.Upsert("ann@x.org");

            Assert.Equal(LeadRefusal.Unknown, (await stage.Send(command)).Refusal);
        });
        Assert.Equal(42, Assert.Single(stage.Leads).Counter);
    }

    /// <summary>The lead with its phone number is asked whether it saw it, beside a new request that is refused.</summary>
    [Fact]
    public void Upsert_RepeatAsksTheLeadWithItsPhoneInALockedCampaign_IsAnsweredByItsOwn()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("bob@x.org", Phone);
            await stage.Upsert("ann@x.org");
            var command = stage.Command("ann@x.org", Phone);
            await stage.Send(command);
            await stage.Ask(() => stage.Campaign.SetStatus(CampaignStatus.Locked));

            var refused = Enumerable.Range(0, 20).Select(i => stage.UpsertAfter(i * 5, "bob@x.org")).ToList();
            await stage.Pause(1);
            var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => stage.Send(Stage.Repeat(command))));

            Assert.All(again, reply => Assert.Equal(2, reply.Lead?.Counter));
            await Task.WhenAll(refused);
        });
    }

    /// <summary>It waits behind another that brings a number which somebody has.</summary>
    [Fact]
    public void Upsert_WaitsBehindOneWithAnotherNumber_GainsItsOwn()
    {
        var stage = new Stage();
        stage.Play(async () =>
        {
            await stage.Upsert("bob@x.org", Phone);
            await stage.Upsert("ann@x.org");

            var underWay = stage.Update(2, stage.Command("ann@x.org"));
            await stage.Pause(1);
            var other = stage.Update(2, stage.Command("ann@x.org", Phone));
            await stage.Pause(1);
            var own = stage.Update(2, stage.Command("ann@x.org", "+12065550102"));
            await underWay;

            Assert.Null((await other).Lead!.Phone);
            Assert.Equal("+12065550102", (await own).Lead!.Phone);
        });
    }
}
