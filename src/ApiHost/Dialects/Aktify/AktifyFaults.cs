using System.Diagnostics;
using LeadEngine.ApiHost.Http;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>The faults of the Aktify dialect, and the one table from refusals to them.</summary>
internal static class AktifyFaults
{
    public static readonly Fault Invalid =
        new(StatusCodes.Status400BadRequest, "invalid_fields", "Fields are missing or invalid: see errors.");

    public static readonly Fault MissingApiKey =
        new(StatusCodes.Status401Unauthorized, "missing_api_key", $"The header {AktifyAccess.Header} is missing.");

    public static readonly Fault InvalidApiKey =
        new(StatusCodes.Status401Unauthorized, "invalid_api_key", "The API key is not valid.");

    public static readonly Fault KeyWithoutCampaign = new(
        StatusCodes.Status401Unauthorized,
        "key_without_campaign",
        "This API key is good for a whole account, so it does not say which campaign the lead is for. Please use a campaign's own key.");

    private static readonly Fault AlreadySubmitted = new(
        StatusCodes.Status409Conflict, "phone_number_already_submitted", "The phone number was already submitted to the campaign.");

    private static readonly Fault Removed = new(
        StatusCodes.Status404NotFound, "lead_not_found", "The lead was added by this request before, and has been removed since.");

    private static readonly Fault Ended =
        new(StatusCodes.Status423Locked, "campaign_ended", "The campaign has ended and no longer accepts new leads.");

    private static readonly Fault Locked = new(StatusCodes.Status423Locked, "campaign_locked", "The campaign is locked.");

    public static Fault Of(LeadRefusal refusal) => refusal switch
    {
        LeadRefusal.AlreadyExists => AlreadySubmitted,
        LeadRefusal.CampaignNotFound => InvalidApiKey,
        LeadRefusal.LeadNotFound => Removed,
        LeadRefusal.Ended => Ended,
        LeadRefusal.Locked => Locked,
        LeadRefusal.Busy or LeadRefusal.AskAgain => Faults.Busy,
        LeadRefusal.Unknown => Faults.Unknown,
        _ => throw new UnreachableException($"A lead that must be new is not refused with {refusal}."),
    };
}
