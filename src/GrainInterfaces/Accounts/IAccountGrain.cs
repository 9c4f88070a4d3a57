using System.Collections.Immutable;
using LeadEngine.Campaigns;
using Orleans.Concurrency;

namespace LeadEngine.Accounts;

/// <summary>One account: its campaigns and API keys. Its key is the numeric account id.</summary>
[Alias("accounts.IAccountGrain")]
public interface IAccountGrain : IGrainWithIntegerKey
{
    /// <summary>Makes the account, with a first key that is good for all its campaigns.</summary>
    /// <returns>The API key, shown this once.</returns>
    [Alias("Create")]
    Task<AccountReply> Create(string name);

    /// <summary>Makes a campaign.</summary>
    [Alias("CreateCampaign")]
    Task<CampaignReply> CreateCampaign(CampaignSettings settings);

    /// <summary>Makes a further key.</summary>
    /// <param name="label">What the owner calls it.</param>
    /// <param name="campaignId">The one campaign that the key is bound to; null for all.</param>
    /// <returns>The API key, shown this once.</returns>
    [Alias("CreateKey")]
    Task<AccountReply> CreateKey(string label, long? campaignId);

    /// <summary>What the account is called; null when there is no such account.</summary>
    [Alias("GetName"), AlwaysInterleave]
    Task<string?> GetName();

    /// <summary>The ids of its campaigns, in the order in which they were made; empty when there is no such account.</summary>
    [Alias("ListCampaigns"), AlwaysInterleave]
    Task<ImmutableArray<long>> ListCampaigns();

    /// <summary>The account as it stands; null when there is no such account.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<Account?> Get();

    /// <summary>Sets how many requests with its API keys it may send a minute; null: any number.</summary>
    /// <returns>Null when it is set; else why it is not.</returns>
    [Alias("SetRequestsPerMinute")]
    Task<AccountRefusal?> SetRequestsPerMinute(int? count);

    /// <summary>What a key is good for; null when it is not one of this account's.</summary>
    [Alias("Authenticate"), AlwaysInterleave]
    Task<KeyGrant?> Authenticate(string apiKey);
}

/// <summary>An account as it stands.</summary>
[GenerateSerializer, Immutable, Alias("accounts.Account")]
public sealed record Account
{
    /// <summary>Numeric id.</summary>
    [Id(0)] public required long Id { get; init; }

    /// <summary>What it is called.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>How many requests with its API keys it may send a minute, deletions apart; null: any number.</summary>
    [Id(2)] public int? RequestsPerMinute { get; init; }
}

/// <summary>What an API key is good for.</summary>
/// <param name="AccountId">The account that it speaks for.</param>
/// <param name="CampaignId">The one campaign that it is bound to; null for all of the account's.</param>
[GenerateSerializer, Immutable, Alias("accounts.KeyGrant")]
public sealed record KeyGrant([property: Id(0)] long AccountId, [property: Id(1)] long? CampaignId);

/// <summary>A new API key, or the reason why there is none: exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("accounts.AccountReply")]
public sealed record AccountReply
{
    /// <summary>The key, which nobody can read again.</summary>
    [Id(0)] public string? ApiKey { get; private init; }

    /// <summary>Why there is no key.</summary>
    [Id(1)] public AccountRefusal? Refusal { get; private init; }

    /// <summary>A new key.</summary>
    public static AccountReply Accepted(string apiKey) => new() { ApiKey = apiKey };

    /// <summary>No key.</summary>
    public static AccountReply Refused(AccountRefusal why) => new() { Refusal = why };
}

/// <summary>Why an account, or a user, gave no key.</summary>
public enum AccountRefusal
{
    /// <summary>There is no such account.</summary>
    AccountNotFound,

    /// <summary>The account, or the user, exists already.</summary>
    AlreadyExists,

    /// <summary>The campaign is not one of this account's.</summary>
    CampaignNotFound,

    /// <summary>There is no such user.</summary>
    UserNotFound,
}
