using LeadEngine.Campaigns;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>What is on its way to subscriptions: taken in order, settled, given up, sent again.</summary>
public abstract class DeliveryContract(TestDatabase database) : WebhookContract(database)
{
    [ContractFact]
    public async Task TakeDue_EventsOfALead_ComeOneAfterTheOther()
    {
        var unit = await NewUnit();
        await Subscribe(unit.CampaignId);
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single();
        await Write(Make.Change(lead) with { Events = [new(EventKind.OptedOut), new(EventKind.Tagged, """{"tag_id":1}""")] });

        var first = Assert.Single(await Take());
        Assert.Empty(await Take());
        await Settle(first, Fate.Delivered);
        var second = Assert.Single(await Take());
        await Settle(second, Fate.Delivered);
        var third = Assert.Single(await Take());
        await Settle(third, Fate.Delivered);

        Assert.Equal(
            [(EventKind.Signup, 1L), (EventKind.OptedOut, 2), (EventKind.Tagged, 3)],
            ((Delivery[])[first, second, third]).Select(delivery => (delivery.Kind, delivery.Number)));
        Assert.Equal("""{"tag_id":1}""", third.Details);
        Assert.Empty(await Take(Make.Noon + Lease));
    }

    [ContractFact]
    public async Task TakeDue_EventsOfDifferentLeadsAndSubscriptions_ComeTogether()
    {
        var unit = await NewUnit();
        var (one, other) = (await Subscribe(unit.CampaignId), await Subscribe(unit.CampaignId));
        await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));

        var taken = await Take();

        Assert.Equal([one.Id, one.Id, other.Id, other.Id], taken.Select(delivery => delivery.Subscription.Id).Order());
        Assert.Equal(4, taken.Select(delivery => delivery.Id).Distinct().Count());
    }

    [ContractFact]
    public async Task TakeDue_Taken_ComesAgainWithTheSameIdWhenTheLeaseIsOver()
    {
        var unit = await NewUnit();
        await Subscribe(unit.CampaignId);
        await Add(unit, Make.Person("a@x.org"));
        var first = Assert.Single(await Take());

        Assert.Empty(await Take(Make.Noon + Lease - TimeSpan.FromMilliseconds(1)));
        var again = Assert.Single(await Take(Make.Noon + Lease));

        Assert.Equal(first.Id, again.Id);
    }

    [ContractFact]
    public async Task EndLeases_Taken_ComeAgainAtOnceInOrder()
    {
        var unit = await NewUnit();
        await Subscribe(unit.CampaignId);
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single();
        await Write(Make.Change(lead) with { Events = [new(EventKind.OptedOut)] });
        var first = Assert.Single(await Take());
        Assert.Empty(await Take());

        await EndLeases();

        Assert.Equal(first.Id, Assert.Single(await Take()).Id);
        await Settle(first, Fate.Delivered);
        Assert.Equal(EventKind.OptedOut, Assert.Single(await Take()).Kind);
    }

    [ContractFact]
    public async Task EndLeases_RetriesDeadLettersAndWhatIsDue_StayAsTheyAre()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        await Add(unit, [.. Enumerable.Range(0, 3).Select(i => Make.Person($"{i}@x.org"))]);
        var taken = await Take(limit: 2);
        await Settle(taken[0], Fate.TryAgain, Make.Noon + Lease + TimeSpan.FromMilliseconds(1));
        await Settle(taken[1], Fate.GivenUp);

        await EndLeases();

        Assert.DoesNotContain(Assert.Single(await Take()).Id, taken.Select(delivery => delivery.Id));
        Assert.Equal(taken[1].Id, Assert.Single(await Webhooks.ListDead(Account, subscription.Id, 0, 10, default)).Delivery.Id);
        Assert.Contains(taken[0].Id, (await Take(Make.Noon + Lease + TimeSpan.FromMilliseconds(1))).Select(delivery => delivery.Id));
    }

    [ContractFact]
    public async Task TakeDue_TwoTakersAtOnce_NeverGetTheSame()
    {
        var unit = await NewUnit();
        await Subscribe(unit.CampaignId);
        await Add(unit, [.. Enumerable.Range(0, 200).Select(i => Make.Person($"{i}@x.org"))]);
        var other = await Database.Connect();

        var both = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => Take(limit: 10, driver: i % 2 == 0 ? Driver : other))));
        var rest = await Take();

        Assert.Equal(200, both.SelectMany(taken => taken).Concat(rest).Select(delivery => delivery.Id).Distinct().Count());
        Assert.Equal(200, both.Sum(taken => taken.Length) + rest.Length);
    }

    [ContractFact]
    public async Task TakeDue_MuchForOneSubscription_LeavesRoomForOthers()
    {
        var unit = await NewUnit();
        var slow = await Subscribe(unit.CampaignId);
        await Add(unit, [.. Enumerable.Range(0, 50).Select(i => Make.Person($"{i}@x.org"))]);
        var quick = await Subscribe(unit.CampaignId);
        await Add(unit, Make.Person("last@x.org"));

        var taken = await Take(limit: 20, perSubscription: 5);
        var rest = await Take(busy: slow.Id);

        Assert.Equal(5, taken.Count(delivery => delivery.Subscription.Id == slow.Id));
        Assert.Single(taken, delivery => delivery.Subscription.Id == quick.Id);
        Assert.Empty(rest);
        Assert.Equal(3, (await Take(limit: 3)).Length);
    }

    [ContractFact]
    public async Task Settle_TryAgain_HoldsUpTheLeadUntilThenAndNobodyElse()
    {
        var unit = await NewUnit();
        await Subscribe(unit.CampaignId);
        var leads = await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));
        await Write(Make.Change(leads[0]) with { Events = [new(EventKind.OptedOut)] });
        var (failed, fine) = await Take() is [var a, var b] ? (a, b) : throw new InvalidOperationException("Two were due.");
        var later = Make.Noon.AddHours(2);

        await Settle(failed, Fate.TryAgain, later);
        await Settle(fine, Fate.Delivered);

        Assert.Empty(await Take(later.AddSeconds(-1)));
        var again = Assert.Single(await Take(later));
        Assert.Equal((failed.Id, 1, EventKind.Signup), (again.Id, again.Tries, again.Kind));
        await Settle(again, Fate.Delivered, now: later);
        Assert.Equal(EventKind.OptedOut, Assert.Single(await Take(later)).Kind);
    }

    [ContractTheory]
    [InlineData(Fate.GivenUp)]
    [InlineData(Fate.Refused)]
    public async Task Settle_GivenUp_IsADeadLetterAndHoldsUpNothing(Fate fate)
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single();
        await Write(Make.Change(lead) with { Events = [new(EventKind.OptedOut)] });
        var dead = Assert.Single(await Take());

        await Settle(dead, fate);

        Assert.Equal(EventKind.OptedOut, Assert.Single(await Take()).Kind);
        var letter = Assert.Single(await Webhooks.ListDead(Account, subscription.Id, 0, 10, default));
        Assert.Equal(Tried(dead, Fate.GivenUp), letter.Last);
        Assert.Equal((dead.Id, EventKind.Signup, lead.Lead.Id, 1), (letter.Delivery.Id, letter.Delivery.Kind, letter.Delivery.LeadId, letter.Delivery.Tries));
        Assert.Empty(await Webhooks.ListDead(Account, subscription.Id, dead.Id, 10, default));
        Assert.Empty(await Webhooks.ListDead(2, subscription.Id, 0, 10, default));
    }

    [ContractFact]
    public async Task Settle_Pointless_IsForgottenWithoutALog()
    {
        var unit = await NewUnit();
        await Subscribe(unit.CampaignId);
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single();
        await Write(Make.Change(lead) with { Events = [new(EventKind.OptedOut)] });

        await Settle(Assert.Single(await Take()), Fate.Pointless);

        Assert.Equal(EventKind.OptedOut, Assert.Single(await Take()).Kind);
        Assert.Empty(await Webhooks.ListLog(Account, lead.Lead.Id, 10, default));
    }

    [ContractFact]
    public async Task Settle_DeliveryThatIsGone_ChangesNothing()
    {
        var unit = await NewUnit();
        await Subscribe(unit.CampaignId);
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single();
        var delivery = Assert.Single(await Take());
        await Settle(delivery, Fate.Delivered);

        await Settle(delivery, Fate.TryAgain, Make.Noon);
        await Settle(delivery, Fate.GivenUp);
        await Remove(unit, new LeadRemoval(lead.Lead.Id, LeaveMember: false));
        await Settle(delivery, Fate.Delivered);

        var removed = Assert.Single(await Take(Make.Noon + Lease));
        Assert.Equal((EventKind.Removed, null), (removed.Kind, removed.LeadId));
        Assert.Empty(await Webhooks.ListLog(Account, lead.Lead.Id, 10, default));
    }

    [ContractFact]
    public async Task Replay_SomeThenAll_SendsThemAgainInOrder()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        await Add(unit, [.. Enumerable.Range(0, 4).Select(i => Make.Person($"{i}@x.org"))]);
        var dead = await Take();
        foreach (var delivery in dead) await Settle(delivery, Fate.GivenUp);

        Assert.Equal(0, await Webhooks.Replay(2, subscription.Id, [], Make.Noon, default));
        Assert.Equal(1, await Webhooks.Replay(Account, subscription.Id, [dead[1].Id, 999_999], Make.Noon, default));
        Assert.Equal([dead[1].Id], (await Take()).Select(delivery => delivery.Id));
        Assert.Equal(3, await Webhooks.Replay(Account, subscription.Id, [], Make.Noon, default));

        var again = await Take();
        Assert.Equal([dead[0].Id, dead[2].Id, dead[3].Id], again.Select(delivery => delivery.Id));
        Assert.All(again, delivery => Assert.Equal(0, delivery.Tries));
        Assert.Empty(await Webhooks.ListDead(Account, subscription.Id, 0, 10, default));
    }

    [ContractFact]
    public async Task ListLog_Tries_ComeNewestFirst()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single().Lead;
        var delivery = Assert.Single(await Take());
        var (failed, delivered) = (Tried(delivery, Fate.TryAgain, Make.Noon), Tried(delivery, Fate.Delivered, now: Make.Noon.AddSeconds(5)));
        await Webhooks.Settle([failed], Make.Noon, default);
        await Webhooks.Settle([delivered], Make.Noon, default);

        var log = await Webhooks.ListLog(Account, lead.Id, 10, default);

        Assert.Equal([delivered, failed], log.Select(entry => entry.Attempt));
        Assert.All(log, entry => Assert.Equal((subscription.Id, EventKind.Signup, lead.Id), (entry.SubscriptionId, entry.Kind, entry.LeadId)));
        Assert.Equal([delivered], (await Webhooks.ListLog(Account, lead.Id, 1, default)).Select(entry => entry.Attempt));
        Assert.Empty(await Webhooks.ListLog(2, lead.Id, 10, default));
    }

    [ContractFact]
    public async Task ForgetAttempts_OldOnes_AreGone()
    {
        var unit = await NewUnit();
        await Subscribe(unit.CampaignId);
        var leads = await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));
        var deliveries = await Take();
        await Webhooks.Settle([Tried(deliveries[0], Fate.Delivered), Tried(deliveries[1], Fate.Delivered, now: Make.Noon.AddDays(1))], Make.Noon, default);

        Assert.Equal(1, await Webhooks.ForgetAttempts(Make.Noon.AddHours(1), 10, default));
        Assert.Equal(0, await Webhooks.ForgetAttempts(Make.Noon.AddHours(1), 10, default));

        Assert.Empty(await Webhooks.ListLog(Account, leads[0].Lead.Id, 10, default));
        Assert.Single(await Webhooks.ListLog(Account, leads[1].Lead.Id, 10, default));
    }

    [ContractFact]
    public async Task ForgetDead_OldOnes_AreGoneAndOthersStay()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId, kinds: EventKind.Signup);
        await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"), Make.Person("c@x.org"), Make.Person("d@x.org"));
        var deliveries = await Take();
        await Settle(deliveries[0], Fate.GivenUp);
        await Settle(deliveries[1], Fate.GivenUp);
        await Settle(deliveries[2], Fate.GivenUp, now: Make.Noon.AddDays(1));
        await Settle(deliveries[3], Fate.TryAgain, nextTry: Make.Noon.AddDays(2));

        Assert.Equal(1, await Webhooks.ForgetDead(Make.Noon.AddHours(1), 1, default));
        Assert.Equal(1, await Webhooks.ForgetDead(Make.Noon.AddHours(1), 10, default));
        Assert.Equal(0, await Webhooks.ForgetDead(Make.Noon.AddHours(1), 10, default));

        Assert.Equal(deliveries[2].Id, Assert.Single(await Webhooks.ListDead(Account, subscription.Id, 0, 10, default)).Delivery.Id);
        Assert.Equal(deliveries[3].Id, Assert.Single(await Take(Make.Noon.AddDays(3))).Id);
    }

    private Task EndLeases() => Webhooks.EndLeases(Make.Noon, Make.Noon + Lease, default);
}
