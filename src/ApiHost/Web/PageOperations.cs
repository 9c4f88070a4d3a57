using System.Collections.Immutable;
using System.Net.Mime;
using LeadEngine.ApiHost.OpenApi;

namespace LeadEngine.ApiHost.Web;

/// <summary>What the API's description says of our pages.</summary>
internal static class PageOperations
{
    private const string Tag = "Pages";

    private static readonly ImmutableArray<ApiAnswer> Answers =
    [
        new(StatusCodes.Status200OK, "A page that tells how things are.", []),
        new(StatusCodes.Status404NotFound, "The link is broken, or for something else.", []),
        new(StatusCodes.Status410Gone, "The link is too old, or the lead is gone.", []),
        new(StatusCodes.Status423Locked, "The campaign is locked.", []),
        new(StatusCodes.Status503ServiceUnavailable, "The engine is busy; nothing changed.", []),
        new(StatusCodes.Status504GatewayTimeout, "It is not known whether the change took effect; a repeat does no harm.", []),
    ];

    private static readonly ImmutableArray<ApiAnswer> VerificationAnswers =
        [.. Answers, new(StatusCodes.Status303SeeOther, "On to the campaign's thank-you page.", [])];

    public static readonly ApiOperation OpenOptOut = Of("openOptOut", "Opts a lead out; the safe link, and HEAD, only ask.") with
    {
        Parameters = [new(OptOutPages.ConfirmParameter, ApiType.Text, "Ask first, with a button that posts.")],
    };

    public static readonly ApiOperation OptOut = Of("optOut", "Opts a lead out: the button, or one click of a mail program (RFC 8058).");

    public static readonly ApiOperation OptIn = Of("undoOptOut", "Takes an opt-out back.");

    public static readonly ApiOperation OpenVerification = Of("openVerification", "Asks whether the e-mail address is to be confirmed.");

    public static readonly ApiOperation Verify =
        Of("verifyEmail", "Confirms the e-mail address.") with { Answers = VerificationAnswers };

    public static readonly ApiOperation OpenPhoneVerification = Of("openPhoneVerification", "Asks for the code of a text message.");

    public static readonly ApiOperation VerifyPhone = Of("verifyPhoneByPage", "Confirms the phone number by the code of a message.") with
    {
        Members = [new(PhonePages.CodeField, ApiType.Text, "The code.", IsRequired: true)],
        BodyTypes = [MediaTypeNames.Application.FormUrlEncoded],
        Answers =
        [
            .. VerificationAnswers,
            new(StatusCodes.Status413PayloadTooLarge, "The body is over 1 KiB.", []),
            new(StatusCodes.Status415UnsupportedMediaType, "The body is no form.", []),
            new(StatusCodes.Status422UnprocessableEntity, "The code is wrong or too old: the page asks again.", []),
        ],
    };

    private static ApiOperation Of(string id, string summary) => new()
    {
        Id = id,
        Tag = Tag,
        Summary = summary,
        Description = "A page for people. Whoever holds the signed link may open it.",
        PathParts = [new(LinkVisits.TokenParameter, ApiType.Text, "The signed part of the link.")],
        Answers = Answers,
    };
}
