using System.Collections.Immutable;
using LeadEngine.Accounts;

namespace LeadEngine.Installation;

/// <summary>What there is once in an installation. Its only key is 0, and no sign-up passes through it.</summary>
[Alias("installation.IInstallationGrain")]
public interface IInstallationGrain : IGrainWithIntegerKey
{
    /// <summary>Makes an account with its first API key.</summary>
    [Alias("CreateAccount")]
    Task<NewAccount> CreateAccount(string name);

    /// <summary>Makes a user who owns accounts.</summary>
    [Alias("CreateUser")]
    Task<NewUser> CreateUser(string name, ImmutableArray<long> accountIds);

    /// <summary>Makes an account and a campaign to try the engine with, in an installation that has no account yet.</summary>
    /// <returns>Null when there are accounts already.</returns>
    [Alias("CreateDemo")]
    Task<DemoCampaign?> CreateDemo();

    /// <summary>A secret of this installation, 32 random bytes, made at its first use and the same on all hosts.</summary>
    [Alias("Secret")]
    Task<ImmutableArray<byte>> Secret(string name);
}

/// <summary>An account that was just made.</summary>
/// <param name="AccountId">Numeric id.</param>
/// <param name="ApiKey">Its first API key, shown this once.</param>
[GenerateSerializer, Immutable, Alias("installation.NewAccount")]
public sealed record NewAccount([property: Id(0)] long AccountId, [property: Id(1)] string ApiKey);

/// <summary>A user who was just made, or the reason why there is none.</summary>
/// <param name="UserId">Numeric id, of a user if there is no refusal.</param>
/// <param name="Reply">The API key, shown this once; or why there is none.</param>
[GenerateSerializer, Immutable, Alias("installation.NewUser")]
public sealed record NewUser([property: Id(0)] long UserId, [property: Id(1)] AccountReply Reply);

/// <summary>A campaign to try the engine with.</summary>
/// <param name="CampaignId">Numeric id.</param>
/// <param name="ApiKey">An API key of its account, shown this once.</param>
[GenerateSerializer, Immutable, Alias("installation.DemoCampaign")]
public sealed record DemoCampaign([property: Id(0)] long CampaignId, [property: Id(1)] string ApiKey);
