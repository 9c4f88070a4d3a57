using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>What is wrong with a command about leads, in the vendor's words where it has some (surfaces.md A.1 and A.2).</summary>
internal static class CommandFaults
{
    public static readonly Fault NoPoints = Conflict("no_points", "No points value found");

    public static readonly Fault TooManyPoints = Conflict("too_many_points", "Max Points Exceeded");

    public static readonly Fault NoLeadNamed = Conflict("missing_identifier", "Please include a lead id or email");

    public static readonly Fault MixedIdentifiers =
        Conflict("mixed_identifiers", "Please use one kind of identifier only: email, phone_number or social_id");

    public static readonly Fault NoActionNamed = Conflict("missing_action", "Please include a campaign action id");

    public static readonly Fault ActionOfTag =
        Conflict("action_of_tag", "This action is completed by a lead tag: please tag the lead instead");

    public static readonly Fault NoTagNamed = Conflict("missing_tag", "Please include a tag id");

    public static readonly Fault UnknownCommand = Conflict(
        "unknown_action", "Invalid update action: the actions are optout, verify, approve, block, waitlist, unwaitlist and tag");

    public static readonly Fault NoUrl = Conflict("missing_url", "Please include a url");

    public static readonly Fault WrongUrl = Conflict("invalid_url", "The url must be an absolute address that starts with http");

    public static readonly Fault NoEvent = Conflict("missing_event", "Please include an event");

    public static readonly Fault WrongEvent =
        Conflict("invalid_event", $"Invalid event type: the types are {string.Join(", ", WebhookEvents.Names)}");

    public static readonly Fault LeadsNotFound = new(StatusCodes.Status404NotFound, "lead_not_found", "No leads found");

    public static readonly Fault ActionNotFound =
        new(StatusCodes.Status404NotFound, "action_not_found", "There is no such campaign action.");

    public static readonly Fault TagNotFound = new(StatusCodes.Status404NotFound, "tag_not_found", "There is no such tag.");

    public static readonly Fault NothingMatches = new(StatusCodes.Status400BadRequest, "no_leads", "No leads to update");

    public static readonly Fault TooManyItems =
        new(StatusCodes.Status413PayloadTooLarge, "too_many_items", "Too many items to update or delete");

    /// <summary>A request about several leads that stopped in the middle.</summary>
    public static Fault CutShort(int done, int wanted) => new(
        StatusCodes.Status504GatewayTimeout,
        "unknown",
        $"Points were added to {done} of {wanted} leads. A repeat with the same Idempotency-Key adds the rest.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>A parameter that has to come did not.</summary>
    public static Fault Missing(string parameter) => Conflict("missing_parameter", $"Please include {parameter}");

    private static Fault Conflict(string code, string message) => new(StatusCodes.Status409Conflict, code, message);
}
