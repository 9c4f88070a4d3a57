using System.Text.Json;
using LeadEngine.Campaigns;
using LeadEngine.People;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>What is told of changes, in their own transaction.</summary>
public abstract class EventContract(TestDatabase database) : WebhookContract(database)
{
    [ContractFact]
    public async Task Commit_NewLeads_AreToldToWhoWants()
    {
        var unit = await NewUnit();
        var wanting = await Subscribe(unit.CampaignId, kinds: EventKind.Signup);
        await Subscribe(unit.CampaignId, kinds: EventKind.OptedOut);
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single().Lead;

        var told = Assert.Single(await Take());

        Assert.Equal(
            (wanting.Id, EventKind.Signup, Make.Noon, unit.CampaignId, lead.Id, 1L, null, 0),
            (told.Subscription.Id, told.Kind, told.OccurredAt, told.CampaignId, told.LeadId, told.Number, told.Details, told.Tries));
    }

    [ContractFact]
    public async Task Commit_WhatChangesNothing_TellsNothing()
    {
        var unit = await NewUnit();
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single();
        await Subscribe(unit.CampaignId);
        await Commit(unit, Make.Person("a@x.org", referrer: lead.Lead.Id));
        await Write(Make.Change(lead) with { ExpectedVersion = 7, Events = [new(EventKind.OptedOut)] });
        await Remove(unit, new LeadRemoval(999_999, LeaveMember: false));
        await SetStatus(unit, CampaignStatus.Locked);
        await Commit(unit, Make.Person("b@x.org"));
        await Write(Make.Change(lead) with { Events = [new(EventKind.OptedOut)] });
        await Remove(unit, new LeadRemoval(lead.Lead.Id, LeaveMember: false));

        Assert.Empty(await Take());
    }

    [ContractFact]
    public async Task Commit_ReferredLeads_AreToldOfTheirParent()
    {
        var unit = await NewUnit();
        var parent = (await Add(unit, Make.Person("a@x.org"))).Single().Lead.Id;
        await Subscribe(unit.CampaignId, kinds: EventKind.Referral);
        var children = await Add(unit, Make.Person("b@x.org", referrer: parent), Make.Person("c@x.org", referrer: parent));

        var told = await DeliverAll();

        Assert.Equal([(parent, 2L), (parent, 3L)], told.Select(delivery => (delivery.LeadId!.Value, delivery.Number)));
        Assert.Equal(children.Select(child => child.Lead.Id), told.Select(delivery => Number(delivery, "lead_id")));
    }

    [ContractFact]
    public async Task Commit_FraudulentLead_IsToldAsSuchAndNotAsAReferral()
    {
        var unit = await NewUnit();
        var parent = (await Add(unit, Make.Person("a@x.org"))).Single().Lead.Id;
        await Subscribe(unit.CampaignId, kinds: [EventKind.Signup, EventKind.Fraudulent, EventKind.Referral]);
        var flagged = Make.Person("b@x.org", referrer: parent) with { Profile = new() { Fraudulent = true } };
        var lead = (await Add(unit, flagged)).Single().Lead.Id;

        var told = await DeliverAll();

        Assert.All(told, delivery => Assert.Equal(lead, delivery.LeadId));
        Assert.Equal([(EventKind.Signup, 1L), (EventKind.Fraudulent, 2L)], told.Select(delivery => (delivery.Kind, delivery.Number)));
    }

