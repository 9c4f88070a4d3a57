using LeadEngine.Campaigns;
using LeadEngine.Leads;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>The whole store: what waits together goes into one transaction, and each gets its own answer.</summary>
public abstract class GatheredContract(TestDatabase database) : IAsyncLifetime
{
    private LeadStore _store = null!;

    public async Task InitializeAsync()
    {
        var options = Options.Create(TestDatabase.DefaultOptions);
        _store = new(database.NewDriver(), options, TimeProvider.System, Make.Metrics(), NullLogger<LeadStore>.Instance);
        await _store.StartAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _store.StopAsync(default);
        await _store.DisposeAsync();
        await database.DisposeAsync();
    }

    [ContractTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartAsync_SomebodyHadTakenWork_IsDueAtOnceForAnOwner(bool owns)
    {
        var now = TimeProvider.System.GetUtcNow();
        var options = new StoreOptions { Exclusive = owns };
        var driver = await database.Connect();
        await driver.Tasks.Queue(7, [new NewTask(1, LeadOrder.Verify, 0, Guid.NewGuid(), now)], now, default);
        await driver.Tasks.TakeDue(9, now, now.AddMinutes(1), default);

        await using var store = new LeadStore(
            database.NewDriver(options), Options.Create(options), TimeProvider.System, Make.Metrics(), NullLogger<LeadStore>.Instance);
        await store.StartAsync(default);
        var due = await driver.Tasks.TakeDue(9, TimeProvider.System.GetUtcNow(), now.AddMinutes(2), default);
        await store.StopAsync(default);

        Assert.Equal(owns ? 1 : 0, due.Length);
    }

    [ContractFact]
    public async Task Write_TwoLeadsClaimOneEmailTogether_OneGainsIt()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person(phone: "+15551230001"), Make.Person(phone: "+15551230002"));

        var replies = await Task.WhenAll(stored.Select(lead => _store.Write(Make.Change(lead) with { ClaimEmail = "a@x.org" })));

        Assert.Single(replies, reply => reply.Stored?.Lead.Email == "a@x.org");
        Assert.Single(replies, reply => reply.Refusal == LeadRefusal.AskAgain);
    }

    [ContractFact]
    public async Task Write_TwoLeadsClaimOnePhoneTogether_OneGainsItAndBothAreWritten()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person("a@x.org"), Make.Person("b@x.org"));

        var replies = await Task.WhenAll(stored.Select(lead => _store.Write(Make.Change(lead) with { ClaimPhone = "+15551230001" })));

        Assert.All(replies, reply => Assert.Equal(2, reply.Stored!.Version));
        Assert.Single(replies, reply => reply.Stored!.Lead.Phone == "+15551230001");
    }

    [ContractFact]
    public async Task Commit_NewLeadAndChangeWantOneEmail_OneGetsIt()
    {
        var unit = await NewUnit();
        var bob = (await Add(unit, Make.Person(phone: "+15551230001"))).Single();

        var add = _store.Commit(unit with { Adds = [Make.Person("a@x.org")] });
        var change = _store.Write(Make.Change(bob) with { ClaimEmail = "a@x.org" });
        await Task.WhenAll(add, change);

        var owner = await _store.Find(new(unit.CampaignId, IdentifierKind.Email, "a@x.org"));
        var added = (await add).Adds.Single();
        var gained = (await change).Stored?.Lead.Id;
        Assert.Equal(owner, added.LeadId);
        Assert.Equal(gained == bob.Lead.Id, added.Rank == 0);
    }

    [ContractFact]
    public async Task Commit_ManyCampaignsChangesAndReadsAtOnce_AllAreAnswered()
    {
        var units = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NewUnit()));

        var added = await Task.WhenAll(units.Select(unit => AddRounds(unit, 10)));
        var changed = await Task.WhenAll(added.SelectMany(leads => leads).Select(lead => _store.Write(Make.Change(lead))));

        Assert.Equal(8 * 10 * 5, changed.Length);
        Assert.All(changed, reply => Assert.Equal(2, reply.Stored!.Lead.Counter));
        foreach (var unit in units)
        {
            var leads = await _store.List(unit.CampaignId, 0, 1000);
            Assert.Equal(Enumerable.Range(1, 50).Select(rank => (long)rank), leads.Select(lead => lead.Rank));
        }
    }

    [ContractFact]
    public async Task SaveAnswer_SameKeyTogether_TheFirstStays()
    {
        await Task.WhenAll(_store.SaveAnswer("key", Make.Answer(0, 201)), _store.SaveAnswer("key", Make.Answer(1, 500)));

        Assert.Equal(201, (await _store.ReadAnswer("key"))!.Status);
    }

    private async Task<List<StoredLead>> AddRounds(CampaignUnit unit, int rounds)
    {
        List<StoredLead> leads = [];
        for (var round = 0; round < rounds; round++)
        {
            leads.AddRange(await Add(unit, [.. Enumerable.Range(0, 5).Select(i => Make.Person($"{round}.{i}@x.org"))]));
        }
        return leads;
    }

    private async Task<CampaignUnit> NewUnit()
    {
        var id = await _store.NextId();
        await _store.CreateCampaign(id, 1);
        return new() { CampaignId = id, AccountId = 1, Epoch = (await _store.TakeOver(id))!.Epoch };
    }

    private async Task<StoredLead[]> Add(CampaignUnit unit, params NewLead[] adds)
    {
        var reply = await _store.Commit(unit with { Adds = [.. adds] });
        return (await Task.WhenAll(reply.Adds.Select(added => _store.Read(added.LeadId))))!;
    }
}
