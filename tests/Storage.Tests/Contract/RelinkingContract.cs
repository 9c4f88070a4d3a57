using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>What a change of a lead does to the person whom it is linked to.</summary>
public abstract class RelinkingContract(TestDatabase database) : StoreContract(database)
{
    private const string Phone = "+15551230001";
    private static readonly DateTimeOffset Later = Make.Noon.AddHours(1);

    [ContractFact]
    public async Task Write_GainsAnEmailThatNobodyHas_ThePersonGainsItToo()
    {
        var lead = (await Add(await NewUnit(), Make.Person(phone: Phone))).Single();
        var before = (await PersonOf(lead))!;

        await Relink(Make.Change(lead) with { ClaimEmail = "ann@x.org" });

        var person = Assert.Single(await People());
        Assert.Equal((before.Id, "ann@x.org", Phone), (person.Id, person.Email, person.Phone));
        Assert.Equal(Later, person.UpdatedAt);
        Assert.True(person.Version > before.Version);
        SamePerson.Assert(person, await PersonOf(lead));
    }

    [ContractFact]
    public async Task Write_GainsAnEmailThatSomebodyHas_MovesThereAndNobodyIsLeftBehind()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org") with { Person = new() })).Single();
        var lead = (await Add(await NewUnit(), Make.Person(phone: Phone))).Single();

        await Relink(Make.Change(lead) with { ClaimEmail = "ann@x.org" });

        var person = Assert.Single(await People());
        Assert.Equal(("ann@x.org", Phone, "Ada", "Lovelace"), (person.Email, person.Phone, person.Details.FirstName, person.Details.LastName));
        SamePerson.Assert(person, await PersonOf(lead));
        SamePerson.Assert(person, await PersonOf(ann));
    }

    [ContractFact]
    public async Task Write_MovesFromAPersonWithOtherLeads_ThatPersonStays()
    {
        await Add(await NewUnit(), Make.Person("ann@x.org"));
        var stays = (await Add(await NewUnit(), Make.Person(phone: Phone))).Single();
        var moves = (await Add(await NewUnit(), Make.Person(phone: Phone))).Single();

        await Relink(Make.Change(moves) with { ClaimEmail = "ann@x.org" });

        Assert.Equal("ann@x.org", (await PersonOf(moves))!.Email);
        Assert.Null((await PersonOf(stays))!.Email);
        Assert.Equal(2, (await People()).Length);
    }

    [ContractFact]
    public async Task Write_MovesFromAPersonWhoWasWritten_ThatPersonStays()
    {
        await Add(await NewUnit(), Make.Person("ann@x.org"));
        var lead = (await Add(await NewUnit(), Make.Person(phone: Phone))).Single();
        var edited = (await PersonOf(lead))!;
        await Driver.Directory.Write(Account, [edited with { Details = SamplePeople.Full }], Make.Noon, default);

        await Relink(Make.Change(lead) with { ClaimEmail = "ann@x.org" });

        Assert.Equal("ann@x.org", (await PersonOf(lead))!.Email);
        Assert.Equal([edited.Id], (await Driver.Directory.Read(Account, [edited.Id], default)).Select(person => person.Id));
    }

    [ContractFact]
    public async Task Write_PersonLacksWhatTheLeadKnows_IsFilledIn()
    {
        var lead = (await Add(await NewUnit(), Make.Person("ann@x.org") with { Person = new() { LastName = "Lee", City = "London" } })).Single();
        var before = (await PersonOf(lead))!;

        await Relink(Make.Change(lead) with { ClaimPhone = Phone });

        var expected = before with { Version = 2, Phone = Phone, UpdatedAt = Later, Details = before.Details with { FirstName = "Ada" } };
        SamePerson.Assert(expected, await PersonOf(lead));
    }

    [ContractFact]
    public async Task Write_PersonLacksNothing_IsNotWritten()
    {
        var lead = (await Add(await NewUnit(), Make.Person("ann@x.org", Phone) with { Person = new() { FirstName = "A", LastName = "B" } })).Single();
        var before = (await PersonOf(lead))!;

        await Relink(Make.Change(lead));

        SamePerson.Assert(before, await PersonOf(lead));
    }

    [ContractFact]
    public async Task Write_ChangeDoesNotConcernThePerson_IsNotWritten()
    {
        var lead = (await Add(await NewUnit(), Make.Person("ann@x.org") with { Person = new() })).Single();
        var before = (await PersonOf(lead))!;

        await Write(Make.Change(lead));

        SamePerson.Assert(before, await PersonOf(lead));
    }

    [ContractFact]
    public async Task Write_RefusedChange_LeavesThePerson()
    {
        var unit = await NewUnit();
        var lead = (await Add(unit, Make.Person(phone: Phone))).Single();
        await Add(unit, Make.Person("ann@x.org"));
        var before = (await PersonOf(lead))!;

        await Relink(Make.Change(lead) with { ClaimEmail = "ann@x.org" });

        SamePerson.Assert(before, await PersonOf(lead));
        Assert.Equal(2, (await People()).Length);
    }

    [ContractFact]
    public async Task Write_PhoneIsAnotherLeads_IsNotThePersons()
    {
        var unit = await NewUnit();
        var lead = (await Add(unit, Make.Person("ann@x.org"), Make.Person("bob@x.org", Phone)))[0];

        await Relink(Make.Change(lead) with { ClaimPhone = Phone });

        Assert.Null((await PersonOf(lead))!.Phone);
    }

    [ContractFact]
    public async Task Commit_ScoredChangeThatConcernsThePerson_IsLinkedAnew()
    {
        var unit = await NewUnit();
        var lead = (await Add(unit, Make.Person(phone: Phone))).Single();

        await Score(unit, Make.Change(lead) with { ClaimEmail = "ann@x.org", ConcernsPerson = true, Points = 2 });

        Assert.Equal("ann@x.org", (await People()).Single().Email);
    }

    /// <summary>A new lead and a change of another bring one new address in one transaction.</summary>
    [ContractFact]
    public async Task Commit_UnitAndChangeBringTheSameEmail_IsOnePerson()
    {
        var unit = await NewUnit();
        var lead = (await Add(await NewUnit(), Make.Person(phone: Phone))).Single();
        var batch = Make.Batch() with
        {
            Units = [unit with { Adds = [Make.Person("ann@x.org")] }],
            Changes = [Make.Change(lead) with { ClaimEmail = "ann@x.org", ConcernsPerson = true }],
        };

        await Driver.Commit(batch, default);

        var person = Assert.Single(await People());
        Assert.Equal(("ann@x.org", Phone), (person.Email, person.Phone));
        Assert.Equal(2, (await Driver.Directory.Memberships(Account, [person.Id], default)).Length);
    }

    [ContractFact]
    public async Task Commit_ManyChangesOfOnePersonsLeads_AllAreLinkedToIt()
    {
        var leads = new List<StoredLead>();
        for (var i = 0; i < 5; i++) leads.Add((await Add(await NewUnit(), Make.Person(phone: Phone))).Single());
        var batch = Make.Batch() with { Changes = [.. leads.Select(lead => Make.Change(lead) with { ClaimEmail = "ann@x.org", ConcernsPerson = true })] };

        await Driver.Commit(batch, default);

        var person = Assert.Single(await People());
        Assert.Equal(("ann@x.org", "Lovelace"), (person.Email, person.Details.LastName));
        Assert.Equal(5, (await Driver.Directory.Memberships(Account, [person.Id], default)).Length);
    }

    private async Task Relink(LeadChange change) =>
        await Driver.Commit(Make.Batch(Later) with { Changes = [change with { ConcernsPerson = true }] }, default);
}
