using System.Collections.Frozen;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>The parameters that have a meaning of their own; all others are custom fields.</summary>
internal enum Parameter
{
    ApiKey,
    CampaignId,
    CamelCampaignId,
    ListId,
    FormListId,
    Email,
    PhoneNumber,
    CountryCode,
    SocialId,
    Kid,
    Kolid,
    FirstName,
    GivenName,
    LastName,
    FamilyName,
    Ip,
    PageUrl,
    PageReferrer,
    Referrer,
    Source,
    Uid,
    Sid,
    SessionId,
    RequestId,
    SkipUrls,
    SkipActions,
    KeepOptOut,
    MustExist,
    RedirectUrl,
    Points,
    Emails,
    TagId,
    Message,
    Limit,
    LeadDescription,
    AvatarDefault,
    Url,
    Event,
    Events,
    Name,
    WebhookSource,
    Code,

    /// <summary>Never kept: what frameworks and forms add by themselves.</summary>
    Reserved,
}

/// <summary>What parameters are called. Names are read without regard to case.</summary>
internal static class ParameterNames
{
    public const string Utm = "utm_";

    /// <summary>Those of requests that tell of a lead.</summary>
    public static readonly FrozenDictionary<string, Parameter> OfLead = new Dictionary<string, Parameter>
    {
        ["api_key"] = Parameter.ApiKey,
        ["campaign_id"] = Parameter.CampaignId,
        ["campaignid"] = Parameter.CamelCampaignId,
        ["list_id"] = Parameter.ListId,
        ["__lid"] = Parameter.FormListId,
        ["email"] = Parameter.Email,
        ["phone_number"] = Parameter.PhoneNumber,
        ["country_code"] = Parameter.CountryCode,
        ["social_id"] = Parameter.SocialId,
        ["kid"] = Parameter.Kid,
        ["kolid"] = Parameter.Kolid,
        ["first_name"] = Parameter.FirstName,
        ["given_name"] = Parameter.GivenName,
        ["last_name"] = Parameter.LastName,
        ["family_name"] = Parameter.FamilyName,
        ["ip"] = Parameter.Ip,
        ["__url"] = Parameter.PageUrl,
        ["__referrer"] = Parameter.PageReferrer,
        ["referrer"] = Parameter.Referrer,
        ["__source"] = Parameter.Source,
        ["__uid"] = Parameter.Uid,
        ["__sid"] = Parameter.Sid,
        ["__session_id"] = Parameter.SessionId,
        ["__rid"] = Parameter.RequestId,
        ["__skip_urls"] = Parameter.SkipUrls,
        ["__skip_actions"] = Parameter.SkipActions,
        ["__do_not_reset_opt_out"] = Parameter.KeepOptOut,
        ["must_exist"] = Parameter.MustExist,
        ["redirect_url"] = Parameter.RedirectUrl,
        ["points"] = Parameter.Points,
        ["ip_address"] = Parameter.Reserved,
        ["landing_page_id"] = Parameter.Reserved,
        ["id"] = Parameter.Reserved,
        ["laid"] = Parameter.Reserved,
        ["controller"] = Parameter.Reserved,
        ["action"] = Parameter.Reserved,
        ["format"] = Parameter.Reserved,
        ["utf8"] = Parameter.Reserved,
        ["authenticity_token"] = Parameter.Reserved,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Those of all other requests, with those of a lead.</summary>
    public static readonly FrozenDictionary<string, Parameter> OfCommands = new Dictionary<string, Parameter>(OfLead)
    {
        ["emails"] = Parameter.Emails,
        ["tag_id"] = Parameter.TagId,
        ["message"] = Parameter.Message,
        ["limit"] = Parameter.Limit,
        ["lead_description"] = Parameter.LeadDescription,
        ["avatar_default"] = Parameter.AvatarDefault,
        ["url"] = Parameter.Url,
        ["event"] = Parameter.Event,
        ["events"] = Parameter.Events,
        ["name"] = Parameter.Name,
        ["source"] = Parameter.WebhookSource,
        ["code"] = Parameter.Code,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Names = [.. Enum.GetValues<Parameter>().Select(NameOf)];

    public static string Of(Parameter parameter) => Names[(int)parameter];

    /// <summary>
    /// Whether a link may say it of the person who followed it. Whoever wrote the link is not the one who sends the request, so it gives
    /// no rights, points or commands.
    /// </summary>
    public static bool MayComeFromLink(Parameter parameter) => parameter is
        Parameter.Email or Parameter.PhoneNumber or Parameter.CountryCode
        or Parameter.SocialId or Parameter.Kid or Parameter.Kolid
        or Parameter.FirstName or Parameter.GivenName or Parameter.LastName or Parameter.FamilyName;

    private static string NameOf(Parameter parameter) => OfCommands.First(known => known.Value == parameter).Key;
}
