using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Which person of its account a new lead is linked to.</summary>
public abstract class LinkingContract(TestDatabase database) : StoreContract(database)
{
    private const string Phone = "+15551230001";

    [ContractFact]
    public async Task Commit_NobodyIsKnown_MakesThePerson()
    {
        var unit = await NewUnit();
        var received = Make.Noon.AddHours(-1);
        var lead = Make.Person("ann@x.org", Phone) with
        {
            Request = Make.Request(receivedAt: received),
            Profile = new() { FirstName = "Ann", LastName = "Lee", CustomFields = [new("theirs", "1")] },
        };

        var stored = (await Add(unit, lead)).Single();

        var expected = new Person
        {
            Id = 0,
            AccountId = Account,
            Version = 1,
            Email = "ann@x.org",
            Phone = Phone,
            CreatedAt = received,
            UpdatedAt = received,
            Details = new() { FirstName = "Ann", LastName = "Lee" },
        };
        var person = Assert.Single(await People());
        SamePerson.Assert(expected with { Id = person.Id }, person);
        SamePerson.Assert(person, await PersonOf(stored));
    }

    [ContractFact]
    public async Task Commit_LeadComesWithDetails_TheNewPersonHasThem()
    {
        await Add(await NewUnit(), Make.Person("ann@x.org") with { Person = SamplePeople.Full });

        SamePerson.Assert(SamplePeople.Full, (await People()).Single().Details);
    }

    [ContractFact]
    public async Task Commit_ContactDataOnly_SaysWhoItIs()
    {
        var unit = await NewUnit();
        var byPhone = Make.Person(phone: Phone) with { Profile = new() { ContactEmail = "ann@x.org" } };
        var byEmail = Make.Person("bob@x.org") with { Profile = new() { ContactPhone = Phone } };

        await Add(unit, byPhone, byEmail);

        Assert.Equal([("ann@x.org", Phone), ("bob@x.org", Phone)], (await People()).Select(person => (person.Email, person.Phone)));
    }

    [ContractFact]
    public async Task Commit_EmailIsKnown_IsThatPersonWhateverThePhone()
    {
        var known = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();
        await Add(await NewUnit(), Make.Person(phone: Phone));
        var before = (await PersonOf(known))!;

        var lead = (await Add(await NewUnit(), Make.Person("ann@x.org", Phone) with { Person = SamplePeople.Full })).Single();

        SamePerson.Assert(before, await PersonOf(lead));
        Assert.Equal(2, (await People()).Length);
    }

    [ContractFact]
    public async Task Commit_EmailIsNewAndSomebodyWithoutOneHasThePhone_GainsTheEmail()
    {
        var known = (await Add(await NewUnit(), Make.Person(phone: Phone))).Single();
        var before = (await PersonOf(known))!;
        var unit = await NewUnit();
        var later = Make.Noon.AddHours(1);

        await Driver.Commit(Make.Batch(later) with { Units = [unit with { Adds = [Make.Person("ann@x.org", Phone)] }] }, default);

        var person = Assert.Single(await People());
        SamePerson.Assert(before with { Email = "ann@x.org", Version = 2, UpdatedAt = later }, person);
        SamePerson.Assert(person, await PersonOf(known));
    }

    [ContractFact]
    public async Task Commit_EmailIsNewAndSomebodyWithAnotherHasThePhone_IsSomebodyElse()
    {
        await Add(await NewUnit(), Make.Person("ann@x.org", Phone));

        await Add(await NewUnit(), Make.Person("bob@x.org", Phone));

        Assert.Equal(["ann@x.org", "bob@x.org"], (await People()).Select(person => person.Email));
    }

    [ContractFact]
    public async Task Commit_PhoneOnly_IsWhoeverHasItWithoutAnEmail()
    {
        await Add(await NewUnit(), Make.Person(phone: Phone) with { Person = new() { FirstName = "Phone" } });
        await AddPerson("ann@x.org", Phone);

        var lead = (await Add(await NewUnit(), Make.Person(phone: Phone))).Single();

        Assert.Equal("Phone", (await PersonOf(lead))!.Details.FirstName);
        Assert.Equal(2, (await People()).Length);
    }

    [ContractFact]
    public async Task Commit_PhoneOnlyAndOnlyPeopleWithEmailsHaveIt_IsTheOldestOfThem()
    {
        await Add(await NewUnit(), Make.Person("zoe@x.org", Phone));
        await Add(await NewUnit(), Make.Person("ann@x.org", Phone));

        var lead = (await Add(await NewUnit(), Make.Person(phone: Phone))).Single();

        Assert.Equal("zoe@x.org", (await PersonOf(lead))!.Email);
        Assert.Equal(2, (await People()).Length);
    }

    [ContractFact]
    public async Task Commit_TwoLeadsOfACampaignAreOnePerson_BothPointToIt()
    {
        var unit = await NewUnit();

        var leads = await Add(
            unit,
            Make.Person(phone: Phone) with { Profile = new() { ContactEmail = "ann@x.org" } },
            Make.Person(phone: "+15551230002") with { Profile = new() { ContactEmail = "ann@x.org" } });

        var person = Assert.Single(await People());
        Assert.Equal(leads.Select(lead => lead.Lead.Id), (await LeadsOf(person)).Order());
    }

