using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Clients;

/// <summary>
/// A change of a lead that a client wants, and all that became of it. Its number is written into the lead, so that it can be counted.
/// </summary>
internal sealed partial class ClientRequest
{
    public required int Number { get; init; }

    public required long CampaignId { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>The lead that is meant, when it is named by its id rather than by an identifier.</summary>
    public long? LeadId { get; init; }

    public long? ReferrerId { get; init; }

    public int Points { get; init; }

    public bool MustExist { get; init; }

    /// <summary>Whether somebody who is there already is left alone, and told of.</summary>
    public bool MustBeNew { get; init; }

    public Identification IdentifiedBy { get; init; }

    /// <summary>The code of the short link that a new lead gets; null for none.</summary>
    public string? LinkCode { get; init; }

    /// <summary>When the lead came to be, as its sender says.</summary>
    public DateTimeOffset? ExternalCreatedAt { get; init; }

    public string? FirstName { get; init; }

    /// <summary>The idempotency key; null for none.</summary>
    public string? Key { get; init; }

    public Guid Id => Bulk is { Id: var id } ? RequestIds.OfPiece(id, LeadId!.Value) : RequestIds.Of(Number);

    public string Fingerprint => $"r{Number}";

    public List<Try<Answer>> Tries { get; } = [];

    public LeadPatch Patch => new()
    {
        FirstName = FirstName,
        ContactEmail = IdentifiedBy is Identification.Phone ? Email : null,
        ContactPhone = IdentifiedBy is Identification.Email ? Phone : null,
        ExternalCreatedAt = ExternalCreatedAt,
        CustomFields = [new CustomField($"r{Number}", "1"), new CustomField("last", $"{Number}")],
    };

    /// <summary>The request as one of many that are added together.</summary>
    public NewLead NewLead(bool isRepeat) => new()
    {
        Request = new RequestStamp { Id = Id, ReceivedAt = Tries[0].SentAt, IsRepeat = isRepeat },
        Email = Email,
        Phone = Phone,
        IdentifiedBy = IdentifiedBy,
        Profile = new LeadProfile { FirstName = FirstName, ContactPhone = Patch.ContactPhone, CustomFields = Patch.CustomFields },
        Person = new PersonDetails { FirstName = FirstName, CompanyName = $"Company {Number}" },
    };

    /// <summary>The e-mail address, if it says whom the request is about.</summary>
    public string? IdentifyingEmail => IdentifiedBy is Identification.Phone ? null : Email;

    /// <summary>The phone number, if it says whom the request is about.</summary>
    public string? IdentifyingPhone => IdentifiedBy is Identification.Email ? null : Phone;

    public bool Mentions(IdentifierKey identifier) =>
        CampaignId == identifier.CampaignId && identifier.Value == (identifier.Kind is IdentifierKind.Email ? Email : Phone);

    public override string ToString()
    {
        string?[] parts =
        [
            $"#{Number} campaign {CampaignId}",
            Order is null ? null : $"{Order} {Subject}",
            Bulk is null ? null : "queued",
            IdentifiedBy is Identification.EmailThenPhone ? null : $"by {IdentifiedBy}",
            Email,
            Phone,
            LeadId is { } id ? $"lead {id}" : null,
            ReferrerId is { } referrer ? $"referred by {referrer}" : null,
            Points == 0 ? null : $"{Points} points",
            MustExist ? "must exist" : null,
            MustBeNew ? "must be new" : null,
            Key is null ? null : $"key {Key}",
        ];
        return string.Join(", ", parts.OfType<string>());
    }
}

/// <summary>
/// One try of something. From and To are positions in the commit log; moments tell the order of all that is sent and answered.
/// </summary>
internal sealed class Try<TAnswer>(int from, int fromMoment, DateTimeOffset sentAt)
    where TAnswer : class
{
    public int From => from;

    public int FromMoment => fromMoment;

    public DateTimeOffset SentAt => sentAt;

    /// <summary>Null while there is no answer.</summary>
    public int? To { get; set; }

    public int? ToMoment { get; set; }

    /// <summary>Null when none ever came.</summary>
    public TAnswer? Answer { get; set; }
}

internal enum Outcome
{
    Done,

    /// <summary>Refused for a reason; nothing changed.</summary>
    Refused,

    /// <summary>It may have taken effect.</summary>
    Unknown,

    /// <summary>An earlier request under its idempotency key still runs.</summary>
    Running,

    /// <summary>Its idempotency key was used for another request.</summary>
    Mismatch,
}

/// <summary>What a client was told of a change.</summary>
/// <param name="Outcome">In short.</param>
/// <param name="Reply">The lead; null when the answer is a replay, of which only the body is known.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Body">The bytes of the answer.</param>
internal sealed record Answer(Outcome Outcome, LeadReply? Reply = null, LeadRefusal? Refusal = null, string? Body = null)
{
    public static readonly Answer Unknown = new(Outcome.Unknown);

    /// <summary>The first answer was lost, and the lead was told as it stands.</summary>
    public bool IsRecalled { get; init; }

    /// <summary>The lead, where no more is told of it than this.</summary>
    public long? LeadId { get; init; }

    /// <summary>What one of many who were to be added together is told.</summary>
    public static Answer Of(AddedLead added) => added switch
    {
        // Who is told to ask again may have been heard all the same.
        { Refusal: LeadRefusal.Unknown or LeadRefusal.AskAgain } => Unknown,
        { Refusal: { } why } => new(Outcome.Refused, Refusal: why),
        { IsNew: true, LeadId: var id } => new(Outcome.Done) { LeadId = id },
        { LeadId: var id } => new(Outcome.Refused, Refusal: LeadRefusal.AlreadyExists) { LeadId = id },
    };

    public override string ToString() => Outcome switch
    {
        Outcome.Done when LeadId is { } id => $"added as lead {id}",
        Outcome.Done => Reply is null ? $"replay of {Body}" : Body ?? Text(Reply),
        Outcome.Refused => $"refused: {Refusal}",
        _ => $"{Outcome}",
    };

    public static string Text(LeadReply reply) => reply is { Lead: { } lead, Standing: { } standing }
        ? $"lead {lead.Id}, rank {lead.Rank}, counter {lead.Counter}{(reply.IsNew ? ", new" : "")}, {Describe.Identifiers(lead.Email, lead.Phone)}, "
            + $"{standing.LeadCount} leads, {standing.Score.Points} points, score rank {standing.ScoreRank}"
        : $"refused: {reply.Refusal}";
}

/// <summary>A question, which changes nothing, and its answer.</summary>
internal sealed record Question(long CampaignId, IdentifierKind? Kind, string? Value, long? LeadId, Try<LeadReply> Try)
{
    public override string ToString() => Kind is null ? $"lead {LeadId} of campaign {CampaignId}" : $"{Value} in campaign {CampaignId}";
}

/// <summary>A list of a campaign's leads that somebody asked for.</summary>
internal sealed record Listing(long CampaignId, Try<LeadPage> Try);

/// <summary>A status that an owner sets, with all tries.</summary>
internal sealed record Ruling(long CampaignId, CampaignStatus Status)
{
    public List<Try<CampaignReply>> Tries { get; } = [];
}
