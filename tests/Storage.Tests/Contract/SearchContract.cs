using System.Collections.Immutable;
using LeadEngine.People;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>People who are looked for, by the index alone and as it is done in earnest: some are looked at one by one before.</summary>
public abstract class SearchContract(TestDatabase database) : StoreContract(database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [ContractTheory]
    [InlineData("ada", "1 2")]
    [InlineData("ADA Lo", "1")]
    [InlineData("ada@x.org", "1")]
    [InlineData("x.org", "1 2")]
    [InlineData("5551230002", "2")]
    [InlineData("+1 555 123", "2")]
    [InlineData("acm", "3")]
    [InlineData("cme", "")]
    [InlineData("ada zoe", "")]
    [InlineData("ünal", "3")]
    [InlineData(" ", "1 2 3")]
    [InlineData("'\" ) OR *:-(", "1 2")]
    [InlineData("or and not near", "")]
    public async Task List_Search_FindsWhomEachWordDescribes(string search, string found)
    {
        await AddThree();

        await AssertFound(found, new() { Search = search });
    }

    [ContractFact]
    public async Task List_Marks_FindWhoHasThem()
    {
        await AddThree();

        await AssertFound("1 2", new() { Tags = ["Vip"] });
        await AssertFound("1 2 3", new() { Tags = ["early bird", "VIP", "none"] });
        await AssertFound("", new() { Tags = ["vi"] });
        await AssertFound("1 3", new() { Country = "us" });
        await AssertFound("2", new() { EmailVerified = true });
        await AssertFound("1 3", new() { EmailVerified = false });
        await AssertFound("3", new() { EmailVerified = false, Country = "US", Search = "zoe", Tags = ["early bird"] });
    }

    [ContractFact]
    public async Task List_Ids_AreAFilterLikeTheOthers()
    {
        var ids = await AddThree();

        await AssertFound("1 3", new() { Ids = [ids[2], ids[0], 999_999_999, ids[0]] });
        await AssertFound("3", new() { Ids = [ids[2], ids[0]], ExcludeIds = [ids[0], 999_999_999] });
        await AssertFound("1", new() { Ids = [ids[2], ids[0]], Tags = ["vip"] });
        await AssertFound("2", new() { ExcludeIds = [ids[0]], Tags = ["vip"] });
        await AssertFound("2 3", new() { ExcludeIds = [ids[0]] });
    }

    [ContractFact]
    public async Task List_OtherAccount_FindsItsOwn()
    {
        await AddThree();
        await Driver.Directory.Add(2, [New(1)], Make.Noon, default);
        var driver = await Indexed();

        Assert.Single(await driver.Directory.List(2, new() { Limit = 9, Filter = new() { Search = "ada" } }, default));
        Assert.Empty(await driver.Directory.List(3, new() { Limit = 9, Filter = new() { Search = "ada" } }, default));
        Assert.Empty(await driver.Directory.List(3, new() { Limit = 9 }, default));
    }

    [ContractTheory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "even")]
    [InlineData(true, "even")]
    public async Task List_PageByPage_ShowsEachOnceInOrder(bool newestFirst, string? tag)
    {
        var ids = await AddMany(61);
        var filter = new PeopleFilter { Tags = tag is null ? [] : [tag] };
        var expected = ids.Where((_, i) => tag is null || i % 2 == 0).ToArray();
        if (newestFirst) Array.Reverse(expected);

        foreach (var driver in await BothWays())
        {
            foreach (var limit in (int[])[1, 7, 31, 62])
            {
                List<long> seen = [];
                long? after = null;
                while (true)
                {
                    var page = await driver.Directory.List(Account, new() { Filter = filter, NewestFirst = newestFirst, After = after, Limit = limit }, default);
                    Assert.True(page.Length <= limit);
                    if (page.IsEmpty) break;
                    seen.AddRange(page.Select(person => person.Id));
                    after = page[^1].Id;
                }
                Assert.Equal(expected, seen);
            }
        }
    }

    [ContractFact]
    public async Task List_Skip_LeavesOutThatMany()
    {
        var ids = await AddMany(20);
        foreach (var driver in await BothWays())
        {
            var all = await driver.Directory.List(Account, new() { Skip = 5, Limit = 3 }, default);
            var even = await driver.Directory.List(Account, new() { Skip = 2, Limit = 3, NewestFirst = true, Filter = new() { Tags = ["even"] } }, default);
            var some = await driver.Directory.List(Account, new() { Skip = 1, Limit = 3, Filter = new() { Ids = [ids[3], ids[1], ids[2]] } }, default);
            var none = await driver.Directory.List(Account, new() { Skip = 20, Limit = 3 }, default);

            Assert.Equal(ids[5..8], all.Select(person => person.Id));
            Assert.Equal([ids[14], ids[12], ids[10]], even.Select(person => person.Id));
            Assert.Equal(ids[2..4], some.Select(person => person.Id));
            Assert.Empty(none);
        }
    }

    [ContractFact]
    public async Task Count_Filter_CountsUpToTheMost()
    {
        var ids = await AddMany(20);
        foreach (var driver in await BothWays())
        {
            Assert.Equal(new PeopleCount(20, true), await driver.Directory.Count(Account, new(), 20, default));
            Assert.Equal(new PeopleCount(19, false), await driver.Directory.Count(Account, new(), 19, default));
            Assert.Equal(new PeopleCount(10, true), await driver.Directory.Count(Account, new() { Tags = ["even"] }, 100, default));
            Assert.Equal(new PeopleCount(4, false), await driver.Directory.Count(Account, new() { Search = "x.org", ExcludeIds = [ids[0]] }, 4, default));
            Assert.Equal(new PeopleCount(0, true), await driver.Directory.Count(Account, new() { Country = "ZZ" }, 4, default));
            Assert.Equal(new PeopleCount(2, true), await driver.Directory.Count(Account, new() { Ids = [ids[0], ids[1]] }, 4, default));
        }
    }

    /// <summary>More than are looked at one by one, so that the rest comes out of the index.</summary>
    [ContractFact]
    public async Task List_MoreThanAreScanned_FindsThoseFarBack()
    {
        for (var i = 0; i < 5; i++)
        {
            await Driver.Directory.Add(
                Account,
                [.. Enumerable.Range(i * 1000, 1000).Select(n => new NewPerson { Email = $"p{n}@x.org", Details = new() { Tags = n % 1000 == 7 ? ["rare"] : [] } })],
                Make.Noon,
                default);
        }
        foreach (var driver in await BothWays())
        {
            foreach (var newestFirst in (bool[])[false, true])
            {
                var rare = await driver.Directory.List(Account, new() { Limit = 9, NewestFirst = newestFirst, Filter = new() { Tags = ["rare"] } }, default);
                string[] expected = ["p7@x.org", "p1007@x.org", "p2007@x.org", "p3007@x.org", "p4007@x.org"];
                Assert.Equal(newestFirst ? expected.Reverse() : expected, rare.Select(person => person.Email));
                var one = await driver.Directory.List(Account, new() { Limit = 1, Skip = 3, NewestFirst = newestFirst, Filter = new() { Search = "p", Tags = ["rare"] } }, default);
                Assert.Equal(newestFirst ? "p1007@x.org" : "p3007@x.org", one.Single().Email);
            }
            Assert.Equal(new PeopleCount(5, true), await driver.Directory.Count(Account, new() { Tags = ["rare"] }, 6, default));
        }
    }

    [ContractFact]
    public async Task Write_PersonInTheIndexOrNot_IsFoundAtOnceByTheNewTermsOnly()
    {
        var driver = await IndexOnly();
        var before = (await Driver.Directory.Add(Account, [New(1)], Make.Noon, default)).Single().PersonId;
        await Indexed();
        var after = (await Driver.Directory.Add(Account, [New(3)], Make.Noon, default)).Single().PersonId;

        var people = await Driver.Directory.Read(Account, [before, after], default);
        var written = await Driver.Directory.Write(
            Account, [.. people.Select(person => person with { Details = new() { CompanyName = "Initech" } })], Make.Noon, default);

        Assert.Equal(2, written.Length);
        Assert.Equal([before, after], await Ids(driver, new() { Search = "initech" }));
        Assert.Empty(await Ids(driver, new() { Tags = ["vip", "early bird"] }));
        await Indexed();
        Assert.Equal([before, after], await Ids(driver, new() { Search = "initech" }));
    }

    [ContractFact]
    public async Task Delete_PersonInTheIndexOrNot_IsNotFound()
    {
        await AddMany(10);
        var driver = await Indexed();
        await AddMany(10, from: 100);
        var ids = (await People()).Select(person => person.Id).ToArray();

        await Driver.Directory.Delete(Account, [ids[0], ids[12]], default);
        await Indexed();

        ids = [.. ids.Where((_, i) => i is not (0 or 12))];
        Assert.Equal(ids, await Ids(driver, new() { Search = "x.org" }));
    }

    [ContractFact]
    public async Task Index_PeopleOfCampaignUnits_AreFoundByAllTheyHave()
    {
        await Add(await NewUnit(), Make.Person("ann@x.org", "+15551230001") with { Person = new() { Tags = ["vip"] } });

        var driver = await Indexed();

        Assert.Single(await Ids(driver, new() { Search = "ann 5551230001", Tags = ["vip"] }));
    }

    /// <summary>What a lead brings to a person who is in the index is found as well, if not at once.</summary>
    [ContractFact]
    public async Task Index_PersonGainsAnEmailAndAName_IsFoundByThem()
    {
        var lead = (await Add(await NewUnit(), Make.Person(phone: "+15551230001"))).Single();
        var driver = await Indexed();

        await Write(Make.Change(lead) with { ClaimEmail = "ann@x.org", ConcernsPerson = true });

        await Eventually(async () => (await Ids(driver, new() { Search = "ann@x.org lovelace 5551230001" })).Length == 1);
    }

    [ContractFact]
    public async Task Index_PersonWhomNoLeadNeedsAnyMore_IsNotFound()
    {
        await Add(await NewUnit(), Make.Person("ann@x.org"));
        var lead = (await Add(await NewUnit(), Make.Person(phone: "+15551230001"))).Single();
        var driver = await Indexed();

        await Write(Make.Change(lead) with { ClaimEmail = "ann@x.org", ConcernsPerson = true });

        Assert.Single(await Ids(driver, new() { Search = "ada" }));
    }

    /// <summary>Writers and indexers on two connections, all at once: in the end everybody is in the index, once.</summary>
    [ContractFact]
    public async Task Index_WhileOthersAddPeople_MissesNobody()
    {
        var other = await Database.Connect();
        ImmutableArray<CampaignUnit> units = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NewUnit()))];

        await Task.WhenAll(
            Task.WhenAll(units.Select((unit, i) => AddAll(i % 2 == 0 ? Driver : other, unit, i))), IndexMeanwhile(Driver), IndexMeanwhile(other));

        var driver = await Indexed();
        Assert.Equal((await People()).Select(person => person.Id), await Ids(driver, new() { Search = "x.org" }));
        Assert.Equal(400, (await People()).Length);

        static async Task AddAll(IStoreDriver driver, CampaignUnit unit, int part)
        {
            for (var i = 0; i < 100; i += 5)
            {
                var adds = Enumerable.Range(i, 5).Select(n => Make.Person($"{part}.{n}@x.org"));
                await driver.Commit(Make.Batch() with { Units = [unit with { Adds = [.. adds] }] }, default);
            }
        }

        static async Task IndexMeanwhile(IStoreDriver driver)
        {
            for (var i = 0; i < 50; i++) await driver.Directory.Index(default);
        }
    }

    private static NewPerson New(int number) => number switch
    {
        1 => new() { Email = "ada@x.org", Details = new() { FirstName = "Ada", LastName = "Lovelace", Tags = ["VIP"], Country = "US" } },
        2 => new()
        {
            Email = "ada.king@x.org",
            Phone = "+15551230002",
            Details = new() { Tags = ["vip", "x"], Country = "GB", EmailVerified = true },
        },
        _ => new() { Phone = "+4420", Details = new() { FirstName = "Zoe", LastName = "Ünal", CompanyName = "ACME Ltd", Tags = ["Early Bird"], Country = "us" } },
    };

    private async Task<long[]> AddThree() =>
        [.. (await Driver.Directory.Add(Account, [New(1), New(2), New(3)], Make.Noon, default)).Select(person => person.PersonId)];

    private async Task<long[]> AddMany(int count, int from = 0) =>
        [.. (await Driver.Directory.Add(
            Account,
            [.. Enumerable.Range(from, count).Select(i => new NewPerson { Email = $"{i}@x.org", Details = new() { Tags = i % 2 == 0 ? ["even"] : [] } })],
            Make.Noon,
            default)).Select(person => person.PersonId)];

    /// <summary>Numbers of those of the first three people who are found, by either way.</summary>
    private async Task AssertFound(string numbers, PeopleFilter filter)
    {
        var first = (await People())[0].Id;
        foreach (var driver in await BothWays())
        {
            Assert.Equal(numbers, string.Join(' ', (await Ids(driver, filter)).Select(id => id - first + 1)));
        }
    }

    private static async Task<long[]> Ids(IStoreDriver driver, PeopleFilter filter) =>
        [.. (await driver.Directory.List(Account, new() { Limit = PeopleQuery.MaxLimit, Filter = filter }, default)).Select(person => person.Id)];

    private async Task<IStoreDriver[]> BothWays() => [await Indexed(), Driver];

    private async Task<IStoreDriver> IndexOnly()
    {
        var options = TestDatabase.DefaultOptions;
        options.PeopleToScan = 0;
        return await Database.Connect(options);
    }

    /// <summary>Waits until everybody is in the index.</summary>
    private async Task<IStoreDriver> Indexed()
    {
        var driver = await IndexOnly();
        foreach (var account in (long[])[Account, 2])
        {
            var all = (await driver.Directory.Count(account, new(), 100_000, default)).Count;
            await Eventually(async () => all == await Count(account, true) + await Count(account, false));
        }
        return driver;

        async Task<int> Count(long account, bool verified) =>
            (await driver.Directory.Count(account, new() { EmailVerified = verified }, 100_000, default)).Count;
    }

    // Another test's transaction on the same server may hold the index back for a moment.
    private async Task Eventually(Func<Task<bool>> holds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            await Driver.Directory.Index(default);
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "The index does not follow.");
        }
    }
}