    [ContractFact]
    public async Task Commit_NewLeadsWithTags_AreToldOfEachAfterTheSignup()
    {
        var unit = await NewUnit();
        var parent = (await Add(unit, Make.Person("p@x.org"))).Single().Lead.Id;
        await Subscribe(unit.CampaignId, kinds: [EventKind.Signup, EventKind.Referral, EventKind.Tagged]);
        EventNote Tag(string name) => new(EventKind.Tagged, $$"""{"name":"{{name}}"}""");
        var leads = await Add(
            unit,
            Make.Person("a@x.org") with { Events = [Tag("a1"), new(EventKind.OptedOut), Tag("a2")] },
            Make.Person("b@x.org", referrer: parent),
            Make.Person("c@x.org") with { Events = [Tag("c1")], Request = Make.Request(receivedAt: Make.Noon.AddHours(-1)) });
        await Commit(unit, Make.Person("p@x.org") with { Events = [Tag("p1")] });

        var told = (await DeliverAll()).ToLookup(delivery => delivery.LeadId);

        Assert.Equal(
            [(EventKind.Signup, 1, null), (EventKind.Tagged, 2, "a1"), (EventKind.Tagged, 3, "a2")],
            told[leads[0].Lead.Id].Select(NumberAndName));
        Assert.Equal([(EventKind.Signup, 1, null)], told[leads[1].Lead.Id].Select(NumberAndName));
        Assert.Equal([(EventKind.Signup, 1, null), (EventKind.Tagged, 2, "c1")], told[leads[2].Lead.Id].Select(NumberAndName));
        Assert.Equal(Make.Noon, told[leads[2].Lead.Id].Last().OccurredAt);
        Assert.Equal([EventKind.Referral], told[parent].Select(delivery => delivery.Kind));

        static (EventKind, long, string?) NumberAndName(Delivery delivery) =>
            (delivery.Kind, delivery.Number, delivery.Details is null ? null : Text(delivery, "name"));
    }

    [ContractFact]
    public async Task Commit_ScoresThatChange_AreToldAsTheyWereAndAsTheyAre()
    {
        var unit = await NewUnit();
        var grandparent = (await Add(unit, Make.Person("a@x.org"))).Single();
        var parent = (await Add(unit, Make.Person("b@x.org", referrer: grandparent.Lead.Id))).Single();
        await Subscribe(unit.CampaignId, kinds: [EventKind.ScoreChange, EventKind.RewardLevel]);
        var child = (await Add(unit, Make.Person("c@x.org", referrer: parent.Lead.Id))).Single();
        await Score(unit, Make.Change(parent) with { Points = 5, Earned = [3, 1] });
        await Remove(unit, new LeadRemoval(child.Lead.Id, LeaveMember: false));

        var told = (await DeliverAll()).Where(delivery => delivery.Kind is EventKind.ScoreChange).ToLookup(delivery => delivery.LeadId);

        Assert.Equal(
            [(new(), new() { DirectReferrals = 1 }),
                (new() { DirectReferrals = 1 }, new() { DirectReferrals = 1, Points = 5, Earned = [1, 3] }),
                (new() { DirectReferrals = 1, Points = 5, Earned = [1, 3] }, new() { Points = 5, Earned = [1, 3] })],
            told[parent.Lead.Id].Select(Scores));
        Assert.Equal(
            [(new() { DirectReferrals = 1 }, new() { DirectReferrals = 1, IndirectReferrals = 1 }),
                (new() { DirectReferrals = 1, IndirectReferrals = 1 }, new LeadScore { DirectReferrals = 1 })],
            told[grandparent.Lead.Id].Select(Scores));
        Assert.Empty(told[child.Lead.Id]);
    }

    [ContractFact]
    public async Task Commit_RewardLevelsAlone_AreToldWithScoresAndNumberedOneByOne()
    {
        var unit = await NewUnit();
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single();
        await Subscribe(unit.CampaignId, kinds: EventKind.RewardLevel);
        var after = (await Score(unit, Make.Change(lead) with { Points = 5 })).Changes.Single().Stored!;
        await Score(unit, Make.Change(after) with { Points = 2 });

        var told = await DeliverAll();

        Assert.Equal([2L, 3], told.Select(delivery => delivery.Number));
        Assert.All(told, delivery => Assert.Equal(EventKind.RewardLevel, delivery.Kind));
        Assert.Equal([(new(), new() { Points = 5 }), (new() { Points = 5 }, new LeadScore { Points = 7 })], told.Select(Scores));
    }

