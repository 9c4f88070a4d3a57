using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>What the tests of every store share: a fresh database, one driver connected to it, and short ways to ask it.</summary>
public abstract class StoreContract(TestDatabase database) : IAsyncLifetime
{
    private protected TestDatabase Database => database;

    private protected IStoreDriver Driver { get; private set; } = null!;

    public async Task InitializeAsync() => Driver = await database.Connect();

    public async Task DisposeAsync() => await database.DisposeAsync();

    /// <summary>The account of a test's campaigns, unless it says otherwise.</summary>
    private protected const long Account = 1;

    private protected async Task<long> NewCampaign(long account = Account)
    {
        var id = await Driver.NextId(default);
        await Driver.CreateCampaign(id, account, default);
        return id;
    }

    /// <summary>A new campaign whose epoch is taken; the empty unit to fill.</summary>
    private protected async Task<CampaignUnit> NewUnit(long account = Account) => await TakeOver(await NewCampaign(account));

    private protected async Task<CampaignUnit> TakeOver(long campaignId, IStoreDriver? driver = null)
    {
        var tenure = await (driver ?? Driver).TakeOver(campaignId, default);
        return new() { CampaignId = campaignId, AccountId = tenure!.AccountId, Epoch = tenure.Epoch };
    }

    private protected async Task<UnitReply> Commit(CampaignUnit unit, params ImmutableArray<NewLead> adds) =>
        (await Driver.Commit(Make.Batch() with { Units = [unit with { Adds = adds }] }, default)).Units.Single();

    private protected async Task<UnitReply> Score(CampaignUnit unit, params ImmutableArray<LeadChange> changes) =>
        (await Driver.Commit(Make.Batch() with { Units = [unit with { Changes = changes }] }, default)).Units.Single();

    private protected async Task<UnitReply> Remove(CampaignUnit unit, params ImmutableArray<LeadRemoval> removals) =>
        (await Driver.Commit(Make.Batch() with { Units = [unit with { Removals = removals }] }, default)).Units.Single();

    private protected async Task<LeadChangeReply> Write(LeadChange change, IStoreDriver? driver = null) =>
        (await (driver ?? Driver).Commit(Make.Batch() with { Changes = [change] }, default)).Changes.Single();

    /// <summary>Adds leads and reads them back.</summary>
    private protected async Task<StoredLead[]> Add(CampaignUnit unit, params ImmutableArray<NewLead> adds)
    {
        var reply = await Commit(unit, adds);
        Assert.All(reply.Adds, added => Assert.NotEqual(0, added.Rank));
        return (await Driver.Read([.. reply.Adds.Select(added => added.LeadId)], default))!;
    }

    private protected async Task<StoredLead?> Read(long leadId) => (await Driver.Read([leadId], default)).Single();

    private protected async Task<ImmutableArray<Lead>> AllLeads(long campaignId) => await Driver.List(campaignId, 0, 100_000, default);

    /// <summary>All people of an account, the oldest first.</summary>
    private protected async Task<Person[]> People(long account = Account) =>
        [.. await Driver.Directory.List(account, new() { Limit = PeopleQuery.MaxLimit }, default)];

    /// <summary>The person whom a lead is linked to.</summary>
    private protected async Task<Person?> PersonOf(StoredLead lead) =>
        (await Driver.Directory.ListMembers(lead.Lead.CampaignId, new() { LeadIds = [lead.Lead.Id], Limit = 1 }, default)).Single().Person;

    private protected async Task SetStatus(CampaignUnit unit, CampaignStatus status) =>
        Assert.True(await Driver.SetStatus(unit.CampaignId, unit.Epoch, status, default));

    private protected async Task<LeadScore> ScoreOf(long campaignId, long leadId)
    {
        var tenure = await Driver.TakeOver(campaignId, default);
        return tenure!.Scores.SingleOrDefault(row => row.LeadId == leadId).Score;
    }
}
