using System.Globalization;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Limits;
using LeadEngine.ApiHost.Security;
using LeadEngine.Campaigns;
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
/// Finds out which campaign a request is for and whether it may be asked: by whom, from which page, and how often. Every route asks one of
/// the checks, once, so each request is counted once.
/// </summary>
internal sealed class CampaignAccess(CampaignCatalog campaigns, ApiKeys keys, RateLimiter limiter)
{
    public const string RouteParameter = "campaign_id";

    /// <summary>Whoever may ask about a campaign.</summary>
    public async ValueTask<Checked<Caller>> Check(HttpRequest request, ParameterSet parameters, Deadline deadline)
    {
        var campaign = TryReadId(request, parameters, out var campaignId)
            ? await Find(request.HttpContext, campaignId, deadline)
            : KickoffLabsFaults.CampaignNotFound;
        var caller = campaign.IsGood ? await Identify(campaign.Value, ApiKeyOf(request, parameters), deadline) : campaign.Fault;
        var isOwner = caller is { IsGood: true, Value.IsAuthorized: true };
        if (caller.Fault == Faults.Busy) return caller;
        return await Limit(
            caller,
            isOwner ? limiter.CheckOwner(request.HttpContext, campaign.Value!) : limiter.CheckStranger(request.HttpContext, campaign.Value),
            deadline);
    }

    /// <summary>Only those who have an API key for the campaign.</summary>
    public async ValueTask<Checked<Caller>> CheckOwner(HttpRequest request, ParameterSet parameters, Deadline deadline)
    {
        var caller = await Check(request, parameters, deadline);
        return caller is { IsGood: true, Value.IsAuthorized: false } ? KickoffLabsFaults.MissingApiKey : caller;
    }

    /// <summary>What the API key of a request is good for.</summary>
    public async ValueTask<Checked<KeyGrant>> CheckKey(HttpRequest request, ParameterSet parameters, Deadline deadline)
    {
        var grant = ApiKeyOf(request, parameters) is { } apiKey ? await FindGrant(apiKey, deadline) : KickoffLabsFaults.MissingApiKey;
        if (grant.Fault == Faults.Busy) return grant;
        return await Limit(
            grant,
            grant.IsGood ? limiter.CheckAccount(grant.Value.AccountId) : limiter.CheckStranger(request.HttpContext, null),
            deadline);
    }

    /// <summary>The campaign of an address that its owner had made: whoever knows it may post there as often as the owner may.</summary>
    public async ValueTask<Checked<Campaign>> CheckAddress(HttpContext context, long campaignId, Deadline deadline)
    {
        var campaign = await Find(context, campaignId, deadline);
        if (campaign.Fault == Faults.Busy) return campaign;
        return await Limit(
            campaign,
            campaign.IsGood ? limiter.CheckOwner(context, campaign.Value) : limiter.CheckStranger(context, null),
            deadline);
    }

    /// <summary>Finds out from which pages a request may come, where its path says which campaign it is about.</summary>
    public async ValueTask LearnOrigins(HttpContext context)
    {
        var text = context.Request.RouteValues[RouteParameter] as string;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var campaignId)) return;
        if ((await campaigns.Find(campaignId)).Campaign is { } campaign) Cors.Restrict(context, campaign.Settings.CorsOrigins);
    }

    private async ValueTask<Checked<Caller>> Identify(Campaign campaign, string? apiKey, Deadline deadline)
    {
        if (apiKey is null) return campaign.Settings.RequireApiKey ? KickoffLabsFaults.MissingApiKey : new Caller(campaign, null);
        var grant = await FindGrant(apiKey, deadline);
        if (!grant.IsGood) return grant.Fault;
        return IsGoodFor(grant.Value, campaign) ? new Caller(campaign, grant.Value) : KickoffLabsFaults.InvalidApiKey;
    }

    private static async ValueTask<Checked<T>> Limit<T>(Checked<T> found, ValueTask<Fault?> count, Deadline deadline) where T : class
    {
        try
        {
            return await deadline.Bound(count) is { } limited ? limited : found;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy;
        }
    }

    private async ValueTask<Checked<KeyGrant>> FindGrant(string apiKey, Deadline deadline)
    {
        try
        {
            return await deadline.Bound(keys.Find(apiKey)) is { } grant ? grant : KickoffLabsFaults.InvalidApiKey;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy;
        }
    }

    private async ValueTask<Checked<Campaign>> Find(HttpContext context, long campaignId, Deadline deadline)
    {
        try
        {
            var reply = await deadline.Bound(campaigns.Find(campaignId));
            if (reply.Campaign is not { } campaign) return KickoffLabsFaults.Of(reply.Refusal!.Value);
            Cors.Restrict(context, campaign.Settings.CorsOrigins);
            return campaign;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy;
        }
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
