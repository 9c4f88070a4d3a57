using System.Collections.Immutable;

namespace LeadEngine.Installation;

/// <summary>What there is once in an installation. Its only key is 0, and no sign-up passes through it.</summary>
[Alias("installation.IInstallationGrain")]
public interface IInstallationGrain : IGrainWithIntegerKey
{
    /// <summary>Makes an account with its first API key.</summary>
    [Alias("CreateAccount")]
    Task<NewAccount> CreateAccount(string name);

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

/// <summary>A campaign to try the engine with.</summary>
/// <param name="CampaignId">Numeric id.</param>
/// <param name="ApiKey">An API key of its account, shown this once.</param>
[GenerateSerializer, Immutable, Alias("installation.DemoCampaign")]
public sealed record DemoCampaign([property: Id(0)] long CampaignId, [property: Id(1)] string ApiKey);
