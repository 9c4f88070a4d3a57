using System.Collections.Immutable;
using System.Net.Mime;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.OpenApi;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>What the API's description says of the SendKit dialect.</summary>
internal static class SendKitOperations
{
    private const string Tag = "SendKit";

    private static readonly ImmutableArray<string> Body = [MediaTypeNames.Application.Json];

    private static readonly ImmutableArray<ApiParameter> Keys =
    [
        new(WorkspaceAccess.KeyHeader, ApiType.Text, "API key; it may also come as Authorization: Bearer."),
        new(WorkspaceAccess.WorkspaceHeader, ApiType.Text, "The workspace, with a platform API key (sk_user_…), and only then."),
    ];

    private static readonly ImmutableArray<ApiParameter> KeysOfChanges =
    [
        .. Keys,
        new(IdempotencyKey.Header, ApiType.Text, "Up to 255 visible ASCII characters: a repeat within 24 hours gets the first answer."),
    ];

    private static readonly ApiParameter CampaignPart = new(WorkspaceAccess.CampaignPart, ApiType.Text, "The campaign's id.");

    private static readonly ImmutableArray<ApiParameter> Paging =
    [
        new("limit", ApiType.Integer, "How many at most: 1 to 100, default 25."),
        new("cursor", ApiType.Text, "The nextCursor of the page before."),
        new("page", ApiType.Integer, "The number of the page instead of a cursor, from 1."),
    ];

    private static readonly ImmutableArray<ApiParameter> Person =
    [
        new("email", ApiType.Text, "E-mail address: it says who the lead is."),
        new("firstName", ApiType.Text, "Given name."),
        new("lastName", ApiType.Text, "Family name."),
        new("companyName", ApiType.Text, "Name of the company."),
        new("jobTitle", ApiType.Text, "Job title."),
        new("phone", ApiType.Text, "Phone number in any written form."),
        new("linkedinUrl", ApiType.Text, "Address of a LinkedIn page."),
        new("city", ApiType.Text, "City."),
        new("state", ApiType.Text, "State or region."),
        new("country", ApiType.Text, "Country."),
        new("tags", ApiType.Texts, "Tags, 100 at most."),
        new("customFields", ApiType.Object, "Custom fields, 100 at most; other names are custom fields too."),
        new("emailVerified", ApiType.Flag, "The e-mail address was verified."),
        new("emailVerificationResult", ApiType.Text, "What its verification said."),
    ];

    private static readonly ApiParameter Filters = new("filters", ApiType.Object, "Whom; what is left out leaves nobody out.")
    {
        Members =
        [
            new("tags", ApiType.Texts, "Those with at least one of these tags."),
            new("search", ApiType.Text, "Those in whose names, company, e-mail address or phone number each word of this begins a word."),
            new("emailVerified", ApiType.Flag, "Those whose e-mail address was, or was not, verified."),
            new("country", ApiType.Text, "Those of this country."),
            new("leadIds", ApiType.Texts, "Only these leads, 5,000 at most."),
        ],
    };

    private static readonly ApiParameter ExcludeIds = new("excludeIds", ApiType.Texts, "Whom not.");

    private static readonly ImmutableArray<ApiMember> Success = [new("success", ApiType.Flag), new("data", ApiType.Object)];

    private static readonly ImmutableArray<ApiMember> Page =
        [new("success", ApiType.Flag), new("data", ApiType.Objects), new("pagination", ApiType.Object)];

    private static readonly ImmutableArray<ApiMember> Error = [new("success", ApiType.Flag), new("error", ApiType.Object)];

    private static readonly ImmutableArray<ApiAnswer> Refusals =
    [
        new(StatusCodes.Status400BadRequest, "The request is not valid.", Error),
        new(StatusCodes.Status401Unauthorized, "The API key is missing or not valid.", Error),
        new(StatusCodes.Status403Forbidden, "The API key is not good for this.", Error),
        new(StatusCodes.Status404NotFound, "There is no such workspace, campaign or lead.", Error),
        new(StatusCodes.Status429TooManyRequests, "The account sends more requests a minute than it may: see Retry-After.", Error),
        new(StatusCodes.Status503ServiceUnavailable, "The engine is busy; nothing changed.", Error),
    ];

