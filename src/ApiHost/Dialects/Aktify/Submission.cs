using System.Collections.Immutable;
using System.Text.Encodings.Web;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>A lead whose fields have been checked.</summary>
internal sealed record Submission
{
    /// <summary>As it was sent.</summary>
    public required SentLead Sent { get; init; }

    /// <summary>The phone number in E.164 form.</summary>
    public required string Phone { get; init; }

    /// <summary>The state: of the region that was sent, else of the ZIP code.</summary>
    public required string State { get; init; }

    /// <summary>The normalized e-mail address.</summary>
    public string? Email { get; init; }

    public DateTimeOffset? ExternalCreated { get; init; }

    /// <summary>The address to shorten, in ASCII.</summary>
    public string? LongLink { get; init; }

    /// <param name="campaignId">The campaign.</param>
    /// <param name="stamp">The request.</param>
    /// <param name="link">The link to show: the short one, if one is made.</param>
    /// <param name="shortLink">The short link to make.</param>
    public UpsertLead ToCommand(long campaignId, RequestStamp stamp, string? link, ShortLink? shortLink) => new()
    {
        CampaignId = campaignId,
        Request = stamp,
        Email = Email,
        Phone = Phone,
        MustBeNew = true,
        IdentifiedBy = Identification.Phone,
        ShortLink = shortLink,
        Patch = new LeadPatch
        {
            FirstName = Said(Sent.FirstName),
            LastName = Said(Sent.LastName),
            Uid = Said(Sent.ExternalLeadId),
            Source = Said(Sent.Source),
            ContactEmail = Email,
            PhoneAsSent = Sent.PhoneNumber,
            Region = State,
            ZipCode = Sent.ZipCode?.Trim(),
            Link = link,
            ExternalCreatedAt = ExternalCreated,
            CustomFields = CustomFields(),
        },
    };

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private ImmutableArray<CustomField> CustomFields() =>
        [.. (Sent.Metadata ?? []).Select(pair => new CustomField(pair.Key, AsJson(pair.Value)))];

    private static string AsJson(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
