using System.Collections.Immutable;
using LeadEngine.Accounts;
using LeadEngine.Campaigns;
using LeadEngine.Installation;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Installation;

/// <summary>What is stored of the installation.</summary>
[GenerateSerializer, Alias("grains.InstallationRecord")]
internal sealed record InstallationRecord
{
    [Id(0)] public bool HasAccounts { get; init; }
}

[GrainType("installation")]
internal sealed class InstallationGrain(
    [PersistentState("installation", StateStorage.Name)] IPersistentState<InstallationRecord> record,
    ILeadStore store) : Grain, IInstallationGrain
{
    public async Task<NewAccount> CreateAccount(string name)
    {
        var accountId = await store.NextId();
        var reply = await GrainFactory.GetGrain<IAccountGrain>(accountId).Create(name);
        if (!record.State.HasAccounts) await record.Save(new InstallationRecord { HasAccounts = true }, DeactivateOnIdle);
        return new NewAccount(accountId, reply.ApiKey ?? throw new InvalidOperationException($"Account id {accountId} was given twice."));
    }

    public async Task<NewUser> CreateUser(string name, ImmutableArray<long> accountIds)
    {
        var userId = await store.NextId();
        return new NewUser(userId, await GrainFactory.GetGrain<IUserGrain>(userId).Create(name, accountIds));
    }

    public async Task<DemoCampaign?> CreateDemo()
    {
        if (record.State.HasAccounts) return null;
        var account = await CreateAccount("Demo");
        var settings = new CampaignSettings { Name = "Demo campaign" };
        var reply = await GrainFactory.GetGrain<IAccountGrain>(account.AccountId).CreateCampaign(settings);
        return reply.Campaign is { } campaign ? new DemoCampaign(campaign.Id, account.ApiKey) : null;
    }

    public async Task<ImmutableArray<byte>> Secret(string name) => [.. await store.InstallationSecret(name)];
}
