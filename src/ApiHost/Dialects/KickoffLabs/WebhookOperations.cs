using System.Collections.Immutable;
using LeadEngine.ApiHost.OpenApi;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>What the API's description says of webhooks.</summary>
internal static class WebhookOperations
{
    private static readonly ApiMember Message = new("message", ApiType.Text);

    private static readonly ApiParameter Url = new("url", ApiType.Text, "An absolute http or https address.", IsRequired: true);

    private static readonly ApiParameter Source = new("source", ApiType.Text, "Where it was made from.");

    public static readonly ApiOperation CreateOutbound = Managed(
        "createOutboundWebhook",
        "Makes a webhook; for an address that has one, adds events to it.",
        [
            KickoffLabsOperations.ApiKey,
            Url,
            new("event", ApiType.Text, $"One of {string.Join(", ", WebhookEvents.Names)}."),
            new("events", ApiType.Texts, "Several of them."),
            Source,
        ],
        [Message, new("referenceId", ApiType.Integer), new("events", ApiType.Texts), new("secret", ApiType.Text)]);

    public static readonly ApiOperation DeleteOutbound = Managed(
        "deleteOutboundWebhook", "Deletes the webhook of an address.", [KickoffLabsOperations.ApiKey, Url], [Message]);

    public static readonly ApiOperation CreateInbound = Managed(
        "createInboundWebhook",
        "Makes an address to which another system can post leads.",
        [
            KickoffLabsOperations.ApiKey,
            new("name", ApiType.Text, "What to call it; default: Inbound via API."),
            new("tag_id", ApiType.Integer, "The tag to give each of the leads; one that is unknown is ignored."),
            Source,
        ],
        [Message, new("url", ApiType.Text)]);

    public static readonly ApiOperation PostInbound = KickoffLabsOperations.SignUp with
    {
        Id = "postToInboundWebhook",
        Summary = "Creates or updates a lead through an inbound webhook.",
        Description = "By the rules of createOrUpdateLead; the answer is what strangers see.",
        PathParts = [new(InboundEndpoint.CodePart, ApiType.Text, "What the webhook's address ends with.")],
        Answers =
        [
            .. KickoffLabsOperations.SignUp.Answers.Select(answer =>
                answer.Status == StatusCodes.Status200OK ? answer with { Status = StatusCodes.Status201Created } : answer),
        ],
    };

    private static ApiOperation Managed(
        string id, string summary, ImmutableArray<ApiParameter> members, ImmutableArray<ApiMember> answer) => new()
        {
            Id = id,
            Tag = KickoffLabsOperations.Tag,
            Summary = summary,
            Description = "Needs an API key.",
            PathParts = [KickoffLabsOperations.CampaignPart],
            Members = members,
            Headers = [KickoffLabsOperations.IdempotencyKey],
            BodyTypes = KickoffLabsOperations.BodyTypes,
            Answers = [new(StatusCodes.Status200OK, "Done.", answer), .. KickoffLabsOperations.CommandFaults],
        };
}
