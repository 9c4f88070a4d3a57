using LeadEngine.People;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>People who are put into the directory by themselves: added, read, written, deleted.</summary>
public abstract class DirectoryContract(TestDatabase database) : StoreContract(database)
{
    private const string Phone = "+15551230001";

    [ContractFact]
    public async Task Add_NewPeople_AreReadAsGiven()
    {
        var added = await Add(New("ann@x.org", Phone, SamplePeople.Full), New(null, "+15551230002"));

        Assert.All(added, person => Assert.Equal(ImportOutcome.Added, person.Outcome));
        var expected = new Person
        {
            Id = added[0].PersonId,
            AccountId = Account,
            Version = 1,
            Email = "ann@x.org",
            Phone = Phone,
            CreatedAt = Make.Noon,
            UpdatedAt = Make.Noon,
            Details = SamplePeople.Full,
        };
        SamePerson.Assert(expected, (await Read(added[0].PersonId)).Single());
        Assert.Equal(["ann@x.org", null], (await People()).Select(person => person.Email));
    }

    [ContractFact]
    public async Task Add_KnownPeople_AreLeftAsTheyAre()
    {
        await Driver.Commit(Make.Batch() with { Units = [await NewUnit() with { Adds = [Make.Person("ann@x.org", Phone), Make.Person(phone: "+15551230002")] }] }, default);
        var before = await People();

        var added = await Add(New("ann@x.org", "+15551230009", SamplePeople.Full), New(null, "+15551230002"), New("bob@x.org", Phone));

        Assert.Equal([ImportOutcome.Skipped, ImportOutcome.Skipped, ImportOutcome.Added], added.Select(person => person.Outcome));
        Assert.Equal(before.Select(person => person.Id), added.Take(2).Select(person => person.PersonId));
        var after = await People();
        Assert.Equal(3, after.Length);
        SamePerson.Assert(before[0], after[0]);
        SamePerson.Assert(before[1], after[1]);
    }

    [ContractFact]
    public async Task Add_PhoneOnlyOfPeopleWithEmails_IsTheOldestOfThem()
    {
        var known = await Add(New("zoe@x.org", Phone), New("ann@x.org", Phone));

        Assert.Equal([new ImportedPerson(known[0].PersonId, ImportOutcome.Skipped)], await Add(New(null, Phone)));
    }

    [ContractFact]
    public async Task Add_EmailAndThePhoneOfSomebodyWithoutOne_IsSomebodyElse()
    {
        var known = await Add(New(null, Phone));

        var added = await Add(New("ann@x.org", Phone));

        Assert.Equal(ImportOutcome.Added, added.Single().Outcome);
        Assert.Equal([(known.Single().PersonId, null), (added.Single().PersonId, "ann@x.org")], (await People()).Select(person => (person.Id, person.Email)));
    }

    [ContractFact]
    public async Task Add_AnotherAccountsPerson_IsNewHere()
    {
        await Driver.Directory.Add(2, [New("ann@x.org", null)], Make.Noon, default);

        Assert.Equal(ImportOutcome.Added, (await Add(New("ann@x.org", null))).Single().Outcome);
    }

    [ContractFact]
    public async Task Add_AThousandTwiceAtOnce_AreMadeOnce()
    {
        var other = await Database.Connect();
        var people = Enumerable.Range(0, 1_000).Select(i => New($"{i}@x.org", null)).ToArray();

        var (first, second) = (Add(people), other.Directory.Add(Account, [.. people.Reverse()], Make.Noon, default));
        ImportedPerson[] all = [.. await first, .. await second];

        Assert.Equal(1_000, all.Count(person => person.Outcome == ImportOutcome.Added));
        Assert.Equal(1_000, all.Select(person => person.PersonId).Distinct().Count());
        Assert.Equal(1_000, (await People()).Length);
    }

    [ContractFact]
    public async Task Read_PeopleOfAnotherAccountOrNobody_AreLeftOut()
    {
        var here = (await Add(New("ann@x.org", null))).Single().PersonId;
        var there = (await Driver.Directory.Add(2, [New("bob@x.org", null)], Make.Noon, default)).Single().PersonId;

        Assert.Equal([here], (await Read(there, here, 999_999_999)).Select(person => person.Id));
    }

    [ContractFact]
    public async Task Write_CurrentVersion_WritesPhoneAndDetails()
    {
        var later = Make.Noon.AddHours(1);
        var person = (await Read((await Add(New("ann@x.org", Phone))).Single().PersonId)).Single();
        var change = person with { Phone = "+15551230009", Details = SamplePeople.Full };

        Assert.Equal<long>([person.Id], await Driver.Directory.Write(Account, [change], later, default));

        SamePerson.Assert(change with { Version = 2, UpdatedAt = later }, (await Read(person.Id)).Single());
        Assert.Equal<long>([person.Id], await Driver.Directory.Write(Account, [change with { Version = 2, Phone = null }], later, default));
        Assert.Null((await Read(person.Id)).Single().Phone);
    }

