using System.Globalization;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Limits;
using LeadEngine.ApiHost.Security;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using Microsoft.Extensions.Primitives;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>The campaign that a request is for, and the right that came with it.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Grant">What the API key is good for; null without one.</param>
internal sealed record Caller(Campaign Campaign, KeyGrant? Grant)
{
    public bool IsAuthorized => Grant is not null;
}

/// <summary>
/// Finds out which campaign a request is for and whether it may be asked: by whom, from which page, and how often. Every route of a campaign
/// asks it once, so each request is counted once.
/// </summary>
internal sealed class CampaignAccess(CampaignCatalog campaigns, ApiKeys keys, RateLimiter limiter)
{
    public const string RouteParameter = "campaign_id";

    public async ValueTask<Checked<Caller>> Check(HttpRequest request, ParameterSet parameters, Deadline deadline)
    {
        if (!TryReadId(request, parameters, out var campaignId)) return KickoffLabsFaults.CampaignNotFound;
        var apiKey = ApiKeyOf(request, parameters);
        try
        {
            var reply = await deadline.Bound(campaigns.Find(campaignId));
            if (reply.Campaign is { } campaign) Cors.Restrict(request.HttpContext, campaign.Settings.CorsOrigins);
            else if (reply.Refusal is not LeadRefusal.CampaignNotFound) return KickoffLabsFaults.Of(reply.Refusal!.Value);
            var caller = await Check(reply.Campaign, apiKey, deadline);
            var refusal = caller is { IsGood: true, Value.IsAuthorized: true }
                ? limiter.CheckOwner(request.HttpContext, caller.Value.Campaign)
                : limiter.CheckStranger(request.HttpContext, reply.Campaign);
            return await deadline.Bound(refusal) is { } limited ? limited : caller;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy;
        }
    }

    /// <summary>Finds out from where a request may come, where its path says which campaign it is about.</summary>
    public async ValueTask LearnOrigins(HttpContext context)
    {
        var text = context.Request.RouteValues[RouteParameter] as string;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var campaignId)) return;
        if ((await campaigns.Find(campaignId)).Campaign is { } campaign) Cors.Restrict(context, campaign.Settings.CorsOrigins);
    }

    private async ValueTask<Checked<Caller>> Check(Campaign? campaign, string? apiKey, Deadline deadline)
    {
        if (campaign is null) return KickoffLabsFaults.CampaignNotFound;
        if (apiKey is null) return campaign.Settings.RequireApiKey ? KickoffLabsFaults.MissingApiKey : new Caller(campaign, null);

        var grant = await deadline.Bound(keys.Find(apiKey));
        return grant is not null && IsGoodFor(grant, campaign) ? new Caller(campaign, grant) : KickoffLabsFaults.InvalidApiKey;
    }

    private static bool IsGoodFor(KeyGrant grant, Campaign campaign) =>
        grant.AccountId == campaign.AccountId && (grant.CampaignId is null || grant.CampaignId == campaign.Id);

    private static bool TryReadId(HttpRequest request, ParameterSet parameters, out long campaignId)
    {
        var text = request.RouteValues[RouteParameter] as string
            ?? parameters.Text(Parameter.CampaignId, Parameter.CamelCampaignId, Parameter.ListId, Parameter.FormListId);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out campaignId);
    }

    private static string? ApiKeyOf(HttpRequest request, ParameterSet parameters) =>
        parameters.Text(Parameter.ApiKey)
        ?? LastToken(request.Headers.Authorization)
        ?? LastToken(request.Headers["Authentication"]);

    private static string? LastToken(StringValues header)
    {
        var text = header.ToString().AsSpan().Trim();
        if (text.IsEmpty) return null;
        return text[(text.LastIndexOfAny(' ', '\t') + 1)..].ToString();
    }
}