    [ContractFact]
    public async Task Commit_AccountWideSubscription_HearsOfAllCampaignsAlsoOfLaterOnes()
    {
        var before = await NewUnit();
        var other = await NewUnit(account: 2);
        await Subscribe();
        var after = await NewUnit();
        long[] leads = [(await Add(before, Make.Person("a@x.org")))[0].Lead.Id, (await Add(after, Make.Person("a@x.org")))[0].Lead.Id];
        await Add(other, Make.Person("a@x.org"));

        var told = await Take();

        Assert.Equal(leads, told.Select(delivery => delivery.LeadId!.Value));
        Assert.Equal([before.CampaignId, after.CampaignId], told.Select(delivery => delivery.CampaignId!.Value));
    }

    [ContractFact]
    public async Task Commit_SubscriptionToOneCampaign_HearsOfNoOther()
    {
        var (one, other) = (await NewUnit(), await NewUnit());
        await Subscribe(one.CampaignId);
        await Add(other, Make.Person("a@x.org"));

        Assert.Empty(await Take());
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_Removal_IsToldAndAllElseOfTheLeadForgotten(bool leaveMember)
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        var leads = await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"), Make.Person("c@x.org"));
        var taken = await Take();
        await Settle(taken[0], Fate.Delivered);
        await Settle(taken[1], Fate.GivenUp);
        await Settle(taken[2], Fate.Delivered);
        await Write(Make.Change(leads[0]) with { Events = [new(EventKind.OptedOut)] });

        await Remove(unit, new LeadRemoval(leads[0].Lead.Id, leaveMember), new LeadRemoval(leads[1].Lead.Id, leaveMember));

        var told = await DeliverAll(Make.Noon + Lease);
        Assert.All(told, delivery => Assert.Equal((EventKind.Removed, null, 0L), (delivery.Kind, delivery.LeadId, delivery.Number)));
        Assert.Equal([leads[0].Lead.Id, leads[1].Lead.Id], told.Select(delivery => Number(delivery, "lead_id")).Order());
        Assert.Empty(await Webhooks.ListLog(Account, leads[0].Lead.Id, 10, default));
        Assert.Empty(await Webhooks.ListLog(Account, leads[1].Lead.Id, 10, default));
        Assert.Single(await Webhooks.ListLog(Account, leads[2].Lead.Id, 10, default));
        Assert.Empty(await Webhooks.ListDead(Account, subscription.Id, 0, 10, default));
    }

    [ContractFact]
    public async Task Commit_ReferrerRemovedInTheSameUnit_IsNotTold()
    {
        var unit = await NewUnit();
        var parent = (await Add(unit, Make.Person("a@x.org"))).Single().Lead.Id;
        await Subscribe(unit.CampaignId, kinds: EventKind.Referral);

        await Driver.Commit(
            Make.Batch() with
            {
                Units = [unit with { Adds = [Make.Person("b@x.org", referrer: parent)], Removals = [new LeadRemoval(parent, LeaveMember: false)] }],
            },
            default);

        Assert.Empty(await Take());
    }

    [ContractFact]
    public async Task CountClicks_LinkOfALead_IsToldWithHowMany()
    {
        var unit = await NewUnit();
        var lead = (await Add(unit, Make.Person("a@x.org") with { ShortLink = new("code1", "https://x.org/\"") })).Single().Lead.Id;
        await Subscribe(unit.CampaignId);

        await Driver.Links.CountClicks("code1", 3, default);
        await Driver.Links.CountClicks("unknown", 3, default);

        var told = Assert.Single(await Take(DateTimeOffset.MaxValue - Lease));
        Assert.Equal((EventKind.LinkClicked, lead, 2L), (told.Kind, told.LeadId!.Value, told.Number));
        Assert.Equal(3, Number(told, "clicks"));
        Assert.Equal(("code1", "https://x.org/\""), (Text(told, "code"), Text(told, "url")));
    }

