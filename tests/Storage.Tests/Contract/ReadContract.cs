using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Gathered reads and the list of a campaign's leads.</summary>
public abstract class ReadContract(TestDatabase database) : StoreContract(database)
{
    [ContractFact]
    public async Task Read_SomeAbsentSomeTwice_AnswersEachInOrder()
    {
        var stored = await Add(await NewUnit(), Make.Person("a@x.org"), Make.Person("b@x.org"));
        var (a, b) = (stored[0].Lead.Id, stored[1].Lead.Id);

        var read = await Driver.Read([b, 999_999_999, a, b], default);

        Assert.Equal([b, null, a, b], read.Select(lead => lead?.Lead.Id));
    }

    [ContractFact]
    public async Task Read_FiveHundred_AnswersAll()
    {
        var stored = await Add(await NewUnit(), [.. Enumerable.Range(0, 500).Select(i => Make.Person($"{i}@x.org"))]);

        var read = await Driver.Read([.. stored.Select(lead => lead.Lead.Id).Reverse()], default);

        Assert.Equal(stored.Select(lead => lead.Lead.Email).Reverse(), read.Select(lead => lead?.Lead.Email));
    }

    [ContractFact]
    public async Task Find_BothKinds_AnswersEachInOrder()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org", "+15551230001"));
        var (a, b) = (stored[0].Lead.Id, stored[1].Lead.Id);

        var found = await Driver.Find(
            [
                new(unit.CampaignId, IdentifierKind.Phone, "+15551230001"),
                new(unit.CampaignId, IdentifierKind.Email, "b@x.org"),
                new(unit.CampaignId, IdentifierKind.Email, "+15551230001"),
                new(unit.CampaignId, IdentifierKind.Email, "a@x.org"),
                new(unit.CampaignId + 1, IdentifierKind.Email, "a@x.org"),
                new(unit.CampaignId, IdentifierKind.Email, "b@x.org"),
            ],
            default);

        Assert.Equal([b, b, null, a, null, b], found);
    }

    [ContractFact]
    public async Task List_Pages_ComeInRankOrder()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, [.. Enumerable.Range(0, 5).Select(i => Make.Person($"{i}@x.org"))]);
        await Add(await NewUnit(), Make.Person("other@x.org"));

        var first = await Driver.List(unit.CampaignId, 0, 2, default);
        var second = await Driver.List(unit.CampaignId, 2, 2, default);
        var third = await Driver.List(unit.CampaignId, 4, 2, default);

        Assert.Equal([1L, 2], first.Select(lead => lead.Rank));
        Assert.Equal([3L, 4], second.Select(lead => lead.Rank));
        SameLead.Assert(stored[4].Lead, third.Single());
        Assert.Empty(await Driver.List(unit.CampaignId, 5, 2, default));
    }

    [ContractFact]
    public async Task Commit_OddTexts_ComeBackAsTheyWere()
    {
        string[] emails = ["Ω@x.org", "o'hara\"\\@x.org", "%_@x.org", "👩‍💻@x.org"];
        var unit = await NewUnit();
        var stored = await Add(unit, [.. emails.Select(email => Make.Person(email))]);

        var found = await Driver.Find([.. emails.Select(email => new IdentifierKey(unit.CampaignId, IdentifierKind.Email, email))], default);

        Assert.Equal(emails, stored.Select(lead => lead.Lead.Email));
        Assert.Equal(stored.Select(lead => (long?)lead.Lead.Id), found);
    }

    [ContractFact]
    public async Task Commit_FullProfile_ComesBackAsItWas()
    {
        var unit = await NewUnit();
        var profile = SampleProfiles.Full;

        var stored = (await Add(unit, Make.Person("a@x.org") with { Profile = profile })).Single();
        var changed = profile with { FirstName = null, Tags = default, CustomFields = [new("note", "\"\\u0000 \\ud83d\\ude00 ß\"")] };
        await Write(Make.Change(stored) with { After = stored.Lead with { Profile = changed } });

        SameLead.Assert(profile, stored.Lead.Profile);
        SameLead.Assert(changed, (await Read(stored.Lead.Id))!.Lead.Profile);
    }
}
