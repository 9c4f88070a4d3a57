using System.Collections.Immutable;
using System.Net.Mime;
using LeadEngine.ApiHost.OpenApi;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>What the API's description says of the Aktify dialect.</summary>
internal static class AktifyOperations
{
    private const string Tag = "Aktify";

    private static readonly ApiParameter Key = new(AktifyAccess.Header, ApiType.Text, "The API key.", IsRequired: true);

    private static readonly ImmutableArray<ApiMember> Error =
        [new("code", ApiType.Text), new("message", ApiType.Text), new("errors", ApiType.Objects), new("traceId", ApiType.Text)];

    private static readonly ImmutableArray<ApiMember> Lead =
    [
        new(Field.PhoneNumber, ApiType.Text), new(Field.Region, ApiType.Text), new(Field.ZipCode, ApiType.Text),
        new(Field.Email, ApiType.Text), new(Field.ExternalCreated, ApiType.Text), new(Field.ExternalLeadId, ApiType.Text),
        new(Field.FirstName, ApiType.Text), new(Field.LastName, ApiType.Text), new(Field.Source, ApiType.Text),
        new(Field.Link, ApiType.Text), new(Field.Metadata, ApiType.Object),
    ];

    private static readonly ImmutableArray<ApiAnswer> Refusals =
    [
        new(StatusCodes.Status400BadRequest, "Required fields are missing or a field is invalid: each is named.", Error),
        new(StatusCodes.Status401Unauthorized, "The request has no valid API key.", Error),
        new(StatusCodes.Status413PayloadTooLarge, "The body is over 1 MiB.", Error),
        new(StatusCodes.Status415UnsupportedMediaType, "The body is not JSON.", Error),
        new(StatusCodes.Status429TooManyRequests, "The account sends more requests a minute than it may: see Retry-After.", Error),
        new(StatusCodes.Status503ServiceUnavailable, "The engine is busy; nothing changed.", Error),
        new(StatusCodes.Status504GatewayTimeout, "It is not known whether the request took effect.", Error),
    ];

    public static readonly ApiOperation AddLead = new()
    {
        Id = "addLead",
        Tag = Tag,
        Summary = "Adds a lead to the campaign associated with the API key.",
        Description = "The phone number alone says who the lead is. Fields that are not known are ignored, and are not in the answer.",
        Headers =
        [
            Key,
            new("Idempotency-Key", ApiType.Text, "Up to 255 visible ASCII characters: makes a repeat within 24 hours harmless."),
        ],
        BodyTypes = [MediaTypeNames.Application.Json],
        Members =
        [
            new(Field.PhoneNumber, ApiType.Text, "US phone number in any written form.", IsRequired: true),
            new(Field.Region, ApiType.Text, "US state code. Required if zipCode is not provided."),
            new(Field.ZipCode, ApiType.Text, "ZIP code. Required if region is not provided; says which region it is."),
            new(Field.Email, ApiType.Text, "E-mail address."),
            new(Field.ExternalCreated, ApiType.Text, "When the lead came to be: ISO 8601 with an offset."),
            new(Field.ExternalLeadId, ApiType.Text, "The client's own id of the lead."),
            new(Field.FirstName, ApiType.Text, "Given name."),
            new(Field.LastName, ApiType.Text, "Family name."),
            new(Field.Source, ApiType.Text, "Where the lead came from."),
            new(Field.Link, ApiType.Text, "Absolute http or https address to send. Not together with linkToShorten."),
            new(Field.Metadata, ApiType.Object, "Texts by name."),
            new(Field.LinkToShorten, ApiType.Text, "Absolute http or https address to shorten and send. Not together with link."),
        ],
        Answers =
        [
            new(StatusCodes.Status201Created, "The created lead with whatever properties were accepted.", Lead),
            .. Refusals,
            new(StatusCodes.Status409Conflict, "The phone number is in the campaign already, or the Idempotency-Key is in use.", Error),
            new(StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key was used for another request.", Error),
            new(StatusCodes.Status423Locked, "The campaign has ended or is locked.", Error),
        ],
    };

    public static readonly ApiOperation AddDncs = new()
    {
        Id = "addDncs",
        Tag = Tag,
        Summary = "Puts phone numbers on the company's do-not-contact list.",
        Description = $"Up to {DncList.MaxNumbers} at once. Those that are on it already stay on it.",
        Headers = [Key],
        BodyTypes = [MediaTypeNames.Application.Json],
        Members = [new(Field.PhoneNumbers, ApiType.Texts, "Phone numbers in any written form.", IsRequired: true)],
        Answers =
        [
            new(StatusCodes.Status201Created, "The numbers as they were sent.", [new(Field.PhoneNumber, ApiType.Text)], IsList: true),
            .. Refusals,
        ],
    };
}
