using System.Collections.Immutable;
using System.Diagnostics;
using LeadEngine.ApiHost.Http;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>
/// The faults of the SendKit dialect, and the one table from refusals to them. Their codes are for metrics: the status says which code
/// clients see.
/// </summary>
internal static class SendKitFaults
{
    public static readonly Fault MissingKey = new(
        StatusCodes.Status401Unauthorized, "missing_api_key", "An API key is required, as X-Api-Key or as Authorization: Bearer.");

    public static readonly Fault InvalidKey = new(StatusCodes.Status401Unauthorized, "invalid_api_key", "The API key is not valid.");

    public static readonly Fault WorkspaceRequired =
        new(StatusCodes.Status400BadRequest, "missing_workspace", "A platform API key must come with the header X-Workspace-Id.");

    public static readonly Fault WorkspaceNotAllowed =
        new(StatusCodes.Status400BadRequest, "needless_workspace", "A workspace API key must not come with the header X-Workspace-Id.");

    public static readonly Fault NotYourWorkspace =
        new(StatusCodes.Status403Forbidden, "foreign_workspace", "The API key is not good for this workspace.");

    public static readonly Fault BoundKey =
        new(StatusCodes.Status403Forbidden, "bound_api_key", "The API key is good for one campaign alone.");

    public static readonly Fault WorkspaceNotFound = NotFound("workspace_not_found", "Workspace not found");

    public static readonly Fault CampaignNotFound = NotFound("campaign_not_found", "Campaign not found");

    public static readonly Fault LeadNotFound = NotFound("lead_not_found", "Lead not found");

    public static readonly Fault CampaignLeadNotFound = NotFound("campaign_lead_not_found", "Campaign lead not found");

    public static readonly Fault WebhookNotFound = NotFound("webhook_not_found", "Webhook not found");

    public static readonly Fault ModeMissing = Invalid("Provide leads array, filters, or selectAll: true");

    public static readonly Fault Ended =
        new(StatusCodes.Status423Locked, "campaign_ended", "The campaign has ended and no longer accepts new leads");

    public static readonly Fault Locked = new(StatusCodes.Status423Locked, "campaign_locked", "The campaign is locked");

    public static readonly string TooMany =
        $"A lead can have {PersonDetails.MaxTags} tags and {LeadProfile.MaxCustomFields} custom fields at most";

    /// <summary>A request that is not valid.</summary>
    public static Fault Invalid(string message, ImmutableArray<FaultDetail> details = default) =>
        new(StatusCodes.Status400BadRequest, "invalid_request", message) { Details = details.IsDefault ? [] : details };

    /// <summary>Somebody has the e-mail address.</summary>
    public static Fault Exists(string leadId) =>
        new(StatusCodes.Status409Conflict, "lead_exists", $"A lead with this email already exists: {leadId}")
        {
            Details = [new FaultDetail("leadId", "lead_exists", leadId)],
        };

    /// <summary>A request that was cut short between pages, each of which commits by itself.</summary>
    public static Fault CutShort(string whatIsDone) => new(
        StatusCodes.Status504GatewayTimeout, "unknown", $"The request was cut short: {whatIsDone}, and it may be more. A repeat is safe.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static Fault Of(LeadRefusal refusal) => refusal switch
    {
        LeadRefusal.CampaignNotFound => CampaignNotFound,
        LeadRefusal.LeadNotFound => CampaignLeadNotFound,
        LeadRefusal.Ended => Ended,
        LeadRefusal.Locked => Locked,
        LeadRefusal.Busy or LeadRefusal.AskAgain => Faults.Busy,
        LeadRefusal.Unknown => Faults.Unknown,
        _ => throw new UnreachableException($"Nothing here is refused with {refusal}."),
    };

    public static Fault Of(PersonRefusal refusal) => refusal switch
    {
        PersonRefusal.NotFound => LeadNotFound,
        PersonRefusal.TooMany => Invalid(TooMany),
        _ => throw new UnreachableException($"Nothing here is refused with {refusal}."),
    };

    private static Fault NotFound(string code, string message) => new(StatusCodes.Status404NotFound, code, message);
}
