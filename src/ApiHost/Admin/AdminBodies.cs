using System.Collections.Immutable;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Body of <c>POST /admin/accounts</c>.</summary>
internal sealed record NewAccountBody(string Name);

/// <summary>Answer to <c>POST /admin/accounts</c>.</summary>
internal sealed record AccountCreated(long AccountId, string ApiKey);

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
