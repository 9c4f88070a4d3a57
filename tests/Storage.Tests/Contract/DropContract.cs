using LeadEngine.Campaigns;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>What was on its way to a subscription that is disabled or removed counts for nothing, and is removed page by page.</summary>
public abstract class DropContract(TestDatabase database) : WebhookContract(database)
{
    [ContractFact]
    public async Task RemoveDropped_MoreThanAPage_IsRemovedPageByPage()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        await Add(unit, [.. Enumerable.Range(0, 5).Select(i => Make.Person($"{i}@x.org"))]);

        await Webhooks.Disable(subscription.Id, "gone", default);

        Assert.Empty(await Take(Make.Noon + Lease));
        Assert.Equal([2, 2, 1, 0], await Pages(4));
    }

    [ContractFact]
    public async Task RemoveDropped_OfOneThatIsDisabled_LeavesDeadLettersAndOtherSubscriptions()
    {
        var unit = await NewUnit();
        var (disabled, other) = (await Subscribe(unit.CampaignId), await Subscribe(unit.CampaignId));
        await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));
        await Settle((await Take(busy: other.Id))[0], Fate.GivenUp);

        await Webhooks.Disable(disabled.Id, "gone", default);

        Assert.Equal([1, 0], await Pages(2));
        Assert.Single(await Webhooks.ListDead(Account, disabled.Id, 0, 10, default));
        Assert.Equal([other.Id, other.Id], (await Take()).Select(delivery => delivery.Subscription.Id));
    }

    [ContractFact]
    public async Task RemoveDropped_OfOneThatIsRemoved_TakesDeadLettersToo()
    {
        var unit = await NewUnit();
        var (gone, other) = (await Subscribe(unit.CampaignId), await Subscribe(unit.CampaignId));
        await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"), Make.Person("c@x.org"));
        await Settle((await Take(busy: other.Id))[0], Fate.GivenUp);

        await Webhooks.Remove(Account, gone.Id, default);

        Assert.Empty(await Webhooks.ListDead(Account, gone.Id, 0, 10, default));
        Assert.Equal(0, await Webhooks.Replay(Account, gone.Id, [], Make.Noon, default));
        Assert.Equal([2, 1, 0], await Pages(3));
        Assert.Equal(3, (await Take()).Count(delivery => delivery.Subscription.Id == other.Id));
    }

    [ContractFact]
    public async Task RemoveDropped_DisabledAndThenRemoved_TakesDeadLettersToo()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));
        await Settle((await Take())[0], Fate.GivenUp);
        await Webhooks.Disable(subscription.Id, "gone", default);
        Assert.Equal([1, 0], await Pages(2));

        await Webhooks.Remove(Account, subscription.Id, default);

        Assert.Equal([1, 0], await Pages(2));
    }

    [ContractFact]
    public async Task RemoveDropped_ManySubscriptions_LeavesNone()
    {
        var unit = await NewUnit();
        var all = new[] { await Subscribe(unit.CampaignId), await Subscribe(unit.CampaignId), await Subscribe(unit.CampaignId) };
        await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"), Make.Person("c@x.org"));

        foreach (var subscription in all) await Webhooks.Remove(Account, subscription.Id, default);

        Assert.Equal(9, (await Pages(10)).Sum());
    }

    [ContractFact]
    public async Task RemoveDropped_LeadThatIsGone_HasTakenItsOwn()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        var leads = await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));
        await Webhooks.Disable(subscription.Id, "gone", default);

        await Remove(unit, new LeadRemoval(leads[0].Lead.Id, LeaveMember: false));

        Assert.Equal([1, 0], await Pages(2));
    }

    [ContractFact]
    public async Task RemoveDropped_RemovalOfAnotherAccount_DropsNothing()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        await Add(unit, Make.Person("a@x.org"));

        Assert.False(await Webhooks.Remove(2, subscription.Id, default));

        Assert.Equal([0], await Pages(1));
        Assert.Single(await Take());
    }

    [ContractFact]
    public async Task Settle_DroppedWhileItWasUnderWay_ChangesNothing()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        var leads = await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));
        var underWay = await Take();
        await Webhooks.Disable(subscription.Id, "gone", default);

        await Settle(underWay[0], Fate.Delivered);
        await Settle(underWay[1], Fate.GivenUp);

        Assert.Empty(await Webhooks.ListLog(Account, leads[0].Lead.Id, 10, default));
        Assert.Empty(await Webhooks.ListDead(Account, subscription.Id, 0, 10, default));
        Assert.Equal(2, (await Pages(2)).Sum());
    }

    [ContractFact]
    public async Task TakeDue_EnabledAgain_TellsNothingThatWasDropped()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        var old = (await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"), Make.Person("c@x.org")))[0];
        await Webhooks.Disable(subscription.Id, "gone", default);
        await Webhooks.Change(subscription, default);
        await Write(Make.Change(old) with { Events = [new(EventKind.OptedOut)] });

        var early = await Take();
        Assert.Equal(3, (await Pages(3)).Sum());
        var late = await Take();

        var told = Assert.Single([.. early, .. late]);
        Assert.Equal((old.Lead.Id, EventKind.OptedOut), (told.LeadId, told.Kind));
        Assert.Equal([0], await Pages(1));
    }

    [ContractFact]
    public async Task Replay_EnabledAgain_LosesNoDeadLetter()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));
        var dead = (await Take())[0];
        await Settle(dead, Fate.GivenUp);
        await Webhooks.Disable(subscription.Id, "gone", default);
        await Webhooks.Change(subscription, default);

        try
        {
            await Webhooks.Replay(Account, subscription.Id, [], Make.Noon, default);
            await Pages(2);
        }
        catch (StoreBusyException)
        {
            await Pages(2);
            await Webhooks.Replay(Account, subscription.Id, [], Make.Noon, default);
        }

        Assert.Equal(dead.Id, Assert.Single(await Take()).Id);
    }

    private async Task<List<int>> Pages(int count)
    {
        List<int> removed = [];
        while (removed.Count < count) removed.Add(await Webhooks.RemoveDropped(2, default));
        return removed;
    }
}