    [ContractFact]
    public async Task Write_OtherVersionOrAccountOrNobody_WritesTheOthers()
    {
        var people = (await Add([.. Enumerable.Range(0, 3).Select(i => New($"{i}@x.org", null))])).Select(person => person.PersonId).ToArray();
        var read = (await Read(people)).ToDictionary(person => person.Id);
        var there = (await Driver.Directory.Add(2, [New("bob@x.org", null)], Make.Noon, default)).Single().PersonId;

        var written = await Driver.Directory.Write(
            Account,
            [
                read[people[0]] with { Version = 2, Details = SamplePeople.Full },
                read[people[1]] with { Details = SamplePeople.Full },
                read[people[2]] with { Id = 999_999_999 },
                read[people[2]] with { Id = there, Details = SamplePeople.Full },
            ],
            Make.Noon,
            default);

        Assert.Equal<long>([people[1]], written);
        Assert.Equal([null, "Acme & Söhne", null], (await People()).Select(person => person.Details.CompanyName));
        Assert.Null((await People(2)).Single().Details.CompanyName);
    }

    [ContractFact]
    public async Task Write_PersonKnownByPhone_KeepsTheNumber()
    {
        var person = (await Read((await Add(New(null, Phone))).Single().PersonId)).Single();

        await Driver.Directory.Write(Account, [person with { Phone = "+15551230009", Details = SamplePeople.Full }], Make.Noon, default);

        SamePerson.Assert(person with { Version = 2, Details = SamplePeople.Full }, (await Read(person.Id)).Single());
    }

    [ContractFact]
    public async Task Memberships_LeadsOfPeople_AreToldWithTheirCampaigns()
    {
        var (first, second) = (await NewUnit(), await NewUnit());
        var a = (await Add(first, Make.Person("ann@x.org"), Make.Person("bob@x.org"))).Select(lead => lead.Lead.Id).ToArray();
        var b = (await Add(second, Make.Person("ann@x.org"))).Single().Lead.Id;
        var alone = (await Add(New("zoe@x.org", null))).Single().PersonId;
        var people = (await People()).Where(person => person.Email is "ann@x.org" or "zoe@x.org").ToArray();
        var ann = people.Single(person => person.Email == "ann@x.org").Id;

        var memberships = await Driver.Directory.Memberships(Account, [ann, alone], default);

        Assert.Equal(
            [new Membership(ann, a[0], first.CampaignId), new Membership(ann, b, second.CampaignId)], memberships.OrderBy(lead => lead.LeadId));
        Assert.Empty(await Driver.Directory.Memberships(2, [ann], default));
    }

    [ContractFact]
    public async Task Delete_PeopleWithoutLeads_AreGone()
    {
        var ids = (await Add(New("ann@x.org", null), New("bob@x.org", null))).Select(person => person.PersonId).ToArray();

        var gone = await Driver.Directory.Delete(Account, [ids[0], 999_999_999], default);

        Assert.Contains(ids[0], gone);
        Assert.Equal([ids[1]], (await People()).Select(person => person.Id));
        Assert.Contains(ids[0], await Driver.Directory.Delete(Account, [ids[0]], default));
    }

    [ContractFact]
    public async Task Delete_PersonWithALead_Stays()
    {
        var unit = await NewUnit();
        var lead = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var person = (await PersonOf(lead))!;

        Assert.Empty(await Driver.Directory.Delete(Account, [person.Id], default));
        SamePerson.Assert(person, await PersonOf(lead));

        await Remove(unit, new Campaigns.LeadRemoval(lead.Lead.Id, LeaveMember: true));
        Assert.Equal<long>([person.Id], await Driver.Directory.Delete(Account, [person.Id], default));
        Assert.Empty(await People());
    }

    [ContractFact]
    public async Task Delete_PersonOfAnotherAccount_Stays()
    {
        var there = (await Driver.Directory.Add(2, [New("bob@x.org", null)], Make.Noon, default)).Single().PersonId;

        await Driver.Directory.Delete(Account, [there], default);

        Assert.Single(await People(2));
    }

    [ContractFact]
    public async Task Add_PersonWhoWasDeleted_IsNewUnderAnotherId()
    {
        var gone = (await Add(New("ann@x.org", null))).Single().PersonId;
        await Driver.Directory.Delete(Account, [gone], default);

        var added = (await Add(New("ann@x.org", null))).Single();

        Assert.Equal(ImportOutcome.Added, added.Outcome);
        Assert.NotEqual(gone, added.PersonId);
    }

    private static NewPerson New(string? email, string? phone, PersonDetails? details = null) =>
        new() { Email = email, Phone = phone, Details = details ?? new() };

    private async Task<ImportedPerson[]> Add(params NewPerson[] people) =>
        [.. await Driver.Directory.Add(Account, [.. people], Make.Noon, default)];

    private async Task<Person[]> Read(params long[] ids) => [.. await Driver.Directory.Read(Account, [.. ids], default)];
}
