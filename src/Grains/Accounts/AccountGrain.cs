using System.Collections.Immutable;
using LeadEngine.Accounts;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Accounts;

/// <summary>What is stored of an account.</summary>
[GenerateSerializer, Alias("grains.AccountRecord")]
internal sealed record AccountRecord
{
    [Id(0)] public string Name { get; init; } = "";

    [Id(1)] public ImmutableArray<ApiKeyRecord> Keys { get; init; } = [];

    [Id(2)] public ImmutableArray<long> Campaigns { get; init; } = [];

    [Id(3)] public int? RequestsPerMinute { get; init; }
}

/// <summary>What is stored of an API key: never the key.</summary>
[GenerateSerializer, Alias("grains.ApiKeyRecord")]
internal sealed record ApiKeyRecord([property: Id(0)] string Label, [property: Id(1)] string Digest, [property: Id(2)] long? CampaignId);

[GrainType("account")]
internal sealed class AccountGrain(
    [PersistentState("account", StateStorage.Name)] IPersistentState<AccountRecord> record, ILeadStore store) : Grain, IAccountGrain
{
    private long Id => this.GetPrimaryKeyLong();

    public async Task<AccountReply> Create(string name)
    {
        if (record.RecordExists) return AccountReply.Refused(AccountRefusal.AlreadyExists);
        return await SaveWithKey(new AccountRecord { Name = name }, "first key", null);
    }

    public async Task<CampaignReply> CreateCampaign(CampaignSettings settings)
    {
        if (!record.RecordExists) return CampaignReply.Refused(LeadRefusal.CampaignNotFound);
        var campaignId = await store.NextId();
        await store.CreateCampaign(campaignId, Id);
        var reply = await GrainFactory.GetGrain<ICampaignGrain>(campaignId).Create(Id, settings);
        if (reply.Succeeded) await record.Save(record.State with { Campaigns = record.State.Campaigns.Add(campaignId) }, DeactivateOnIdle);
        return reply;
    }

    public async Task<AccountReply> CreateKey(string label, long? campaignId)
    {
        if (!record.RecordExists) return AccountReply.Refused(AccountRefusal.AccountNotFound);
        if (campaignId is { } bound && !record.State.Campaigns.Contains(bound)) return AccountReply.Refused(AccountRefusal.CampaignNotFound);
        return await SaveWithKey(record.State, label, campaignId);
    }

    public Task<string?> GetName() => Task.FromResult(record.RecordExists ? record.State.Name : null);

    public Task<ImmutableArray<long>> ListCampaigns() => Task.FromResult(record.State.Campaigns);

    public Task<Account?> Get() => Task.FromResult(record.RecordExists
        ? new Account { Id = Id, Name = record.State.Name, RequestsPerMinute = record.State.RequestsPerMinute }
        : null);

    public async Task<AccountRefusal?> SetRequestsPerMinute(int? count)
    {
        if (!record.RecordExists) return AccountRefusal.AccountNotFound;
        await record.Save(record.State with { RequestsPerMinute = count }, DeactivateOnIdle);
        return null;
    }

    public Task<KeyGrant?> Authenticate(string apiKey)
    {
        var digest = ApiKeyFormat.Digest(apiKey);
        KeyGrant? grant = null;
        foreach (var key in record.State.Keys)
        {
            // No early end: how long it takes tells nothing of which key matched.
            if (ApiKeyFormat.AreEqual(digest, key.Digest)) grant = new KeyGrant(Id, key.CampaignId);
        }

        return Task.FromResult(grant);
    }

    private async Task<AccountReply> SaveWithKey(AccountRecord next, string label, long? campaignId)
    {
        var apiKey = ApiKeyFormat.Create(Id);
        await record.Save(next with { Keys = next.Keys.Add(new ApiKeyRecord(label, ApiKeyFormat.Digest(apiKey), campaignId)) }, DeactivateOnIdle);
        return AccountReply.Accepted(apiKey);
    }
}
