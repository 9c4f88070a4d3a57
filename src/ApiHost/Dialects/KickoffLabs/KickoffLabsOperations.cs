using System.Collections.Immutable;
using System.Net.Mime;
using LeadEngine.ApiHost.OpenApi;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>What the API's description says of the KickoffLabs dialect.</summary>
internal static class KickoffLabsOperations
{
    public const string Tag = "KickoffLabs";

    public static readonly ImmutableArray<string> BodyTypes =
        [MediaTypeNames.Application.Json, MediaTypeNames.Application.FormUrlEncoded, MediaTypeNames.Multipart.FormData];

    public static readonly ImmutableArray<ApiMember> Error =
        [new("message", ApiType.Text), new("code", ApiType.Text), new("errors", ApiType.Objects), new("trace_id", ApiType.Text)];

    public static readonly ApiParameter CampaignPart = new(CampaignAccess.RouteParameter, ApiType.Integer, "The campaign.");

    public static readonly ApiParameter ApiKey =
        new("api_key", ApiType.Text, "API key; it may also come as the last word of the header Authorization or Authentication.");

    public static readonly ApiParameter IdempotencyKey =
        new("Idempotency-Key", ApiType.Text, "Up to 255 visible ASCII characters: makes a repeat within 24 hours harmless.");

    private static readonly ImmutableArray<ApiMember> Lead =
    [
        new("id", ApiType.Integer), new("social_id", ApiType.Text), new("rank", ApiType.Integer), new("counter", ApiType.Integer),
        new("lead_count", ApiType.Integer), new("contest_score", ApiType.Integer), new("contest_score_rank", ApiType.Integer),
        new("contest_score_rank_relative_position", ApiType.Integer), new("rank_relative_position", ApiType.Integer),
        new("campaign_id", ApiType.Integer), new("list_id", ApiType.Integer), new("given_name", ApiType.Text, true),
        new("first_name", ApiType.Text, true), new("avatar", ApiType.Text), new("when", ApiType.Text), new("enhanced", ApiType.Flag),
        new("anonymous", ApiType.Flag), new("verified", ApiType.Flag), new("verified_email", ApiType.Flag),
        new("verified_phone_number", ApiType.Flag), new("waitlisted", ApiType.Flag), new("display_name", ApiType.Text, true),
        new("completed_actions", ApiType.Integers), new("social_url", ApiType.Text), new("redirect_url", ApiType.Text),
        new("thankyou_url", ApiType.Text), new("status_url", ApiType.Text), new("email", ApiType.Text, true),
        new("phone_number", ApiType.Text, true), new("family_name", ApiType.Text, true), new("custom_fields", ApiType.Object),
        new("unsubscribe_url", ApiType.Object), new("uid", ApiType.Text, true), new("parent_id", ApiType.Integer, true),
        new("opted_out", ApiType.Flag), new("sms_opted_out", ApiType.Flag), new("utm", ApiType.Object), new("tags", ApiType.Texts),
        new("referrals", ApiType.Integer), new("unverified_leads", ApiType.Object), new("verified_leads", ApiType.Object),
        new("influence", ApiType.Object), new("subscription_number", ApiType.Integer), new("ip", ApiType.Text, true),
        new("referrer", ApiType.Text, true), new("fraudulent", ApiType.Flag),
    ];

    private static readonly ImmutableArray<ApiParameter> Identification =
    [
        ApiKey,
        new("email", ApiType.Text, "E-mail address."),
        new("phone_number", ApiType.Text, "Phone number in any written form."),
        new("country_code", ApiType.Text, "Calling code (1, +1) or region (US) of the phone number."),
        new("social_id", ApiType.Text, "Social id: of the referrer beside an e-mail address or phone number, of the lead itself alone."),
        new("kid", ApiType.Text, "The same as social_id."),
        new("__skip_urls", ApiType.Flag, "Leave addresses out of the answer."),
        new("__skip_actions", ApiType.Flag, "Leave completed_actions out of the answer."),
    ];

