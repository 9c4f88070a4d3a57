using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Who wants to be told of what.</summary>
public abstract class SubscriptionContract(TestDatabase database) : WebhookContract(database)
{
    [ContractFact]
    public async Task Add_AllMembers_AreReadBack()
    {
        var campaign = await NewCampaign();
        var wish = Wish(campaign) with
        {
            Channel = Channel.SendKit,
            Name = "näme",
            Source = "zapier",
            Retries = 3,
            TimeoutMs = 2_000,
            DisabledFor = "no",
        };

        var added = (await Webhooks.Add(wish, default))!;

        Assert.NotEqual(0, added.Id);
        Same(wish with { Id = added.Id }, added);
        Same(added, Assert.Single(await Webhooks.List(Account, default)));
    }

    [ContractFact]
    public async Task Add_LeastMembers_AreReadBack()
    {
        var added = await Subscribe();

        Same(Wish() with { Id = added.Id }, added);
        Assert.Empty(await Webhooks.List(2, default));
    }

    [ContractFact]
    public async Task Add_CampaignOfAnotherAccountOrNone_IsRefused()
    {
        var foreign = await NewCampaign(account: 2);

        Assert.Null(await Webhooks.Add(Wish(foreign), default));
        Assert.Null(await Webhooks.Add(Wish(999_999), default));
        Assert.Empty(await Webhooks.List(Account, default));
    }

    [ContractFact]
    public async Task Change_WhatAnOwnerMay_IsChangedAndTheRestStays()
    {
        var campaign = await NewCampaign();
        var before = await Subscribe(campaign);

        var changed = await Webhooks.Change(
            before with
            {
                Url = "https://y.org",
                Kinds = 2,
                Secret = [1],
                Name = "new",
                Retries = 0,
                TimeoutMs = 1_000,
                CampaignId = null,
                Channel = Channel.Aktify,
                Source = "other",
            },
            default);

        Same(before with { Url = "https://y.org", Kinds = 2, Secret = [1], Name = "new", Retries = 0, TimeoutMs = 1_000 }, changed);
        Same(changed!, Assert.Single(await Webhooks.List(Account, default)));
    }

    [ContractFact]
    public async Task ChangeAndRemove_OfAnotherAccount_AreNotFound()
    {
        var subscription = await Subscribe();

        Assert.Null(await Webhooks.Change(subscription with { AccountId = 2, Url = "https://evil.org" }, default));
        Assert.False(await Webhooks.Remove(2, subscription.Id, default));
        Same(subscription, Assert.Single(await Webhooks.List(Account, default)));
    }

    [ContractFact]
    public async Task Remove_ThatIsThere_TakesWhatIsOnItsWayWithIt()
    {
        var unit = await NewUnit();
        var (gone, other) = (await Subscribe(unit.CampaignId), await Subscribe(unit.CampaignId));
        await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));
        await Settle((await Take(busy: other.Id))[0], Fate.GivenUp);

        Assert.True(await Webhooks.Remove(Account, gone.Id, default));

        Assert.False(await Webhooks.Remove(Account, gone.Id, default));
        Assert.Empty(await Webhooks.ListDead(Account, gone.Id, 0, 10, default));
        Assert.All(await Take(Make.Noon + Lease), delivery => Assert.Equal(other.Id, delivery.Subscription.Id));
    }

    [ContractFact]
    public async Task Disable_WithDeliveries_DropsThemKeepsDeadLettersAndTellsNothingMore()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));
        await Settle((await Take())[0], Fate.GivenUp);

        await Webhooks.Disable(subscription.Id, "gone", default);
        await Webhooks.Disable(subscription.Id, "later", default);
        await Add(unit, Make.Person("c@x.org"));

        Assert.Equal("gone", Assert.Single(await Webhooks.List(Account, default)).DisabledFor);
        Assert.Empty(await Take(Make.Noon + Lease));
        Assert.Single(await Webhooks.ListDead(Account, subscription.Id, 0, 10, default));
        Assert.Equal(0, await Webhooks.Replay(Account, subscription.Id, [], Make.Noon, default));
    }

    [ContractFact]
    public async Task Change_EnabledAgain_TellsWhatHappensFromThenOn()
    {
        var unit = await NewUnit();
        var subscription = await Subscribe(unit.CampaignId);
        await Webhooks.Disable(subscription.Id, "gone", default);
        await Add(unit, Make.Person("a@x.org"));

        await Webhooks.Change(subscription, default);
        var told = (await Add(unit, Make.Person("b@x.org"))).Single();

        Assert.Equal(told.Lead.Id, Assert.Single(await Take()).LeadId);
    }

    private static void Same(Subscription expected, Subscription? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal<byte>([.. expected.Secret], actual.Secret);
        Assert.Equal(expected with { Secret = default }, actual with { Secret = default });
    }
}
