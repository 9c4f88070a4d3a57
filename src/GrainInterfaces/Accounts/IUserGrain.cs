using System.Collections.Immutable;
using Orleans.Concurrency;

namespace LeadEngine.Accounts;

/// <summary>
/// Somebody who owns several accounts, with one key for all of them: SendKit's platform key. Its key is the numeric user id.
/// </summary>
[Alias("accounts.IUserGrain")]
public interface IUserGrain : IGrainWithIntegerKey
{
    /// <summary>Makes the user; <see cref="Installation.IInstallationGrain.CreateUser"/> gives it its id.</summary>
    /// <returns>The API key, shown this once; refused when one of the accounts is not there.</returns>
    [Alias("Create")]
    Task<AccountReply> Create(string name, ImmutableArray<long> accountIds);

    /// <summary>Gives the user a further account. One that it has already changes nothing.</summary>
    /// <returns>Null when it has the account; else why it has not.</returns>
    [Alias("AddAccount")]
    Task<AccountRefusal?> AddAccount(long accountId);

    /// <summary>What a key is good for; null when it is not this user's.</summary>
    [Alias("Authenticate"), AlwaysInterleave]
    Task<UserGrant?> Authenticate(string apiKey);
}

/// <summary>What a user's API key is good for.</summary>
[GenerateSerializer, Immutable, Alias("accounts.UserGrant")]
public sealed record UserGrant
{
    /// <summary>The user.</summary>
    [Id(0)] public required long UserId { get; init; }

    /// <summary>What the user is called.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>The accounts that it may speak for, in the order in which they were given.</summary>
    [Id(2)] public required ImmutableArray<long> AccountIds { get; init; }
}