    [ContractFact]
    public async Task Commit_AnotherAccount_KnowsNobodyOfThisOne()
    {
        await Add(await NewUnit(), Make.Person("ann@x.org", Phone), Make.Person(phone: "+15551230002"));

        await Add(await NewUnit(account: 2), Make.Person("ann@x.org", Phone), Make.Person(phone: "+15551230002"));

        var (here, there) = (await People(), await People(account: 2));
        Assert.Equal((2, 2), (here.Length, there.Length));
        Assert.Empty(here.Select(person => person.Id).Intersect(there.Select(person => person.Id)));
        Assert.All(there, person => Assert.Equal(2, person.AccountId));
    }

    [ContractFact]
    public async Task Commit_LeadExistsOrIsRefused_MakesNobody()
    {
        var unit = await NewUnit();
        await Add(unit, Make.Person("ann@x.org", Phone));
        await Commit(unit, Make.Person("new@x.org", Phone));
        await SetStatus(unit, CampaignStatus.Ended);
        await Commit(unit, Make.Person("other@x.org"));

        Assert.Equal(["ann@x.org"], (await People()).Select(person => person.Email));
    }

    /// <summary>Two campaigns of an account bring the same new people in one transaction, in different order.</summary>
    [ContractFact]
    public async Task Commit_SameNewPeopleInTwoUnitsOfABatch_AreMadeOnce()
    {
        var (first, second) = (await NewUnit(), await NewUnit());
        var people = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? Make.Person($"{i}@x.org") : Make.Person(phone: $"+1555123{i:D4}")).ToArray();
        var batch = Make.Batch() with { Units = [first with { Adds = [.. people] }, second with { Adds = [.. people.Reverse()] }] };

        await Driver.Commit(batch, default);

        var made = await People();
        Assert.Equal(200, made.Length);
        var memberships = await Driver.Directory.Memberships(Account, [.. made.Select(person => person.Id)], default);
        Assert.Equal(400, memberships.Length);
        Assert.All(memberships.GroupBy(membership => membership.PersonId), leads => Assert.Equal(2, leads.Count()));
    }

    /// <summary>In one unit the same person may come as a phone number, then as an address that claims it.</summary>
    [ContractFact]
    public async Task Commit_PhoneThenEmailAndPhoneInOneBatch_IsOnePerson()
    {
        var (first, second) = (await NewUnit(), await NewUnit());
        var batch = Make.Batch() with
        {
            Units = [first with { Adds = [Make.Person(phone: Phone)] }, second with { Adds = [Make.Person("ann@x.org", Phone)] }],
        };

        await Driver.Commit(batch, default);

        var person = Assert.Single(await People());
        Assert.Equal(("ann@x.org", Phone), (person.Email, person.Phone));
        Assert.Equal(2, (await LeadsOf(person)).Length);
    }

    [ContractFact]
    public async Task Commit_SameNewPeopleThroughTwoConnections_AreMadeOnce()
    {
        var other = await Database.Connect();
        ImmutableArray<CampaignUnit> units = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NewUnit()))];

        await Task.WhenAll(units.Select((unit, i) => AddAll(i % 2 == 0 ? Driver : other, unit, reverse: i % 4 < 2)));

        var people = await People();
        Assert.Equal(120, people.Length);
        var memberships = await Driver.Directory.Memberships(Account, [.. people.Select(person => person.Id)], default);
        Assert.Equal(8 * 120, memberships.Length);

        static async Task AddAll(IStoreDriver driver, CampaignUnit unit, bool reverse)
        {
            var people = Enumerable.Range(0, 120).Select(i => i % 3 == 0 ? Make.Person(phone: $"+1555123{i:D4}") : Make.Person($"{i}@x.org"));
            foreach (var chunk in (reverse ? people.Reverse() : people).Chunk(30))
            {
                await Patiently(() => driver.Commit(Make.Batch() with { Units = [unit with { Adds = [.. chunk] }] }, default));
            }
        }
    }

    /// <summary>A person goes only without leads, and a lead never points to somebody who is gone.</summary>
    [ContractFact]
    public async Task Delete_WhileLeadsAreLinked_NothingDangles()
    {
        var other = await Database.Connect();
        ImmutableArray<CampaignUnit> units = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NewUnit()))];
        var ids = (await Driver.Directory.Add(
            Account, [.. Enumerable.Range(0, 60).Select(i => new NewPerson { Email = $"{i}@x.org", Details = new() })], Make.Noon, default))
            .Select(person => person.PersonId).ToArray();

        await Task.WhenAll(
            Task.WhenAll(units.Select((unit, i) => Patiently(() => (i % 2 == 0 ? Driver : other).Commit(
                Make.Batch() with { Units = [unit with { Adds = [.. Enumerable.Range(0, 60).Select(j => Make.Person($"{j}@x.org"))] }] }, default)))),
            Task.WhenAll(ids.Chunk(5).Select(chunk => Patiently(() => other.Directory.Delete(Account, [.. chunk], default)))));

        var people = await People();
        Assert.Equal(60, people.Length);
        Assert.Equal(60, people.Select(person => person.Email).Distinct().Count());
        foreach (var unit in units)
        {
            var members = await Driver.Directory.ListMembers(unit.CampaignId, new() { Limit = 100 }, default);
            Assert.Equal(60, members.Length);
            Assert.All(members, member => Assert.NotNull(member.Person));
        }
    }

    private async Task<long[]> LeadsOf(Person person) =>
        [.. (await Driver.Directory.Memberships(Account, [person.Id], default)).Select(membership => membership.LeadId)];

    private async Task AddPerson(string? email, string? phone) =>
        await Driver.Directory.Add(Account, [new() { Email = email, Phone = phone, Details = new() }], Make.Noon, default);

    // As LeadStore does, which the drivers leave it to.
    private static async Task<T> Patiently<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StoreBusyException)
            {
                await Task.Yield();
            }
        }
    }
}