    private static readonly ImmutableArray<ApiParameter> SignUpParameters =
    [
        .. Identification,
        new("first_name", ApiType.Text, "Given name; given_name means the same."),
        new("last_name", ApiType.Text, "Family name; family_name means the same."),
        new("must_exist", ApiType.Flag, "Only update; 404 when there is no such lead."),
        new("points", ApiType.Integer, "Points to add, -99999 to 99999; ignored without an API key."),
        new("ip", ApiType.Text, "The person's IP address; default: the request's."),
        new("redirect_url", ApiType.Text, "Where the person goes next."),
        new("__url", ApiType.Text, "The page of the sign-up; its query is merged into the request."),
        new("__referrer", ApiType.Text, "The page that led there; referrer means the same."),
        new("__source", ApiType.Text, "Where the sign-up came from, for example modal.123."),
        new("__uid", ApiType.Text, "The client's own id of the person."),
        new("__sid", ApiType.Text, "The client's session id; __session_id means the same."),
        new("__rid", ApiType.Text, "The client's request id."),
        new("__do_not_reset_opt_out", ApiType.Flag, "Leave an opted-out lead opted out."),
    ];

    /// <summary>The faults of every route.</summary>
    public static readonly ImmutableArray<ApiAnswer> Faults =
    [
        new(StatusCodes.Status400BadRequest, "The query or the body could not be read.", Error),
        new(StatusCodes.Status404NotFound, "What the request is about is not there.", Error),
        new(StatusCodes.Status406NotAcceptable, "Parameters are missing, invalid or over a limit.", Error),
        new(StatusCodes.Status409Conflict, "The API key or something else is missing or no good, or the Idempotency-Key is in use.", Error),
        new(StatusCodes.Status429TooManyRequests, "A rate limit is exceeded: see Retry-After.", Error),
        new(StatusCodes.Status503ServiceUnavailable, "The engine is busy; nothing changed.", Error),
    ];

    /// <summary>The faults of routes that change something.</summary>
    public static readonly ImmutableArray<ApiAnswer> CommandFaults =
    [
        .. Faults,
        new(StatusCodes.Status413PayloadTooLarge, "The body is over 1 MiB, or names too many leads.", Error),
        new(StatusCodes.Status415UnsupportedMediaType, "The body is neither JSON nor a form.", Error),
        new(StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key was used for another request.", Error),
        new(StatusCodes.Status504GatewayTimeout, "It is not known whether the request took effect.", Error),
    ];

    private static readonly ImmutableArray<ApiAnswer> LookUpAnswers =
    [
        new(StatusCodes.Status200OK, "The lead. Personal data is left out for requests without an API key, unless the campaign shows it.", Lead),
        .. Faults,
    ];

    private static readonly ImmutableArray<ApiAnswer> SignUpAnswers =
    [
        LookUpAnswers[0],
        .. CommandFaults,
        new(StatusCodes.Status423Locked, "The campaign has ended or is locked.", Error),
    ];

    /// <summary>The same operation of the campaign that the path names.</summary>
    public static ApiOperation OfCampaign(this ApiOperation operation) => operation with
    {
        Id = $"{operation.Id}OfCampaign",
        PathParts = [CampaignPart],
    };

    public static readonly ApiOperation LookUp = new()
    {
        Id = "lookUpLead",
        Tag = Tag,
        Summary = "Looks up one lead.",
        Description = "By e-mail address, else phone number, else social id.",
        Parameters = Identification,
        Answers = LookUpAnswers,
    };

    public static readonly ApiOperation SignUp = new()
    {
        Id = "createOrUpdateLead",
        Tag = Tag,
        Summary = "Creates or updates a lead.",
        Description =
            "Parameters may come in the body, in the query and in the query of __url, and count in that order. All others are custom "
            + "fields.",
        Parameters = SignUpParameters,
        Headers = [IdempotencyKey],
        BodyTypes = BodyTypes,
        Answers = SignUpAnswers,
    };

    public static readonly ApiOperation Subscribe = SignUp with
    {
        Id = "subscribe",
        Summary = "Creates or updates a lead, for older forms.",
    };

    public static readonly ApiOperation SubscribeByQuery = Subscribe with { Id = "subscribeByQuery", BodyTypes = [] };
}
