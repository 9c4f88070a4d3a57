using System.Collections.Immutable;
using LeadEngine.Accounts;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Body of <c>POST /admin/accounts</c>.</summary>
internal sealed record NewAccountBody(string Name);

/// <summary>Answer to <c>POST /admin/accounts</c>.</summary>
internal sealed record AccountCreated(long AccountId, string ApiKey);

/// <summary>Body of <c>PATCH /admin/accounts/{id}</c>.</summary>
internal sealed record AccountPatchBody
{
    public AccountRateLimitsBody? RateLimits { get; init; }
}

/// <summary>An account as the administration shows it.</summary>
internal sealed record AccountAnswer(long AccountId, string Name, AccountRateLimitsBody RateLimits)
{
    public static AccountAnswer From(Account account) =>
        new(account.Id, account.Name, new AccountRateLimitsBody(account.RequestsPerMinute));
}

/// <summary>Body of <c>POST /admin/campaigns/{id}/keys</c>.</summary>
internal sealed record NewKeyBody(string Label);

/// <summary>Answer to <c>POST /admin/campaigns/{id}/keys</c>.</summary>
internal sealed record KeyCreated(string ApiKey);

/// <summary>Body of <c>POST /admin/users</c>.</summary>
internal sealed record NewUserBody(string Name, long[] AccountIds);

/// <summary>Answer to <c>POST /admin/users</c>.</summary>
internal sealed record UserCreated(long UserId, string ApiKey, ImmutableArray<UserWorkspace> Workspaces);

/// <summary>An account of a user, and what a platform key names it by in <c>X-Workspace-Id</c>.</summary>
internal sealed record UserWorkspace(long AccountId, string WorkspaceId);
