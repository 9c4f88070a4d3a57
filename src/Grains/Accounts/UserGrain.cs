using System.Collections.Immutable;
using LeadEngine.Accounts;

namespace LeadEngine.Grains.Accounts;

/// <summary>What is stored of a user.</summary>
[GenerateSerializer, Alias("grains.UserRecord")]
internal sealed record UserRecord
{
    [Id(0)] public string Name { get; init; } = "";

    [Id(1)] public string KeyDigest { get; init; } = "";

    [Id(2)] public ImmutableArray<long> Accounts { get; init; } = [];
}

[GrainType("user")]
internal sealed class UserGrain([PersistentState("user", StateStorage.Name)] IPersistentState<UserRecord> record) : Grain, IUserGrain
{
    private long Id => this.GetPrimaryKeyLong();

    public async Task<AccountReply> Create(string name, ImmutableArray<long> accountIds)
    {
        if (record.RecordExists) return AccountReply.Refused(AccountRefusal.AlreadyExists);
        foreach (var accountId in accountIds)
        {
            if (!await IsThere(accountId)) return AccountReply.Refused(AccountRefusal.AccountNotFound);
        }

        var apiKey = ApiKeyFormat.CreateForUser(Id);
        var user = new UserRecord { Name = name, KeyDigest = ApiKeyFormat.Digest(apiKey), Accounts = [.. accountIds.Distinct()] };
        await record.Save(user, DeactivateOnIdle);
        return AccountReply.Accepted(apiKey);
    }

    public async Task<AccountRefusal?> AddAccount(long accountId)
    {
        if (!record.RecordExists) return AccountRefusal.UserNotFound;
        if (record.State.Accounts.Contains(accountId)) return null;
        if (!await IsThere(accountId)) return AccountRefusal.AccountNotFound;
        await record.Save(record.State with { Accounts = record.State.Accounts.Add(accountId) }, DeactivateOnIdle);
        return null;
    }

    public Task<UserGrant?> Authenticate(string apiKey) => Task.FromResult(ApiKeyFormat.AreEqual(ApiKeyFormat.Digest(apiKey), record.State.KeyDigest)
        ? new UserGrant { UserId = Id, Name = record.State.Name, AccountIds = record.State.Accounts }
        : null);

    private async Task<bool> IsThere(long accountId) => await GrainFactory.GetGrain<IAccountGrain>(accountId).GetName() is not null;
}
