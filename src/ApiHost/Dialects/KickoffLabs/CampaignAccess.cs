using System.Globalization;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
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

/// <summary>Finds out which campaign a request is for and whether it may be asked.</summary>
internal sealed class CampaignAccess(CampaignCatalog campaigns, ApiKeys keys)
{
    public const string RouteParameter = "campaign_id";

    /// <summary>Whoever may ask about a campaign.</summary>
    public async ValueTask<Checked<Caller>> Check(HttpRequest request, ParameterSet parameters, Deadline deadline)
    {
        if (!TryReadId(request, parameters, out var campaignId)) return KickoffLabsFaults.CampaignNotFound;
        var found = await Find(campaignId, deadline);
        if (!found.IsGood) return found.Fault;

        var campaign = found.Value;
        if (ApiKeyOf(request, parameters) is null)
        {
            return campaign.Settings.RequireApiKey ? KickoffLabsFaults.MissingApiKey : new Caller(campaign, null);
        }

        var grant = await CheckKey(request, parameters, deadline);
        if (!grant.IsGood) return grant.Fault;
        return IsGoodFor(grant.Value, campaign) ? new Caller(campaign, grant.Value) : KickoffLabsFaults.InvalidApiKey;
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
        if (ApiKeyOf(request, parameters) is not { } apiKey) return KickoffLabsFaults.MissingApiKey;
        try
        {
            return await deadline.Bound(keys.Find(apiKey)) is { } grant ? grant : KickoffLabsFaults.InvalidApiKey;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy;
        }
    }

    public async ValueTask<Checked<Campaign>> Find(long campaignId, Deadline deadline)
    {
        try
        {
            var reply = await deadline.Bound(campaigns.Find(campaignId));
            return reply.Campaign is { } campaign ? campaign : KickoffLabsFaults.Of(reply.Refusal!.Value);
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
