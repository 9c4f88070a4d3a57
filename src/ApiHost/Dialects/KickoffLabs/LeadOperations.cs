using System.Collections.Immutable;
using LeadEngine.ApiHost.OpenApi;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>What the API's description says of the commands about leads.</summary>
internal static class LeadOperations
{
    private const string InTheQuery = "Whatever the body may hold may come in the query instead; a list is then name[]=…&name[]=….";

    private static readonly ImmutableArray<ApiMember> Message = [new("message", ApiType.Text)];

    private static readonly ImmutableArray<ApiParameter> Identifiers =
    [
        KickoffLabsOperations.ApiKey,
        new("email", ApiType.Texts, "E-mail addresses, one or a list."),
        new("phone_number", ApiType.Texts, "Phone numbers in any written form, one or a list."),
        new("country_code", ApiType.Text, "Calling code (1, +1) or region (US) of the phone numbers."),
        new("social_id", ApiType.Texts, "Social ids, one or a list; kid means the same."),
    ];

    private static readonly ImmutableArray<ApiAnswer> ScoringFaults =
    [
        .. KickoffLabsOperations.CommandFaults,
        new(StatusCodes.Status423Locked, "The campaign has ended or is locked.", KickoffLabsOperations.Error),
    ];

    private static readonly ImmutableArray<ApiAnswer> QueueFaults =
    [
        new(StatusCodes.Status400BadRequest, "Nobody is named so, or the body could not be read.", KickoffLabsOperations.Error),
        .. KickoffLabsOperations.CommandFaults.Where(answer => answer.Status != StatusCodes.Status400BadRequest),
    ];

    public static readonly ApiOperation GivePoints = Command(
        "givePoints",
        "Gives points to leads, or takes them; a score never falls below 0.",
        [
            .. Identifiers,
            new("emails", ApiType.Texts, "The same as email."),
            new("points", ApiType.Integer, "-99999 to 99999.", IsRequired: true),
            new("message", ApiType.Text, "What for; not kept."),
        ],
        [new(StatusCodes.Status200OK, "The points were added.", Message), .. ScoringFaults]);

    public static readonly ApiOperation CompleteAction = Command(
        "completeAction",
        "Notes that a lead completed an action; it counts once.",
        Identifiers,
        [new(StatusCodes.Status200OK, "The lead completed the action, now or before.", Message), .. ScoringFaults]) with
    {
        PathParts =
        [
            KickoffLabsOperations.CampaignPart,
            new(ActionEndpoint.ActionPart, ApiType.Integer, "The action's id, as the list of actions tells it; not a tag's."),
        ],
    };

    public static readonly ApiOperation CompleteUnnamedAction =
        Command("completeUnnamedAction", "Refused: the path has to name the action.", Identifiers, KickoffLabsOperations.Faults);

    public static readonly ApiOperation Other =
        Command("otherAction", "Refused: there is no such action.", [KickoffLabsOperations.ApiKey], KickoffLabsOperations.Faults) with
        {
            PathParts = [KickoffLabsOperations.CampaignPart, new(KickoffLabsCommands.OtherPart, ApiType.Text, "Any other name.")],
        };

    public static readonly ApiOperation VerifyPhone = Command(
        "verifyPhoneNumber",
        "Verifies a phone number by the code that was sent to it.",
        [
            KickoffLabsOperations.ApiKey,
            new("code", ApiType.Text, "The code of the text message.", IsRequired: true),
            new("phone_number", ApiType.Text, "The phone number in any written form; it counts before the others."),
            new("country_code", ApiType.Text, "Calling code (1, +1) or region (US) of the phone number."),
            new("email", ApiType.Text, "The lead's e-mail address."),
            new("social_id", ApiType.Text, "The lead's social id; kid means the same."),
        ],
        [
            new(StatusCodes.Status200OK, "The phone number is verified.", Message),
            .. KickoffLabsOperations.CommandFaults,
            new(StatusCodes.Status423Locked, "The campaign is locked.", KickoffLabsOperations.Error),
        ]) with
    {
        Description = "Needs no API key unless the campaign demands one: the code is the proof.",
    };

    public static readonly ApiOperation Delete = Command(
        "deleteLeads",
        "Deletes up to 250 leads with all that is known of them, while the sender goes on.",
        Identifiers,
        [new(StatusCodes.Status202Accepted, "They will be deleted.", [.. Message, new("deleted", ApiType.Integer)]), .. QueueFaults]);

    public static ApiOperation Bulk(string name, LeadOrder order) => Command(
        $"{name}Leads",
        $"Does what {name} says with up to 250 leads, while the sender goes on.",
        order is LeadOrder.Tag ? [.. Identifiers, new("tag_id", ApiType.Integer, "The tag.", IsRequired: true)] : Identifiers,
        [new(StatusCodes.Status202Accepted, "It will be done.", [.. Message, new("updated", ApiType.Integer)]), .. QueueFaults]);

    private static ApiOperation Command(
        string id, string summary, ImmutableArray<ApiParameter> members, ImmutableArray<ApiAnswer> answers) => new()
        {
            Id = id,
            Tag = KickoffLabsOperations.Tag,
            Summary = summary,
            Description = $"Needs an API key. Leads are named by identifiers of one kind. {InTheQuery}",
            PathParts = [KickoffLabsOperations.CampaignPart],
            Members = members,
            Headers = [KickoffLabsOperations.IdempotencyKey],
            BodyTypes = KickoffLabsOperations.BodyTypes,
            Answers = answers,
        };
}