    [ContractFact]
    public async Task AddDoNotContact_NewEntries_AreToldToSubscriptionsToAll()
    {
        var all = await Subscribe();
        await Subscribe(await NewCampaign());
        await Subscribe(account: 2);
        DoNotContact phone = new(DoNotContactKind.Phone, "+15551230001", "ST\"OP");

        await Driver.Directory.AddDoNotContact(Account, [phone, new(DoNotContactKind.Email, "a@x.org", "")], Make.Noon, default);
        await Driver.Directory.AddDoNotContact(Account, [phone], Make.Noon, default);

        var told = await Take();
        Assert.Equal(2, told.Length);
        Assert.All(told, delivery => Assert.Equal(
            (all.Id, EventKind.DoNotContact, null, null, 0L),
            (delivery.Subscription.Id, delivery.Kind, delivery.CampaignId, delivery.LeadId, delivery.Number)));
        var number = told.Single(delivery => Number(delivery, "kind") == (int)DoNotContactKind.Phone);
        Assert.Equal(("+15551230001", "ST\"OP"), (Text(number, "value"), Text(number, "reason")));
    }

    [ContractFact]
    public async Task Commit_ThenNewProcess_StillTells()
    {
        var unit = await NewUnit();
        await Subscribe(unit.CampaignId);
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single().Lead.Id;

        var successor = await Database.Connect();

        Assert.Equal(lead, Assert.Single(await Take(driver: successor)).LeadId);
    }

    [ContractFact]
    public async Task Commit_SubscriptionsMadeBeside_TellEachLeadThatCommitsAfterwards()
    {
        var unit = await NewUnit();
        var other = await Database.Connect();
        List<long> late = [];
        var subscribed = Task.Run(() => other.Webhooks.Add(Wish(unit.CampaignId, kinds: EventKind.Signup), default));
        for (var i = 0; i < 50; i++)
        {
            var isSubscribed = subscribed.IsCompleted;
            var added = await Commit(unit, Make.Person($"{i}@x.org"));
            if (isSubscribed) late.Add(added.Adds.Single().LeadId);
        }
        await subscribed;
        late.Add((await Commit(unit, Make.Person("last@x.org"))).Adds.Single().LeadId);

        var told = (await Take()).Select(delivery => delivery.LeadId!.Value).ToHashSet();

        Assert.All(late, lead => Assert.Contains(lead, told));
    }

    [ContractFact]
    public async Task Commit_ParallelEventsOfOneLead_AreNumberedOneByOne()
    {
        var unit = await NewUnit();
        var parent = (await Add(unit, Make.Person("p@x.org"))).Single();
        await Subscribe(unit.CampaignId, kinds: [EventKind.Referral, EventKind.OptedOut]);
        var other = await Database.Connect();

        var referrals = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++) await Commit(unit, Make.Person($"{i}@x.org", referrer: parent.Lead.Id));
        });
        var lead = parent;
        for (var i = 0; i < 20; i++)
        {
            lead = (await Write(Make.Change(lead) with { Events = [new(EventKind.OptedOut)] }, other)).Stored!;
        }
        await referrals;

        var told = await DeliverAll();
        Assert.Equal(Enumerable.Range(2, 40).Select(n => (long)n), told.Select(delivery => delivery.Number));
    }

    private static (LeadScore Before, LeadScore After) Scores(Delivery delivery) =>
        (ScorePartsJson.Read(Details(delivery).GetProperty("before")), ScorePartsJson.Read(Details(delivery).GetProperty("after")));

    private static long Number(Delivery delivery, string name) => Details(delivery).GetProperty(name).GetInt64();

    private static string? Text(Delivery delivery, string name) => Details(delivery).GetProperty(name).GetString();

    private static JsonElement Details(Delivery delivery) => JsonSerializer.Deserialize<JsonElement>(delivery.Details!);
}
