using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>Histories in which something happens exactly while a transaction waits for a lock.</summary>
public sealed class PostgresHistoryTests() : StoreContract(new PostgresTestDatabase())
{
    private new PostgresTestDatabase Database => (PostgresTestDatabase)base.Database;

    [PostgresFact]
    public async Task Commit_SuccessorTakesOverWhileItWaits_IsFenced()
    {
        var unit = await NewUnit();
        await using var other = await Database.Watch();
        await Hold(other, unit);

        var late = Commit(unit, Make.Person("late@x.org"));
        await other.UntilOneWaits();
        await other.Run($"update campaigns set epoch = epoch + 1 where id = {unit.CampaignId}; commit");

        Assert.True((await late).IsFenced);
        Assert.Empty(await AllLeads(unit.CampaignId));
    }

    [PostgresTheory]
    [InlineData(CampaignStatus.Ended, LeadRefusal.Ended)]
    [InlineData(CampaignStatus.Locked, LeadRefusal.Locked)]
    public async Task Commit_StatusChangesWhileItWaits_SeesTheNewOne(CampaignStatus status, LeadRefusal why)
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await using var other = await Database.Watch();
        await Hold(other, unit);

        var late = Commit(unit, Make.Person("late@x.org", referrer: ann.Lead.Id, points: 9));
        await other.UntilOneWaits();
        await other.Run($"update campaigns set status = {(int)status} where id = {unit.CampaignId}; commit");

        Assert.Equal([AddOutcome.Refused(why)], (await late).Adds.AsEnumerable());
        Assert.Single(await AllLeads(unit.CampaignId));
        Assert.Equal(default, await ScoreOf(unit.CampaignId, ann.Lead.Id));
    }

    [PostgresFact]
    public async Task Commit_OthersLeadsLandWhileItWaits_CountsThem()
    {
        var unit = await NewUnit();
        await using var other = await Database.Watch();
        await Hold(other, unit);

        var late = Commit(unit, Make.Person("late@x.org"));
        await other.UntilOneWaits();
        await other.Run(
            $"""
            insert into leads (campaign_id, rank, version, created_at, counter, email, requests, profile)
            values ({unit.CampaignId}, 1, 1, now(), 1, 'early@x.org', '', '');
            update campaigns set last_rank = 1, live_count = 1 where id = {unit.CampaignId};
            commit
            """);

        var reply = await late;
        Assert.Equal(2, reply.Adds.Single().Rank);
        Assert.Equal(2, reply.LeadCount);
    }

    [PostgresFact]
    public async Task Write_LockedWhileItWaits_IsRefused()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        await using var other = await Database.Watch();
        await other.Run($"begin; select from campaigns where id = {unit.CampaignId} for update");

        var late = Write(Make.Change(ann));
        await other.UntilOneWaits();
        await other.Run($"update campaigns set status = 2 where id = {unit.CampaignId}; commit");

        Assert.Equal(LeadRefusal.Locked, (await late).Refusal);
        SameLead.Assert(ann, await Read(ann.Lead.Id));
    }

    [PostgresFact]
    public async Task SetStatus_ChangeUnderWay_WaitsForIt()
    {
        var unit = await NewUnit();
        await using var other = await Database.Watch();
        await other.Run($"begin; select from campaigns where id = {unit.CampaignId} for key share");

        var locking = Driver.SetStatus(unit.CampaignId, unit.Epoch, CampaignStatus.Locked, default);
        await other.UntilOneWaits();
        Assert.False(locking.IsCompleted);
        await other.Run("commit");

        Assert.True(await locking);
    }

    [PostgresFact]
    public async Task SetStatus_TakenOverWhileItWaits_ChangesNothing()
    {
        var unit = await NewUnit();
        await using var other = await Database.Watch();
        await Hold(other, unit);

        var ending = Driver.SetStatus(unit.CampaignId, unit.Epoch, CampaignStatus.Ended, default);
        await other.UntilOneWaits();
        await other.Run($"update campaigns set epoch = epoch + 1 where id = {unit.CampaignId}; commit");

        Assert.False(await ending);
        Assert.Equal(CampaignStatus.Open, (await Driver.TakeOver(unit.CampaignId, default))!.Status);
    }

    [PostgresFact]
    public async Task TakeOver_UnitUnderWay_ReadsWhatItLeft()
    {
        var unit = await NewUnit();
        await using var other = await Database.Watch();
        await Hold(other, unit);

        var taking = Driver.TakeOver(unit.CampaignId, default);
        await other.UntilOneWaits();
        await other.Run(
            $"""
            insert into scores (campaign_id, lead_id, points, direct_referrals, indirect_referrals) values ({unit.CampaignId}, 77, 5, 1, 0);
            update campaigns set last_rank = 4, live_count = 4 where id = {unit.CampaignId};
            commit
            """);

        var tenure = await taking;
        Assert.Equal((unit.Epoch + 1, 4), (tenure!.Epoch, tenure.LeadCount));
        Assert.Equal([new ScoreRow(77, new() { Points = 5, DirectReferrals = 1 })], tenure.Scores.AsEnumerable());
    }

    [PostgresFact]
    public async Task Write_EmailTakenWhileItWaits_AsksAgain()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person(phone: "+15551230001"), Make.Person(phone: "+15551230002"));
        await using var other = await Database.Watch();
        await other.Run(
            $"""
            begin;
            update people set email = 'a@x.org' where id = (select person_id from leads where id = {stored[0].Lead.Id});
            update leads set email = 'a@x.org' where id = {stored[0].Lead.Id};
            """);

        var late = Write(Make.Change(stored[1]) with { ClaimEmail = "a@x.org" });
        await other.UntilOneWaits();
        await other.Run("commit");

        Assert.Equal(LeadRefusal.AskAgain, (await late).Refusal);
        SameLead.Assert(stored[1], await Read(stored[1].Lead.Id));
    }

    [PostgresFact]
    public async Task Commit_SessionIsEndedWhileItWaits_IsBusyAndNothingLands()
    {
        var unit = await NewUnit();
        await using var other = await Database.Watch();
        await Hold(other, unit);

        var lost = Commit(unit, Make.Person("lost@x.org"));
        await other.UntilOneWaits();
        await other.Run(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");

        await Assert.ThrowsAsync<StoreBusyException>(() => lost);
        await other.Run("commit");
        Assert.Equal(1, (await Commit(unit, Make.Person("next@x.org"))).Adds.Single().Rank);
    }

    private static Task Hold(Bystander other, CampaignUnit unit) =>
        other.Run($"begin; select from campaigns where id = {unit.CampaignId} for no key update");
}
