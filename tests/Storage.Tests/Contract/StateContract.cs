using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Ids, campaigns' rows, secrets and grain state, and the schema itself.</summary>
public abstract class StateContract(TestDatabase database) : StoreContract(database)
{
    [ContractFact]
    public async Task NextId_FromTwoConnections_IsNeverGivenTwice()
    {
        var other = await Database.Connect();

        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? Driver : other).NextId(default)));

        Assert.Equal(50, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id > 0));
    }

    [ContractFact]
    public async Task CreateCampaign_Repeated_ChangesNothing()
    {
        var unit = await NewUnit();
        await Add(unit, Make.Person("a@x.org"));

        await Driver.CreateCampaign(unit.CampaignId, 1, default);

        var tenure = await Driver.TakeOver(unit.CampaignId, default);
        Assert.Equal((unit.Epoch + 1, 1L), (tenure!.Epoch, tenure.LeadCount));
    }

    [ContractFact]
    public async Task CreateCampaign_New_IsOpenAndEmpty()
    {
        var tenure = await Driver.TakeOver(await NewCampaign(), default);

        Assert.Equal((1L, CampaignStatus.Open, 0L), (tenure!.Epoch, tenure.Status, tenure.LeadCount));
        Assert.Empty(tenure.Scores);
    }

    [ContractFact]
    public async Task InstallationSecret_AskedByTwoAtOnce_IsTheSame()
    {
        var other = await Database.Connect();

        var secrets = await Task.WhenAll(
            Driver.InstallationSecret("ids", default), other.InstallationSecret("ids", default), Driver.InstallationSecret("ids", default));
        var another = await Driver.InstallationSecret("keys", default);

        Assert.Equal(32, secrets[0].Length);
        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.NotEqual(secrets[0], another);
        Assert.NotEqual(new byte[32], another);
    }

    [ContractFact]
    public async Task WriteState_NewState_IsReadBack()
    {
        var etag = await Driver.WriteState("account", "7", "{\"a\":\"ß\"}", null, default);

        Assert.Equal(new("{\"a\":\"ß\"}", etag!), await Driver.ReadState("account", "7", default));
        Assert.Null(await Driver.ReadState("account", "8", default));
        Assert.Null(await Driver.ReadState("other", "7", default));
    }

    [ContractFact]
    public async Task WriteState_CurrentEtag_GivesAnotherEtag()
    {
        var first = await Driver.WriteState("account", "7", "1", null, default);

        var second = await Driver.WriteState("account", "7", "2", first, default);

        Assert.NotEqual(first, second);
        Assert.Equal(new("2", second!), await Driver.ReadState("account", "7", default));
    }

    [ContractTheory]
    [InlineData(null)]
    [InlineData("999")]
    [InlineData("no etag")]
    public async Task WriteState_OtherEtag_ChangesNothing(string? etag)
    {
        var first = await Driver.WriteState("account", "7", "1", null, default);

        Assert.Null(await Driver.WriteState("account", "7", "2", etag, default));

        Assert.Equal(new("1", first!), await Driver.ReadState("account", "7", default));
    }

    [ContractFact]
    public async Task WriteState_EtagButNoState_ChangesNothing()
    {
        Assert.Null(await Driver.WriteState("account", "7", "1", "1", default));
        Assert.Null(await Driver.ReadState("account", "7", default));
    }

    [ContractFact]
    public async Task ForgetStates_OverAndOfThatName_RemovesUpToTheLimit()
    {
        var before = DateTimeOffset.FromUnixTimeSeconds(1_000);
        foreach (var i in Enumerable.Range(0, 5)) await Driver.WriteState("verification", $"{i}", $$"""{"ForgetAt":{{995 + i}}}""", null, default);
        await Driver.WriteState("verification", "later", """{"ForgetAt":1000}""", null, default);
        await Driver.WriteState("other", "0", """{"ForgetAt":1}""", null, default);
        await Driver.WriteState("other", "1", "{}", null, default);

        Assert.Equal(3, await Driver.ForgetStates("verification", before, 3, default));
        Assert.Equal(2, await Driver.ForgetStates("verification", before, 3, default));
        Assert.Equal(0, await Driver.ForgetStates("verification", before, 3, default));

        Assert.NotNull(await Driver.ReadState("verification", "later", default));
        Assert.NotNull(await Driver.ReadState("other", "0", default));
    }

    [ContractFact]
    public async Task ForgetStates_StateThatAnotherStillKnows_IsWrittenByNobody()
    {
        var etag = await Driver.WriteState("verification", "7", """{"ForgetAt":1}""", null, default);
        await Driver.ForgetStates("verification", DateTimeOffset.FromUnixTimeSeconds(1_000), 1, default);

        Assert.Null(await Driver.WriteState("verification", "7", "{}", etag, default));
        Assert.NotNull(await Driver.WriteState("verification", "7", "{}", null, default));
    }

    [ContractFact]
    public async Task WriteState_TwoFirstWritesAtOnce_OneWins()
    {
        var other = await Database.Connect();

        var etags = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? Driver : other).WriteState("account", "7", $"{i}", null, default)));

        var winner = Array.FindIndex(etags, etag => etag is not null);
        Assert.Single(etags, etag => etag is not null);
        Assert.Equal(new($"{winner}", etags[winner]!), await Driver.ReadState("account", "7", default));
    }

    [ContractFact]
    public async Task WriteState_TwoAtOnce_OneWins()
    {
        var other = await Database.Connect();
        var first = await Driver.WriteState("account", "7", "1", null, default);

        var etags = await Task.WhenAll(
            Driver.WriteState("account", "7", "2", first, default), other.WriteState("account", "7", "3", first, default));

        Assert.Single(etags, etag => etag is null);
    }

    [ContractFact]
    public async Task Ping_OpenStore_Answers() => await Driver.Ping(default);

    [ContractFact]
    public async Task Open_SchemaIsThere_KeepsTheData()
    {
        var campaign = await NewCampaign();

        var again = await Database.Connect();

        Assert.NotNull(await again.TakeOver(campaign, default));
    }
}

/// <summary>The first start, by several processes at once.</summary>
public abstract class MigrationContract(TestDatabase database) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await database.DisposeAsync();

    [ContractFact]
    public async Task Open_EmptyDatabaseByManyAtOnce_AllSucceed()
    {
        IStoreDriver[] drivers = [.. Enumerable.Range(0, 6).Select(_ => database.NewDriver())];

        await Task.WhenAll(drivers.Select(driver => Task.Run(() => driver.Open(default))));

        var ids = await Task.WhenAll(drivers.Select(driver => driver.NextId(default)));
        Assert.Equal(6, ids.Distinct().Count());
    }
}