    private static readonly ImmutableArray<ApiAnswer> ChangeRefusals =
    [
        .. Refusals,
        new(StatusCodes.Status409Conflict, "The lead exists, or the Idempotency-Key is in use.", Error),
        new(StatusCodes.Status413PayloadTooLarge, "The body is too large.", Error),
        new(StatusCodes.Status415UnsupportedMediaType, "The body is not JSON.", Error),
        new(StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key was used for another request.", Error),
        new(StatusCodes.Status423Locked, "The campaign has ended or is locked.", Error),
        new(StatusCodes.Status504GatewayTimeout, "It is not known whether the request took effect, or all of it.", Error),
    ];

    public static readonly ApiOperation ListLeads =
        Asking("listWorkspaceLeads", "Lists the leads of a workspace.", "The newest first.", Page) with
        {
            Parameters =
            [
                new("search", ApiType.Text, "Words that begin words of names, company, e-mail address or phone number."),
                new("tags", ApiType.Text, "Tags with commas between them: leads with any of them."),
                new("emailVerified", ApiType.Text, "true or false."),
                .. Paging,
            ],
        };

    private static readonly ImmutableArray<ApiParameter> Webhook =
    [
        new("name", ApiType.Text, "What its owner calls it."),
        new("url", ApiType.Text, "The http or https address that is called."),
        new("events", ApiType.Texts, $"Some of {WebhookEvents.Names}."),
        new("secret", ApiType.Text, "What requests are signed with, 16 to 255 characters; default: 64 random hexadecimal digits."),
        new("retryAttempts", ApiType.Integer, "How often a delivery is tried again, 0 to 10. Default 3."),
        new("timeoutMs", ApiType.Integer, "How long the receiver may take, 1000 to 30000. Default 10000."),
        new("isActive", ApiType.Flag, "Whether anything is told. Default true."),
    ];

    private static readonly ImmutableArray<ApiParameter> WebhookPart = [new(WebhooksEndpoint.WebhookPart, ApiType.Text, "The webhook's id.")];

    public static readonly ApiOperation ListWebhooks =
        Asking("listWebhooks", "Lists the webhooks of a workspace.", "Their secrets are shown only when they are made.", Success);

    public static readonly ApiOperation CreateWebhook =
        Changing("createWebhook", "Makes a webhook.", "The answer shows its secret, this once.", Webhook, isNew: true);

    public static readonly ApiOperation ChangeWebhook =
        Changing("changeWebhook", "Changes a webhook.", "What is left out stays.", Webhook) with { PathParts = WebhookPart };

    public static readonly ApiOperation DeleteWebhook =
        Changing("deleteWebhook", "Deletes a webhook.", "What is on its way to it goes with it.", []) with { PathParts = WebhookPart };

    public static readonly ApiOperation TestWebhook =
        Changing("testWebhook", "Sends a trial delivery.", "The answer tells what the receiver answered.", []) with { PathParts = WebhookPart };

    public static readonly ApiOperation CreateLead =
        Changing("createWorkspaceLead", "Makes a lead.", "409 names the lead that has the e-mail address.", Person, isNew: true);

    public static readonly ApiOperation ChangeLead =
        Changing("changeWorkspaceLead", "Changes a lead.", "Custom fields are merged; null takes a value away; the address stays.", Person) with
        {
            PathParts = [new(LeadEndpoint.LeadPart, ApiType.Text, "The lead's id.")],
        };

    public static readonly ApiOperation ImportLeads = Changing(
        "importWorkspaceLeads",
        "Puts up to 5,000 leads into a workspace.",
        "What is wrong with one fails no other.",
        [
            new("leads", ApiType.Objects, "The leads.", IsRequired: true) { Members = Person },
            new("skipDuplicates", ApiType.Flag, "Leave leads that exist as they are; else update them. Default true."),
            new("dataCleanup", ApiType.Flag, "Clean names and addresses. Default true."),
            new("tag", ApiType.Text, "A tag for all."),
        ]);

    public static readonly ApiOperation DeleteLeads = Changing(
        "deleteWorkspaceLeads",
        "Deletes leads.",
        "Those in active campaigns only with force: true.",
        [
            new("leadIds", ApiType.Texts, "These, 5,000 at most."),
            new("deleteAll", ApiType.Flag, "Or all whom the filters describe."),
            Filters,
            ExcludeIds,
            new("force", ApiType.Flag, "Also those in active campaigns."),
        ]);

    public static readonly ApiOperation ListCampaigns =
        Asking("listWorkspaceCampaigns", "Lists the campaigns of a workspace.", "The newest first.", Page) with
        {
            Parameters =
            [
                new("status", ApiType.Text, "draft, active, completed or locked."),
                new("search", ApiType.Text, "A part of the name."),
                .. Paging,
            ],
        };

    public static readonly ApiOperation CreateCampaign = Changing(
        "createWorkspaceCampaign",
        "Makes a campaign.",
        "It is a draft.",
        [
            new("name", ApiType.Text, "1 to 255 characters.", IsRequired: true),
            new("settings", ApiType.Object, "Settings.")
            {
                Members = [new("skipDNC", ApiType.Flag, "Leave out those who are not to be contacted. Default true.")],
            },
        ],
        isNew: true);

    public static readonly ApiOperation GetCampaign =
        Asking("getWorkspaceCampaign", "Shows a campaign.", "With the number of its leads.", Success) with { PathParts = [CampaignPart] };

    public static readonly ApiOperation ListCampaignLeads =
        Asking("listCampaignLeads", "Lists the leads of a campaign.", "In the order in which they were added.", Page) with
        {
            PathParts = [CampaignPart],
            Parameters = [new("status", ApiType.Text, "pending, active, paused, completed or removed."), .. Paging],
        };

    public static readonly ApiOperation AddLeads = Changing(
        "addLeadsToCampaign",
        "Adds leads to a campaign.",
        "Up to 5,000 explicit leads, or those whom filters describe, or all.",
        [
            new("leads", ApiType.Objects, "Up to 5,000 leads.")
            {
                Members = [new("leadId", ApiType.Text, "A lead of the workspace; else its e-mail address."), .. Person],
            },
            Filters,
            new("selectAll", ApiType.Flag, "All leads of the workspace."),
            ExcludeIds,
        ]) with
    {
        PathParts = [CampaignPart],
    };

    public static readonly ApiOperation Act = Changing(
        "actOnCampaignLeads",
        "Pauses, resumes or removes leads of a campaign.",
        "The ids are those of the campaign's leads.",
        [
            new("action", ApiType.Text, "pause, resume or remove.", IsRequired: true),
            new("leadIds", ApiType.Texts, "These, 5,000 at most."),
            new("selectAll", ApiType.Flag, "Or all whom the filters describe."),
            Filters,
            ExcludeIds,
        ]) with
    {
        PathParts = [CampaignPart],
    };

    public static readonly ApiOperation ChangeCampaignLead = Changing(
        "changeCampaignLead",
        "Pauses or resumes a lead of a campaign.",
        "The only states that can be set are active and paused.",
        [new("status", ApiType.Text, "active or paused."), new("aiTag", ApiType.Text, "The name of an AI tag; there are none yet.")]) with
    {
        PathParts = [CampaignPart, new(CampaignLeadsEndpoint.LeadPart, ApiType.Text, "The id of the campaign's lead.")],
    };

    public static readonly ApiOperation ImportDoNotContact = Changing(
        "importDoNotContact",
        "Puts up to 10,000 entries on the do-not-contact list.",
        "Those that are there stay as they are.",
        [
            new("entries", ApiType.Objects, "The entries.", IsRequired: true)
            {
                Members =
                [
                    new("email", ApiType.Text, "An e-mail address or a domain.", IsRequired: true),
                    new("type", ApiType.Text, "email or domain; default email."),
                    new("reason", ApiType.Text, "Why; default import."),
                ],
            },
        ]);

    private static ApiOperation Asking(string id, string summary, string description, ImmutableArray<ApiMember> answer) => new()
    {
        Id = id,
        Tag = Tag,
        Summary = summary,
        Description = description,
        Headers = Keys,
        Answers = [new(StatusCodes.Status200OK, "What was asked for.", answer), .. Refusals],
    };

    private static ApiOperation Changing(
        string id, string summary, string description, ImmutableArray<ApiParameter> members, bool isNew = false) => new()
        {
            Id = id,
            Tag = Tag,
            Summary = summary,
            Description = description,
            Headers = KeysOfChanges,
            BodyTypes = Body,
            Members = members,
            Answers = [new(isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, "It is done.", Success), .. ChangeRefusals],
        };
}
