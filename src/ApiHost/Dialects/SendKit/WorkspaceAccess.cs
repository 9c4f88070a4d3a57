using LeadEngine.Accounts;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Limits;
using LeadEngine.ApiHost.Security;
using LeadEngine.Campaigns;
using Microsoft.Extensions.Primitives;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>The account that a request is about, and what its key is good for: the dialect calls an account a workspace.</summary>
/// <param name="Grant">What the key is good for.</param>
internal sealed record Workspace(KeyGrant Grant)
{
    public long AccountId => Grant.AccountId;

    /// <summary>Whether the key is good for one campaign alone.</summary>
    public bool IsBound => Grant.CampaignId is not null;

    public bool Owns(Campaign campaign) => campaign.AccountId == AccountId;

    public bool MayUse(long campaignId) => Grant.CampaignId is null || Grant.CampaignId == campaignId;
}

/// <summary>Finds out who sends a request, and for which account.</summary>
internal sealed class WorkspaceAccess(ApiKeys keys, CampaignCatalog campaigns, RateLimiter limiter)
{
    public const string KeyHeader = "X-Api-Key";
    public const string WorkspaceHeader = "X-Workspace-Id";
    public const string CampaignPart = "id";

    private const string Bearer = "Bearer ";

    public async ValueTask<Checked<Workspace>> Check(HttpRequest request, ObjectIds ids, Deadline deadline)
    {
        if (ApiKeyOf(request) is not { } apiKey) return SendKitFaults.MissingKey;
        var named = request.Headers[WorkspaceHeader];
        try
        {
            var workspace = ApiKeys.IsOfUser(apiKey)
                ? CheckUser(await deadline.Bound(keys.FindUser(apiKey)), named, ids)
                : CheckAccount(await deadline.Bound(keys.Find(apiKey)), named);
            if (!workspace.IsGood) return workspace;
            return await deadline.Bound(limiter.CheckAccount(workspace.Value.AccountId)) is { } limited ? limited : workspace;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy;
        }
    }

    /// <summary>The campaign that the path names, if the key is good for it.</summary>
    public async ValueTask<Checked<Campaign>> CampaignOf(SendKitRequest request)
    {
        if (!request.TryReadPathId(CampaignPart, ObjectKind.Campaign, out var campaignId)) return SendKitFaults.CampaignNotFound;
        if (!request.Workspace.MayUse(campaignId)) return SendKitFaults.BoundKey;

        try
        {
            var reply = await request.Deadline.Bound(campaigns.Find(campaignId));
            if (!reply.Succeeded) return SendKitFaults.Of(reply.Refusal!.Value);
            return request.Workspace.Owns(reply.Campaign) ? reply.Campaign : SendKitFaults.CampaignNotFound;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy; // Nothing was done yet.
        }
    }

    private static Checked<Workspace> CheckAccount(KeyGrant? grant, StringValues named)
    {
        if (grant is null) return SendKitFaults.InvalidKey;
        return named.Count > 0 ? SendKitFaults.WorkspaceNotAllowed : new Workspace(grant);
    }

    private static Checked<Workspace> CheckUser(UserGrant? grant, StringValues named, ObjectIds ids)
    {
        if (grant is null) return SendKitFaults.InvalidKey;
        if (named.Count == 0) return SendKitFaults.WorkspaceRequired;
        if (!ids.TryDecode(ObjectKind.Workspace, named.ToString().Trim(), out var accountId)) return SendKitFaults.WorkspaceNotFound;
        return grant.AccountIds.Contains(accountId) ? new Workspace(new KeyGrant(accountId, null)) : SendKitFaults.NotYourWorkspace;
    }

    // The vendor's own examples send both headers; the first one counts.
    private static string? ApiKeyOf(HttpRequest request)
    {
        if (request.Headers[KeyHeader].ToString().Trim() is { Length: > 0 } apiKey) return apiKey;
        var header = request.Headers.Authorization.ToString().Trim();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header[Bearer.Length..].Trim() is { Length: > 0 } token
            ? token
            : null;
    }
}
