using System.Diagnostics;
using LeadEngine.ApiHost.Http;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>The faults of the KickoffLabs dialect, and the one table from refusals to them.</summary>
internal static class KickoffLabsFaults
{
    public static readonly Fault CampaignNotFound = new(StatusCodes.Status404NotFound, "campaign_not_found", "There is no such campaign.");

    public static readonly Fault LeadNotFound = new(StatusCodes.Status404NotFound, "lead_not_found", "There is no such lead.");

    public static readonly Fault InvalidApiKey =
        new(StatusCodes.Status409Conflict, "invalid_api_key", "Invalid API access: the API key is not good for this campaign.");

    public static readonly Fault MissingApiKey =
        new(StatusCodes.Status409Conflict, "missing_api_key", "Invalid API access: this request needs an API key.");

    public static readonly Fault WebhookNotFound =
        new(StatusCodes.Status404NotFound, "webhook_not_found", "There is no such webhook.");

    private static readonly Fault Ended =
        new(StatusCodes.Status423Locked, "campaign_ended", "The campaign has ended and no longer accepts new leads or scoring.");

    private static readonly Fault Locked = new(StatusCodes.Status423Locked, "campaign_locked", "The campaign is locked.");

    private static readonly Fault TooManyFields = new(
        StatusCodes.Status422UnprocessableEntity,
        "too_many_custom_fields",
        $"The lead would have more than {LeadProfile.MaxCustomFields} custom fields.");

    public static Fault Of(LeadRefusal refusal) => refusal switch
    {
        LeadRefusal.CampaignNotFound => CampaignNotFound,
        LeadRefusal.LeadNotFound => LeadNotFound,
        LeadRefusal.Ended => Ended,
        LeadRefusal.Locked => Locked,
        LeadRefusal.TooManyFields => TooManyFields,
        LeadRefusal.Busy or LeadRefusal.AskAgain => Faults.Busy,
        LeadRefusal.Unknown => Faults.Unknown,
        _ => throw new UnreachableException("A refusal is one of these."),
    };
}
