namespace LeadEngine.ApiHost.Admin;

/// <summary>Body of <c>POST /admin/accounts</c>.</summary>
internal sealed record NewAccountBody(string Name);

/// <summary>Answer to <c>POST /admin/accounts</c>.</summary>
internal sealed record AccountCreated(long AccountId, string ApiKey);

/// <summary>Body of <c>POST /admin/campaigns/{id}/keys</c>.</summary>
internal sealed record NewKeyBody(string Label);

/// <summary>Answer to <c>POST /admin/campaigns/{id}/keys</c>.</summary>
internal sealed record KeyCreated(string ApiKey);
