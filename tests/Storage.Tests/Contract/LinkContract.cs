namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Short links.</summary>
public abstract class LinkContract(TestDatabase database) : StoreContract(database)
{
    [ContractFact]
    public async Task Commit_LeadWithALink_MakesItWithTheLead()
    {
        var unit = await NewUnit();

        var lead = (await Add(unit, Make.Person("a@x.org") with { ShortLink = new("code1", "https://x.org/?a=1") })).Single().Lead;

        Assert.Equal(new StoredLink("https://x.org/?a=1", unit.CampaignId, lead.Id, 0), await Driver.Links.Read("code1", default));
        Assert.Null(await Driver.Links.Read("CODE1", default));
    }

    [ContractFact]
    public async Task Commit_LeadExistsOrIsRefused_MakesNoLink()
    {
        var unit = await NewUnit();
        await Add(unit, Make.Person("a@x.org"));
        await Commit(unit, Make.Person("a@x.org") with { ShortLink = new("code1", "https://x.org") });
        await SetStatus(unit, Campaigns.CampaignStatus.Ended);
        await Commit(unit, Make.Person("b@x.org") with { ShortLink = new("code2", "https://x.org") });

        Assert.Null(await Driver.Links.Read("code1", default));
        Assert.Null(await Driver.Links.Read("code2", default));
    }

    [ContractFact]
    public async Task CountClicks_SomeAtATime_AddsThem()
    {
        await Add(await NewUnit(), Make.Person("a@x.org") with { ShortLink = new("code1", "https://x.org") });

        await Driver.Links.CountClicks("code1", 3, default);
        await Driver.Links.CountClicks("code1", 4, default);
        await Driver.Links.CountClicks("unknown", 4, default);

        Assert.Equal(7, (await Driver.Links.Read("code1", default))!.Clicks);
    }
}
